"""Opening what children wrote to follow-up questions: in lots, by the rules of the letter box, as words to be read.

Words are laid apart by question and age, as those of one place are in the letter box; no place is known here.
"""

from collections import defaultdict
from collections.abc import Sequence
from secrets import SystemRandom

from flask import current_app
from sqlalchemy import delete, func, insert, select

from dialogue.answering.letterbox import opened, read
from dialogue.answering.models import Concern, Contribution
from dialogue.consultations.models import Channel
from dialogue.feedback.follow_up_models import FollowUpLetter
from dialogue.feedback.follow_up_rules import is_open
from dialogue.results import rules
from dialogue.results.grouping import WHOLE
from dialogue.results.lots import Row, concerns_not_heard, said_row
from dialogue.shared.bands import Band
from dialogue.shared.clock import today
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing
from dialogue.signals.follow_up_models import FollowUpQuestion
from dialogue.signals.follow_ups import item_of


def with_letters() -> list[FollowUpQuestion]:
    """Questions to which something waits in the box."""
    waiting = select(FollowUpLetter.question_id).distinct()
    return list(db.session.scalars(select(FollowUpQuestion).where(FollowUpQuestion.id.in_(waiting))))


def open_letters(question: FollowUpQuestion) -> bool:
    """Let out what may leave the box of this question; whether anything did."""
    opening = {
        group: tags for band, waiting in _sorted(question).items() for group, tags in _now(question, band, waiting)
    }
    lots = rules.lots(opening, SystemRandom())
    stored = [_store(question, [tag for tags in lot.values() for tag in tags]) for lot in lots]
    return any(stored)


def _sorted(question: FollowUpQuestion) -> dict[str, list[bytes]]:
    """The tags of what waits, by the band inside; a letter that cannot be opened stays."""
    box: dict[str, list[bytes]] = defaultdict(list)
    letters = select(FollowUpLetter.tag, FollowUpLetter.body).where(FollowUpLetter.question_id == question.id)
    for tag, sealed in db.session.execute(letters):
        if body := read(sealed, tag):
            box[body["band"]].append(tag)
    return box


def _now(question: FollowUpQuestion, band: str, waiting: Sequence[bytes]) -> list[tuple[rules.Group, list[bytes]]]:
    """What goes of one band: enough of it while the question is open, and all of it once nobody answers any more."""
    least, item = question.signal.consultation.municipality.smallest_group, item_of(question.id)
    if is_open(question, today()):
        pepper, group = current_app.extensions["dialogue"].keys.pepper, (f"{band}|{item}", WHOLE)
        wave_id = question.signal.wave_id
        out = select(func.count()).where(Contribution.wave_id == wave_id, Contribution.item == item)
        count = db.session.scalar(out.where(Contribution.band == Band(band))) or 0
        needed = rules.threshold(pepper, wave_id, group, count, least)
        opening = rules.opens_now({WHOLE: waiting}, {}, lambda _place: needed, (), SystemRandom())
    else:
        opening = rules.opens_at_closing({WHOLE: waiting}, {}, least)
    return [((band, place), tags) for place, tags in opening.items()]


def _store(question: FollowUpQuestion, tags: Sequence[bytes]) -> bool:
    """Write one lot in one transaction; not when one of its letters went meanwhile: then at the next look."""
    rows, mine = _rows(question, tags), FollowUpLetter.tag.in_(tags)
    with writing() as session:
        straight = session.connection()
        there = straight.scalar(select(func.count()).select_from(FollowUpLetter).where(mine))
        if not len(tags) == len(rows) == there:
            return False
        straight.execute(insert(Contribution), rows)
        if concerns := concerns_not_heard(rows[0]["wave_id"], rows):
            straight.execute(insert(Concern), concerns)
        straight.execute(delete(FollowUpLetter).where(mine))
    return True


def _rows(question: FollowUpQuestion, tags: Sequence[bytes]) -> list[Row]:
    """The words in these letters, in key order, each with a mark that only the pepper joins to its letter."""
    shared = {"wave_id": question.signal.wave_id, "place_id": None, "channel": Channel.SELF, "lot": new_key()}
    letters = select(FollowUpLetter.tag, FollowUpLetter.body).where(FollowUpLetter.tag.in_(tags))
    found = [
        said_row(shared | {"band": Band(body["band"])}, item_of(question.id), body["text"], opened(tag))
        for tag, sealed in db.session.execute(letters)
        if (body := read(sealed, tag))
    ]
    return sorted(found, key=lambda row: bytes(row["key"]))
