"""Looking at an answer again: asked for when most children said no, and what the coordinator then does."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from dialogue.decisions.models import Decision
from dialogue.duties.services import keep, owe
from dialogue.feedback.models import Message
from dialogue.feedback.queries import is_corrected, signals_answered_by
from dialogue.feedback.reaction_models import Asked, Review, ReviewVerdict
from dialogue.feedback.reaction_rules import why_not_settle
from dialogue.ledger.services import record
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound, refuse
from dialogue.signals.services import owe_decision

REVIEW = "review"  # kind of duty
DAYS = timedelta(days=14)


def review_of(message_id: int, asked: Asked) -> Review | None:
    """Whether children asked to look at this answer again."""
    return db.session.scalar(select(Review).where(Review.message_id == message_id, Review.asked == asked))


def reviews_of(municipality_id: int) -> dict[int, Review]:
    """The latest of each message of a municipality, by the message."""
    chosen = select(Review).join(Review.message).join(Message.decision)
    chosen = chosen.where(Decision.municipality_id == municipality_id).options(joinedload(Review.verdict))
    return {review.message_id: review for review in db.session.scalars(chosen.order_by(Review.id))}


def get_review(actor: Actor, review_id: int) -> Review:
    """One of this coordinator's municipality; else NotFound."""
    review = db.session.get(Review, review_id)
    if review is None or review.message.decision.municipality_id != actor.municipality_id:
        raise NotFound
    return review


def ask_for_review(message: Message, asked: Asked) -> Review:
    """Put an answer before the coordinator. Call inside `with writing():`, once."""
    review = Review(message_id=message.id, asked=asked, noticed_on=today())
    db.session.add(review)
    db.session.flush()
    record("system", "review.asked", f"review:{review.id}", after={"message": message.id, "asked": asked})
    [first, *_others] = signals_answered_by(message.decision)
    owe(
        "system",
        REVIEW,
        f"review:{review.id}",
        municipality_id=message.decision.municipality_id,
        department_id=None,
        subject=next(iter(first.titles.values())),
        due=today() + DAYS,
    )
    return review


def settle(actor: Actor, review: Review, due: date | None, because: str) -> None:
    """Decide again by `due`, or not (None), and why: everybody reads it. The old decision stays to be read."""
    decision = review.message.decision
    refuse(
        why_not_settle(settled=review.verdict is not None, corrected=is_corrected(decision.id), due=due, today=today())
    )
    db.session.add(ReviewVerdict(review_id=review.id, due=due, because=because, by_id=actor.staff_id, at=now()))
    verb, picture = "review.reopened" if due else "review.declined", {"due": due, "because": because}
    record(actor, verb, f"review:{review.id}", department_id=decision.department_id, after=picture)
    keep(actor, REVIEW, f"review:{review.id}")
    for signal in signals_answered_by(decision) if due else ():
        owe_decision(actor, signal, due or today(), because)
