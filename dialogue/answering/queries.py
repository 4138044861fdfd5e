"""Reading the letter box, what came out of it, and concerns."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select, tuple_

from dialogue.answering.letterbox import opened, read
from dialogue.answering.models import Concern, Contribution, ImportBatch, Letter, Response
from dialogue.answering.rules import CONCERN, concern_object
from dialogue.consultations.models import Channel, Consultation, State, Wave
from dialogue.consultations.queries import open_now, was_asked
from dialogue.duties.models import Duty
from dialogue.places.models import Place
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import now, today
from dialogue.shared.database import db
from dialogue.shared.errors import NotAllowed, NotFound
from dialogue.shared.models import Installation

PAGE = 50
COUNT_KEPT = timedelta(seconds=5)


def salt() -> bytes:
    """The public salt of this installation's receipts, 16 bytes."""
    return db.session.scalars(select(Installation.salt)).one()


def letter_by_tag(tag: bytes) -> Letter | None:
    """The letter with this response tag, while it waits in the box."""
    return db.session.scalar(select(Letter).where(Letter.tag == tag))


def response_by_tag(tag: bytes) -> Response | None:
    """The closed answers with this response tag, once they are out of the box."""
    return db.session.scalar(select(Response).where(Response.tag == opened(tag)))


def contribution_by_tag(tag: bytes) -> Contribution | None:
    """The own words with this said tag, once they are out of the box."""
    return db.session.scalar(select(Contribution).where(Contribution.tag == tag))


def is_same_sending(tag: bytes, fingerprint: bytes) -> bool | None:
    """Whether the sending with this response tag, in the box or out of it, is this one; None when there is none.

    Of long ago the tag alone tells: its fingerprint is forgotten.
    """
    letter = db.session.scalar(select(Letter.fingerprint).where(Letter.tag == tag))
    if letter is not None:
        return letter == fingerprint
    response = response_by_tag(tag)
    return None if response is None else response.fingerprint in (opened(fingerprint), None)


def in_the_box(wave_id: int) -> Select[Letter]:
    """The letters of a round that may be opened: all but those of an import that is not complete."""
    active = select(ImportBatch.id).where(ImportBatch.active)
    return select(Letter).where(Letter.wave_id == wave_id, or_(Letter.batch_id.is_(None), Letter.batch_id.in_(active)))


def letters_waiting(wave_id: int) -> int:
    """How many letters of a round are in the box."""
    return db.session.scalar(select(func.count()).select_from(in_the_box(wave_id).subquery())) or 0


@dataclass(frozen=True)
class ClassScreen:
    """What hangs on the wall while a class answers: never who, never how many exactly."""

    place: str
    code: str
    titles: Sequence[Mapping[str, str]]  # of what is asked now, per language
    answers: int  # in tens, rounded down


def class_screen(place: Place) -> ClassScreen:
    """The class screen of a place."""
    waves = open_now(place.municipality_id)
    titles = [wave.consultation.titles for wave in waves]
    return ClassScreen(place.name, place.code, titles, count_in_tens(place.id, [wave.id for wave in waves]))


_counts: dict[tuple[str, int], tuple[datetime, Counter[int]]] = {}


def count_in_tens(place_id: int, wave_ids: Collection[int]) -> int:
    """How many children of a place answered in these rounds, rounded down to tens; some seconds late."""
    return sum(_per_place(wave_id)[place_id] for wave_id in wave_ids) // 10 * 10


def _per_place(wave_id: int) -> Counter[int]:
    asked = (str(db.engine.url), wave_id)
    at, counts = _counts.get(asked, (None, Counter()))
    if at is None or not timedelta() <= now() - at < COUNT_KEPT:
        counts = _count(wave_id)
        _counts[asked] = (now(), counts)
    return counts


def _count(wave_id: int) -> Counter[int]:
    opened = select(Response.place_id, func.count()).where(Response.wave_id == wave_id).group_by(Response.place_id)
    counts = Counter({place_id or 0: count for place_id, count in db.session.execute(opened)})
    for tag, sealed in db.session.execute(in_the_box(wave_id).with_only_columns(Letter.tag, Letter.body)):
        if body := read(sealed, tag):
            counts[body["place"]] += 1
    return counts


def _concerns_of(actor: Actor) -> Select[Concern]:
    if not actor.has(Role.SAFEGUARDING):
        raise NotAllowed
    of_town = Consultation.municipality_id == actor.municipality_id
    return select(Concern).join(Concern.wave).join(Wave.consultation).where(of_town)


def unread_concerns(actor: Actor) -> Sequence[Concern]:
    """Concerns nobody read yet, the longest known first."""
    unread = _concerns_of(actor).where(Concern.read_on.is_(None))
    return db.session.scalars(unread.order_by(Concern.first_seen.is_(None), Concern.first_seen, Concern.key)).all()


def read_concerns(actor: Actor, after: bytes | None = None) -> Sequence[Concern]:
    """A page of concerns that were read, the latest first, beginning after the concern with key `after`."""
    read = _concerns_of(actor).where(Concern.read_on.is_not(None))
    last = db.session.get(Concern, after) if after else None
    if last:
        read = read.where(tuple_(Concern.read_on, Concern.key) < (last.read_on, last.key))
    return db.session.scalars(read.order_by(Concern.read_on.desc(), Concern.key.desc()).limit(PAGE)).all()


def concerns(actor: Actor) -> Sequence[Concern]:
    """Concerns for this safeguarding contact: unread first, then a page of those that were read."""
    return [*unread_concerns(actor), *read_concerns(actor)]


def concerns_waiting(actor: Actor) -> int:
    """How many concerns nobody read yet."""
    return len(unread_concerns(actor)) if actor.has(Role.SAFEGUARDING) else 0


def unnoticed_concerns() -> Sequence[Concern]:
    """Concerns of all municipalities that the job has not noticed yet."""
    return db.session.scalars(select(Concern).where(Concern.first_seen.is_(None))).all()


def unowed_concerns() -> Sequence[Concern]:
    """Concerns of all municipalities noticed before today, that nobody read and no duty tells of; by key."""
    waiting = select(Concern).where(Concern.first_seen < today(), Concern.read_on.is_(None))
    owed = set(db.session.scalars(select(Duty.object).where(Duty.kind == CONCERN)))
    return [
        concern
        for concern in db.session.scalars(waiting.order_by(Concern.key))
        if concern_object(concern.key) not in owed
    ]


def kept_fingerprints(closed_before: datetime) -> Sequence[bytes]:
    """Keys of the responses that still have a fingerprint, of rounds that closed before this moment."""
    closed = select(Wave.id).where(Wave.closed_at < closed_before)
    kept = select(Response.key).where(Response.wave_id.in_(closed), Response.fingerprint.is_not(None))
    return db.session.scalars(kept).all()


def get_concern(actor: Actor, key: bytes) -> Concern:
    """A concern of the actor's municipality; raises NotFound, or NotAllowed for all but the safeguarding contact."""
    concern = db.session.scalar(_concerns_of(actor).where(Concern.key == key))
    if concern is None:
        raise NotFound
    return concern


def rounds_for_imports() -> Sequence[Wave]:
    """The rounds that can take in answers collected elsewhere: opened, of a channel that nobody fills in."""
    chosen = select(Wave).join(Consultation).where(Consultation.channel != Channel.SELF, Wave.state != State.DRAFT)
    return db.session.scalars(chosen.where(was_asked()).order_by(Wave.id)).all()
