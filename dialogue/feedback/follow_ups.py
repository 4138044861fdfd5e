"""Follow-up questions: what children answer, one answer per receipt, and what may be shown of it."""

from collections.abc import Collection

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from dialogue.answering.models import Contribution, Reading
from dialogue.answering.receipt import tag
from dialogue.feedback import lots
from dialogue.feedback.follow_up_models import FollowUpAnswer
from dialogue.feedback.lots import Figures, Lot
from dialogue.questions.kinds import DONT_KNOW
from dialogue.results.disclosure import rounded
from dialogue.shared.actor import Actor
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.signals.follow_up_models import FollowUpQuestion
from dialogue.signals.follow_ups import item_of
from dialogue.signals.models import Signal
from dialogue.signals.queries import signals_seen
from dialogue.web.i18n import in_language

FOLLOW_UP = "follow-up"  # kind of tag
TAKEN_BACK = ""


def follow_up_tag(key: bytes, question_id: int) -> bytes:
    """The mark of one receipt for one follow-up question: it joins nothing."""
    return tag(current_app.extensions["dialogue"].keys.pepper, FOLLOW_UP, key, str(question_id).encode())


def answer(key: bytes, question_id: int, option: str) -> None:
    """Keep what a child answers, durably; another answer later takes its place. Never inside `writing()`."""
    row = {"tag": follow_up_tag(key, question_id), "question_id": question_id, "option": option}
    lots.keep(FollowUpAnswer, row, "option")


def own_answers(key: bytes, question_ids: Collection[int]) -> dict[int, str]:
    """What the holder of this receipt answered to these questions."""
    tags = {follow_up_tag(key, id_): id_ for id_ in question_ids}
    found = select(FollowUpAnswer.tag, FollowUpAnswer.option).where(FollowUpAnswer.tag.in_(tags))
    return {tags[mark]: option for mark, option in db.session.execute(found)}


def take_back_answers(key: bytes, question_ids: Collection[int]) -> None:
    """What this receipt answered goes: at once where it is not counted, else out of the figures with its lot."""
    own = FollowUpAnswer.tag.in_([follow_up_tag(key, id_) for id_ in question_ids])
    with writing() as session:  # in turn: no job writes the same rows anew meanwhile
        session.execute(delete(FollowUpAnswer).where(own, FollowUpAnswer.counted == ""))
        session.execute(update(FollowUpAnswer).where(own).values(option=TAKEN_BACK))


def questions_about(signal_ids: Collection[int]) -> list[FollowUpQuestion]:
    """The questions that were asked about these signals, the newest first."""
    chosen = select(FollowUpQuestion).where(FollowUpQuestion.signal_id.in_(signal_ids))
    return list(db.session.scalars(chosen.order_by(FollowUpQuestion.id.desc())))


def open_questions(actor: Actor) -> list[FollowUpQuestion]:
    """The questions that children can answer now, about signals this person may know of; what ends first, first."""
    seen = signals_seen(actor).with_only_columns(Signal.id)
    chosen = select(FollowUpQuestion).where(FollowUpQuestion.signal_id.in_(seen), FollowUpQuestion.closed_at.is_(None))
    chosen = chosen.where(FollowUpQuestion.closes_on >= today())
    return list(db.session.scalars(chosen.order_by(FollowUpQuestion.closes_on, FollowUpQuestion.id)))


def figures_of(question: FollowUpQuestion) -> Figures:
    """What everybody may see of the answers; who doesn't know is in none of the shares.

    Of own words: how many there are. What they say a person reads first.
    """
    lot = lot_of(question)
    if question.own_words:
        there = _words_read_or_to_read(question)
        return Figures(in_language(question.words), rounded(there) if there >= lot.smallest_group else "", [], "")
    said = lots.counts(lot, lot.counted)
    options = {code: in_language(words) for code, words in question.options.items()}
    return lots.figures(in_language(question.words), said, options, lot.smallest_group)


def _words_read_or_to_read(question: FollowUpQuestion) -> int:
    mine = Contribution.item == item_of(question.id), Contribution.wave_id == question.signal.wave_id
    return db.session.scalar(select(func.count()).where(*mine, Contribution.reading != Reading.WITHDRAWN)) or 0


def with_news() -> list[FollowUpQuestion]:
    """Questions with answers that are not in the figures as they are now."""
    new = select(FollowUpAnswer.question_id).where(FollowUpAnswer.counted != FollowUpAnswer.option).distinct()
    return [db.session.get_one(FollowUpQuestion, id_) for id_ in db.session.scalars(new).all()]


def lot_of(question: FollowUpQuestion) -> Lot:
    """The answers to one question."""
    among = FollowUpAnswer.question_id == question.id
    smallest_group = question.signal.consultation.municipality.smallest_group
    return Lot(f"follow-ups|{question.id}", among, FollowUpAnswer.option, FollowUpAnswer.counted, smallest_group)


def choices_of(question: FollowUpQuestion) -> dict[str, str]:
    """All that a child can choose, as it reads it."""
    return {code: in_language(words) for code, words in question.options.items()} | {DONT_KNOW: _("Weet ik niet")}
