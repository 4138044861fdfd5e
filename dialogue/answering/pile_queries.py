"""Reading piles of paper; the getters refuse strangers, and who does not make consultations."""

from collections.abc import Sequence

from sqlalchemy import func, select

from dialogue.answering.letterbox import installation_key, unseal
from dialogue.answering.pile_models import Pile, Sheet
from dialogue.answering.pile_rules import Difference, compared
from dialogue.consultations.queries import get_wave_for_writing
from dialogue.shared.actor import Actor
from dialogue.shared.database import db
from dialogue.shared.errors import NotAllowed, NotFound

Said = dict[str, dict[str, str]]  # {"answers": …, "words": …}
FIRST, SECOND = 1, 2  # turns


def get_pile(actor: Actor, pile_id: int) -> Pile:
    """A pile that is not sent yet, for a maker of its department; raises NotFound or NotAllowed."""
    pile = db.session.get(Pile, pile_id)
    if pile is None:
        raise NotFound
    get_wave_for_writing(actor, pile.wave_id)
    if pile.sent is not None:
        raise NotFound
    return pile


def may_type(actor: Actor, pile: Pile) -> bool:
    """Whether this person types this pile, or may be the second who does."""
    second = pile.twice and pile.checked_by_id in (None, actor.staff_id)
    return second or actor.staff_id == pile.typed_by_id


def turn_of(actor: Actor, pile: Pile) -> int:
    """Whether this person types first or second; raises NotAllowed for who does neither."""
    if not may_type(actor, pile):
        raise NotAllowed
    return FIRST if actor.staff_id == pile.typed_by_id else SECOND


def piles_of(wave_id: int) -> Sequence[Pile]:
    """The piles of a round that are not sent yet, in the order in which they were begun."""
    return db.session.scalars(select(Pile).where(Pile.wave_id == wave_id, Pile.sent.is_(None)).order_by(Pile.id)).all()


def typed_in(pile: Pile, turn: int = FIRST) -> int:
    """How many sheets of a pile were typed."""
    of_turn = select(func.count()).select_from(Sheet).where(Sheet.pile_id == pile.id, Sheet.turn == turn)
    return db.session.scalar(of_turn) or 0


def sheets(pile: Pile, turn: int = FIRST) -> Sequence[Sheet]:
    """The sheets of a pile as one person typed them, in their order."""
    of_turn = select(Sheet).where(Sheet.pile_id == pile.id, Sheet.turn == turn)
    return db.session.scalars(of_turn.order_by(Sheet.number)).all()


def differences(pile: Pile) -> list[Difference]:
    """Where the two people who typed a pile do not agree, sheet by sheet, as far as both came."""
    pairs = zip(sheets(pile, FIRST), sheets(pile, SECOND), strict=False)
    found = ((one.number, all_on(one), all_on(other)) for one, other in pairs)
    return [each for number, one, other in found for each in compared(pile.instrument.document, number, one, other)]


def all_on(sheet: Sheet) -> dict[str, str]:
    """The answers and own words of a sheet together, per question."""
    said = said_on(sheet)
    return said["answers"] | said["words"]


def said_on(sheet: Sheet) -> Said:
    """What stands on a sheet; raises cryptography's InvalidTag when it is not of this installation."""
    return unseal(installation_key(), sheet.body, bound_to(sheet.pile_id, sheet.turn, sheet.number))


def bound_to(pile_id: int, turn: int, number: int) -> bytes:
    """What the seal of a sheet is bound to."""
    return f"paper/{pile_id}/{turn}/{number}".encode()
