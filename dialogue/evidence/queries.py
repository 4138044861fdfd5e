"""Everything that a dossier over one period stands on; a fixed number of queries, however many answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from dialogue.consultations.models import Consultation, State, Wave
from dialogue.consultations.queries import was_asked
from dialogue.decisions.advice_models import Advice
from dialogue.decisions.advice_queries import advice_of
from dialogue.decisions.models import Decision, Measure, Proof
from dialogue.decisions.queries import decisions_of
from dialogue.duties.models import Duty
from dialogue.duties.rules import PUBLIC, kept_in_time
from dialogue.evidence.models import Dossier
from dialogue.evidence.rules import REFUSED
from dialogue.feedback.models import Message
from dialogue.feedback.periods import Period
from dialogue.feedback.queries import chains_of, coverage, signals_answered_by
from dialogue.feedback.rules import Chain, Coverage, Part
from dialogue.ledger.queries import head
from dialogue.people.models import Department, Municipality
from dialogue.people.queries import departments, municipality
from dialogue.places.models import Place
from dialogue.results.models import Tally
from dialogue.results.queries import Tables, public_publications, totals
from dialogue.shared.actor import Actor
from dialogue.shared.bundles import Standing, standing
from dialogue.shared.clock import midnight, today
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound

MAKE = "make_dossier"  # the kind of work, and of the bundle with the files


@dataclass(frozen=True)
class Gathered:
    """All records of one municipality and period."""

    municipality: Municipality
    period: Period
    today: date
    coverage: Coverage
    departments: Sequence[Department]
    waves: Sequence[Wave]  # opened in the period
    answers: dict[int, int]  # wave -> answers, raw: show rounded
    places: Sequence[Place]  # with enough answers to say so
    all_places: Sequence[Place]
    decisions: Sequence[Decision]  # taken in the period, or about a signal of the period
    late: Sequence[Duty]
    results: dict[int, Tables]  # wave -> what everybody may see, where there is anything to see
    proofs: Sequence[Proof]
    advice: Sequence[Advice]  # of the youth council, received in the period
    head: str

    @property
    def refused(self) -> list[Decision]:
        """Everything that was refused, wholly or partly, or passed on."""
        return [decision for decision in self.decisions if decision.outcome in REFUSED]

    @property
    def dropped(self) -> list[Measure]:
        """Promises that were given up, each with its reason."""
        return [measure for decision in self.decisions for measure in decision.measures if measure.dropped_because]

    @property
    def messages(self) -> list[Message]:
        """What children were told about the signals of this period, the oldest first."""
        told = {chain.message.id: chain.message for chain in self.coverage.chains if chain.message}
        return [told[id_] for id_ in sorted(told)]

    @property
    def waiting(self) -> list[Chain]:
        """Signals without a decision."""
        return [chain for chain in self.coverage.chains if chain.part == Part.WAITING]


def gather(municipality_id: int, period: Period) -> Gathered:
    """All that a dossier over this period stands on."""
    covered = coverage(municipality_id, period.begins, period.ends)
    waves = waves_of(municipality_id, period)
    ids = [wave.id for wave in waves]
    taken = {decision.id: decision for decision in decisions_of(municipality_id, period.begins, period.ends)}
    taken |= {chain.decision.id: chain.decision for chain in covered.chains if chain.decision}
    decisions = sorted(taken.values(), key=lambda decision: (decision.decided_on, decision.id))
    town, in_town = municipality(municipality_id), select(Place).where(Place.municipality_id == municipality_id)
    places = list(db.session.scalars(in_town.order_by(Place.name)))
    used = _places_with_answers(ids, town.smallest_group)
    return Gathered(
        municipality=town,
        period=period,
        today=today(),
        coverage=covered,
        departments=departments(municipality_id),
        waves=waves,
        answers=totals(ids),
        places=[place for place in places if place.id in used],
        all_places=places,
        decisions=decisions,
        late=_late(municipality_id, period, [chain.signal.id for chain in covered.chains], ids),
        results={wave_id: tables for wave_id, tables in public_publications(ids).items() if tables["responses"]},
        proofs=_proofs(taken),
        advice=advice_of(municipality_id, period.begins, period.ends),
        head=head(),
    )


def waves_of(municipality_id: int, period: Period) -> list[Wave]:
    """The rounds that were opened in this period, oldest first."""
    begins = midnight(period.begins)
    ends = midnight(period.ends + timedelta(days=1))
    chosen = select(Wave).join(Wave.consultation).where(Consultation.municipality_id == municipality_id, was_asked())
    chosen = chosen.where(Wave.state != State.DRAFT, Wave.opened_at >= begins, Wave.opened_at < ends)
    return list(db.session.scalars(chosen.options(joinedload(Wave.consultation)).order_by(Wave.opened_at, Wave.id)))


def _places_with_answers(wave_ids: Collection[int], least: int) -> set[int]:
    chosen = select(Tally.place_id).where(Tally.wave_id.in_(wave_ids), Tally.item == "", Tally.place_id != 0)
    return set(db.session.scalars(chosen.group_by(Tally.place_id).having(func.sum(Tally.count) >= least)))


def _proofs(decision_ids: Collection[int]) -> list[Proof]:
    """What shows that measures after these decisions were carried out, in the order in which these were planned."""
    chosen = select(Proof).join(Proof.measure).where(Measure.decision_id.in_(decision_ids))
    chosen = chosen.options(contains_eager(Proof.measure))
    return list(db.session.scalars(chosen.order_by(Measure.decision_id, Measure.id, Proof.id)))


def _late(municipality_id: int, period: Period, signal_ids: Collection[int], wave_ids: Collection[int]) -> list[Duty]:
    """Promises of this period that are late now, or were kept too late; the oldest first."""
    objects = {f"signal:{id_}" for id_ in signal_ids} | {f"wave:{id_}" for id_ in wave_ids}
    chosen = select(Duty).where(Duty.municipality_id == municipality_id, Duty.kind.in_(PUBLIC))
    over = chosen.where(Duty.promised < today(), Duty.cancelled_at.is_(None)).order_by(Duty.promised, Duty.id)
    owed = [duty for duty in db.session.scalars(over) if not kept_in_time(duty)]
    return [duty for duty in owed if period.holds(duty.promised) or duty.object in objects]


def chains_for(decision_ids: Sequence[int], gathered: Gathered) -> list[list[Chain]]:
    """Per chosen decision of this dossier the chains of the signals it answers."""
    known = {decision.id: decision for decision in gathered.decisions}
    return [chains_of(signals_answered_by(known[id_])) for id_ in decision_ids if id_ in known]


def dossier_of(municipality_id: int, period: Period) -> Dossier | None:
    """The dossier of this municipality over this period."""
    chosen = select(Dossier).where(Dossier.municipality_id == municipality_id, Dossier.period == period.kind)
    return db.session.scalar(chosen.where(Dossier.begins == period.begins).order_by(Dossier.id).limit(1))


def get_dossier(actor: Actor, dossier_id: int) -> Dossier:
    """A dossier of the actor's municipality; else NotFound."""
    dossier = db.session.get(Dossier, dossier_id)
    if dossier is None or dossier.municipality_id != actor.municipality_id:
        raise NotFound
    return dossier


def object_of(dossier: Dossier) -> str:
    """What a dossier is called in the ledger and among the bundles."""
    return f"dossier:{dossier.id}"


def documents_of(dossier: Dossier | None) -> Standing:
    """How far the documents of this dossier are."""
    return standing(MAKE, object_of(dossier)) if dossier else Standing()
