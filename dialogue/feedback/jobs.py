"""Rounds that became fully answered without a new message; reactions and answers to follow-up questions: counted, and
heard where most say no; what they wrote to those: let out of its box.
"""

from dialogue.consultations.models import Wave
from dialogue.feedback import follow_up_box, follow_ups
from dialogue.feedback.follow_up_models import FollowUpAnswer, FollowUpLetter
from dialogue.feedback.follow_up_rules import is_open
from dialogue.feedback.lots import counts, forget_arrival, move_figures
from dialogue.feedback.models import Message
from dialogue.feedback.queries import waves_to_answer
from dialogue.feedback.reaction_models import Reaction
from dialogue.feedback.reaction_rules import wants_review
from dialogue.feedback.reactions import lot_of, with_news
from dialogue.feedback.reviews import ask_for_review, review_of
from dialogue.feedback.services import keep_promise, why_not_told
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.traces import leave_no_trace


def note_answered_rounds() -> None:
    """Keep the promise of every closed round of which everything has been told."""
    ready = [wave.id for wave in waves_to_answer() if not why_not_told(wave)]
    for wave_id in ready:
        with writing():
            keep_promise("system", db.session.get_one(Wave, wave_id))


def count_reactions() -> None:
    """Put answers to which most children say no before the coordinator, and let the figures follow in lots."""
    for message, asked in with_news():
        lot = lot_of(message, asked)
        if wants_review(counts(lot, lot.said)) and not review_of(message.id, asked):
            with writing():
                if not review_of(message.id, asked):
                    ask_for_review(db.session.get_one(Message, message.id), asked)
        move_figures(lot)
    forget_arrival(Reaction.opinion, Reaction.counted)


def count_follow_ups() -> None:
    """Let the figures of follow-up questions follow in lots."""
    for question in follow_ups.with_news():
        move_figures(follow_ups.lot_of(question), closed=not is_open(question, today()))
    forget_arrival(FollowUpAnswer.option, FollowUpAnswer.counted)


def open_follow_ups() -> None:
    """Let out what children wrote to follow-up questions, in lots; then the database forgets in what order it came."""
    opened = [follow_up_box.open_letters(question) for question in follow_up_box.with_letters()]
    leave_no_trace(FollowUpLetter, changed=any(opened))
