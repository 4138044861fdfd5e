"""Reading piles of paper; the getters refuse strangers, and who does not make consultations."""

from collections.abc import Sequence

from sqlalchemy import func, select

from dialogue.answering.letterbox import installation_key, unseal
from dialogue.answering.pile_models import Pile, Sheet
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


def turn_of(actor: Actor, pile: Pile) -> int:
    """Whether this person types first or second; raises NotAllowed for who does neither."""
    if actor.staff_id == pile.typed_by_id:
        return FIRST
    if pile.twice and pile.checked_by_id in (None, actor.staff_id):
        return SECOND
    raise NotAllowed


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


def said_on(sheet: Sheet) -> Said:
    """What stands on a sheet; raises cryptography's InvalidTag when it is not of this installation."""
    return unseal(installation_key(), sheet.body, bound_to(sheet.pile_id, sheet.turn, sheet.number))


def bound_to(pile_id: int, turn: int, number: int) -> bytes:
    """What the seal of a sheet is bound to."""
    return f"paper/{pile_id}/{turn}/{number}".encode()
