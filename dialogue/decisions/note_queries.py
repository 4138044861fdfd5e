"""Reading notes to the college: getters that refuse, what can go into one, and what stands in it."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from dialogue.decisions.models import Decision, Proposal
from dialogue.decisions.note_models import CollegeNote, NoteLine, NoteTemplate
from dialogue.decisions.note_rules import may_make, may_settle
from dialogue.decisions.queries import current_decision, standing_proposal
from dialogue.decisions.turn_models import Brought
from dialogue.decisions.turn_queries import brought
from dialogue.decisions.waiting_queries import Waiting, waiting
from dialogue.shared.actor import Actor
from dialogue.shared.database import db
from dialogue.shared.errors import NotAllowed, NotFound
from dialogue.signals.change_queries import end_of
from dialogue.signals.models import Signal
from dialogue.signals.rules import sees

LISTED = 30


@dataclass(frozen=True)
class Item:
    """One line of a note with what stands now: the proposal that waits, before whom it lies, and what was decided."""

    line: NoteLine
    proposal: Proposal | None
    brought: Brought | None
    decision: Decision | None

    @property
    def signal(self) -> Signal:
        return self.line.signal


def get_note(actor: Actor, note_id: int) -> CollegeNote:
    """The note, for somebody who may know of every signal in it."""
    note = db.session.get(CollegeNote, note_id)
    if note is None or note.municipality_id != actor.municipality_id:
        raise NotFound
    if not _knows(actor, note):
        raise NotFound
    return note


def get_for_making(actor: Actor, note_id: int) -> CollegeNote:
    """The note, for somebody who may change it or take it back."""
    note = get_note(actor, note_id)
    if not may_make(actor, signals_in(note)):
        raise NotAllowed
    return note


def get_for_settling(actor: Actor, note_id: int) -> CollegeNote:
    """The note, for somebody who may note what the college decided about all of it."""
    note = get_note(actor, note_id)
    if not may_settle(actor, signals_in(note)):
        raise NotAllowed
    return note


def signals_in(note: CollegeNote) -> list[Signal]:
    """The signals of a note."""
    return [line.signal for line in note.lines]


def items_of(note: CollegeNote) -> list[Item]:
    """What stands in a note, without signals that were merged or withdrawn since."""
    return [_item(line) for line in note.lines if end_of(line.signal_id) is None]


def _item(line: NoteLine) -> Item:
    proposal = standing_proposal(line.signal_id)
    return Item(line, proposal, brought(proposal), current_decision(line.signal_id))


def notes_of(actor: Actor, before: int | None = None) -> tuple[list[CollegeNote], int | None]:
    """One page of the notes that this person may know of, the newest first, and the key to go on from."""
    query = select(CollegeNote).where(CollegeNote.municipality_id == actor.municipality_id)
    if before is not None:
        query = query.where(CollegeNote.id < before)
    query = query.options(selectinload(CollegeNote.lines))
    rows = db.session.scalars(query.order_by(CollegeNote.id.desc()).execution_options(yield_per=LISTED))
    known = list(islice((note for note in rows if _knows(actor, note)), LISTED + 1))
    return known[:LISTED], known[LISTED - 1].id if len(known) > LISTED else None


def offered(actor: Actor) -> list[Waiting]:
    """What this person can put into a new note: proposals that wait and stand in no other note."""
    rows = [row for row in waiting(actor) if row.proposal and may_make(actor, [row.signal])]
    noted = in_open_notes([row.signal.id for row in rows])
    return [row for row in rows if row.signal.id not in noted]


def in_open_notes(signal_ids: Collection[int]) -> set[int]:
    """Those of these signals that stand in a note about which the college has not decided."""
    query = select(NoteLine.signal_id).join(NoteLine.note).where(NoteLine.signal_id.in_(signal_ids))
    return set(db.session.scalars(query.where(CollegeNote.settled_at.is_(None))))


def note_about(actor: Actor, signal_id: int) -> CollegeNote | None:
    """The note, of those this person may know of, in which this signal waits for the college."""
    query = select(CollegeNote).join(CollegeNote.lines).where(NoteLine.signal_id == signal_id)
    note = db.session.scalar(query.where(CollegeNote.settled_at.is_(None)).limit(1))
    return note if note and _knows(actor, note) else None


def template_of(municipality_id: int) -> NoteTemplate | None:
    """The town's own paper for notes."""
    return db.session.get(NoteTemplate, municipality_id)


def _knows(actor: Actor, note: CollegeNote) -> bool:
    return all(sees(actor, signal) for signal in signals_in(note))
