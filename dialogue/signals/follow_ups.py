"""Own words that answer one more question: how their question is called, and how it was put."""

from sqlalchemy import select

from dialogue.shared.database import db
from dialogue.signals.follow_up_models import FollowUpQuestion
from dialogue.signals.models import Signal

_CALLED = "follow-up:"


def item_of(question_id: int) -> str:
    """How a contribution calls this question, where others have the key of one of the questionnaire."""
    return f"{_CALLED}{question_id}"


def is_follow_up(item: str) -> bool:
    """Whether words were written to a question that was asked later."""
    return item.startswith(_CALLED)


def questions_after(wave_id: int) -> dict[str, dict[str, str]]:
    """The questions for own words about signals of this round, oldest first: what they are called → their words."""
    asked = select(FollowUpQuestion).join(FollowUpQuestion.signal)
    asked = asked.where(Signal.wave_id == wave_id, FollowUpQuestion.own_words).order_by(FollowUpQuestion.id)
    return {item_of(question.id): question.words for question in db.session.scalars(asked)}
