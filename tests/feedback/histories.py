"""Random histories over the real verbs, and what became of everything said, counted one by one from the records."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from dialogue.answering.erasing import erase_later
from dialogue.answering.models import Contribution, Letter, Reading, Response
from dialogue.consultations.models import Consultation, State
from dialogue.decisions import reshaping
from dialogue.decisions.models import Body, Decision, Outcome, Proposal
from dialogue.decisions.queries import current_decision, proposals_of
from dialogue.decisions.rules import Verdict
from dialogue.decisions.services import correct, decide, propose, withdraw
from dialogue.feedback.fates import Fate, Unit
from dialogue.feedback.models import PARTS
from dialogue.feedback.queries import message_for
from dialogue.people.models import Department
from dialogue.results.erasing import erase_answers
from dialogue.results.models import Tally
from dialogue.shared.actor import Actor, Role
from dialogue.shared.bands import Band
from dialogue.shared.clock import today
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing
from dialogue.shared.errors import Refused
from dialogue.signals import services, word_services
from dialogue.signals.change_queries import end_of
from dialogue.signals.erasing import erase_words
from dialogue.signals.models import AnswerBasis, Coding, Reshaped, Signal, SignalChange
from tests.builders import a_choice, a_consultation, a_municipality, a_staff_member, actor_of, own_words, save
from tests.feedback.telling import tell

BECAUSE = "Het gaat over hetzelfde."
OPTIONS = ("a", "b", "c", "d", "?", "")
TEXTS = {"nl": dict.fromkeys(PARTS, "Er komen paaltjes.")}
BEHIND = (Fate.NO_PROPOSAL, Fate.UNDECIDED, Fate.UNTOLD, Fate.TOLD, Fate.WITHDRAWN)
READ = {Reading.UNREAD: Fate.UNREAD, Reading.HELD: Fate.UNREAD, Reading.NO_REQUEST: Fate.READ}


class History:
    """A town of its own with two departments, to which anything may happen."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.town = a_municipality(f"Stad{new_key().hex()}")
        self.departments = [save(Department(municipality_id=self.town.id, name=name)) for name in ("Een", "Twee")]
        self.actor: Actor = actor_of(a_staff_member(self.town, f"Eva{new_key().hex()}", (Role.COORDINATOR, None)))
        self.consultations: list[Consultation] = []
        self.ask()

    def step(self) -> None:
        """One thing that happens; what the rules refuse does not happen."""
        verb: Callable[[], None] = self.random.choice([getattr(self, name) for name in VERBS])
        try:
            verb()
        except Refused:
            db.session.rollback()

    def ask(self) -> None:
        items = [a_choice("q1"), own_words("q2"), a_choice("q3")]
        department = self.random.choice(self.departments)
        self.consultations.append(a_consultation(department, state=State.CLOSED, items=items))

    def answer(self) -> None:
        """Letters arrive; some of them are opened at once."""
        wave = self.random.choice(self.consultations).waves[-1]
        save(Letter(tag=new_key(), wave_id=wave.id, fingerprint=new_key(), body=b"sealed"))
        for _ in range(self.random.randint(0, 4)):
            answers = {item: self.random.choice(OPTIONS) for item in ("q1", "q3")}
            given = {item: option for item, option in answers.items() if option}
            shared: dict[str, Any] = {"wave_id": wave.id, "band": Band.B, "channel": "self"}
            instrument_id = wave.instruments[0].id
            save(
                Response(key=new_key(), tag=new_key(), instrument_id=instrument_id, answers=given, **shared),
                Contribution(key=new_key(), tag=new_key(), item="q2", text="Bomen!", **shared),
            )
            for item, option in [("", ""), *answers.items()]:
                self._tally(wave.id, item, option)

    def _tally(self, wave_id: int, item: str, option: str) -> None:
        with writing() as session:
            key = (wave_id, Band.B, 0, item, option)
            row = session.get(Tally, key) or Tally(wave_id=wave_id, band=Band.B, place_id=0, item=item, option=option)
            row.count = (row.count or 0) + 1
            session.add(row)

    def signal(self) -> None:
        consultation = self.random.choice(self.consultations)
        with writing() as session:
            wave = session.get_one(Consultation, consultation.id).waves[-1]
            owed_by = self.random.choice(self.departments).id
            made = services.make_signal(self.actor, wave, {"nl": "Meer bomen."}, self._words(consultation), owed_by)
            session.add(
                AnswerBasis(
                    signal_id=made.id,
                    band=Band.B,
                    item=self.random.choice(("q1", "q3")),
                    option=self.random.choice("abcd"),
                )
            )

    def lay(self) -> None:
        signal = self._any(Signal)
        with writing():
            word_services.lay(self.actor, signal, self._words(signal.consultation))

    def take_away(self) -> None:
        signal = self._any(Signal)
        with writing():
            word_services.take_away(self.actor, signal, self._words(signal.consultation))

    def mark(self) -> None:
        consultation = self.random.choice(self.consultations)
        reading = self.random.choice((Reading.UNREAD, Reading.HELD, Reading.NO_REQUEST))
        with writing():
            word_services.mark(self.actor, consultation.waves[-1], self._words(consultation), reading)

    def erase(self) -> None:
        """Everybody of a round wants what they said to be gone: answers and words apart, perhaps only one of them."""
        wave_id = self.random.choice(self.consultations).waves[-1].id
        for table, go in ((Response, erase_answers), (Contribution, erase_words)):
            said = db.session.query(table).filter_by(wave_id=wave_id).filter(table.tag.is_not(None)).all()
            if said and self.random.random() < 0.7:
                erase_later(said)
                go()

    def concern(self) -> None:
        consultation = self.random.choice(self.consultations)
        with writing():
            word_services.raise_concern(self.actor, consultation.waves[-1], self._words(consultation, most=1))

    def hand_over(self) -> None:
        signal = self._any(Signal)
        with writing():
            services.hand_over(self.actor, signal, self.random.choice(self.departments))

    def split(self) -> None:
        signal = self._any(Signal)
        keys = [row.contribution_key for row in db.session.query(Coding).filter_by(signal_id=signal.id)][:1]
        bases = [(basis.band, basis.item, basis.option) for basis in signal.bases][:1]
        with writing():
            reshaping.split(self.actor, signal, {"nl": "Minder warm."}, BECAUSE, keys, bases)

    def merge(self) -> None:
        first, into = self._any(Signal), self._any(Signal)
        with writing():
            reshaping.merge(self.actor, [first], into, BECAUSE)

    def withdraw_signal(self) -> None:
        with writing():
            reshaping.withdraw(self.actor, self._any(Signal), BECAUSE)

    def propose(self) -> None:
        signal = self._any(Signal)
        with writing():
            propose(self.actor, signal, Outcome.ADOPTED, "Bomen.", "Het is te warm.")

    def withdraw(self) -> None:
        with writing():
            withdraw(self.actor, self._any(Proposal))

    def decide(self) -> None:
        signal, day = self._any(Signal), today() - timedelta(days=self.random.randint(0, 3))
        with writing():
            decide(self.actor, [signal], self._verdict(day=day), seen={signal.id: _holds(signal)})

    def correct(self) -> None:
        with writing():
            correct(self.actor, self._any(Decision), self._verdict())

    def tell(self) -> None:
        with writing():
            tell(self.actor, self._any(Decision), TEXTS)

    def _verdict(self, day: Any = None) -> Verdict:
        outcome = self.random.choice((Outcome.ADOPTED, Outcome.NOT_ADOPTED, Outcome.UNDER_STUDY))
        until = today() + timedelta(days=30) if outcome == Outcome.UNDER_STUDY else None
        return Verdict(outcome, "Bomen.", "Het is warm.", Body.COLLEGE, day or today(), under_study_until=until)

    def _words(self, consultation: Consultation, most: int = 3) -> list[bytes]:
        keys = sorted(row.key for row in db.session.query(Contribution).filter_by(wave_id=consultation.waves[-1].id))
        return self.random.sample(keys, min(len(keys), self.random.randint(1, most)))

    def _any(self, model: Any) -> Any:
        """One of these records of this town; refuses where there is none yet."""
        by_town = {Proposal: lambda row: row.signal.municipality_id}
        of = by_town.get(model, lambda row: row.municipality_id)
        found = [row for row in db.session.query(model).order_by(model.id) if of(row) == self.town.id]
        if not found:
            raise Refused("nothing yet")
        return self.random.choice(found)

    def counted(self) -> Counter[tuple[int, Unit, Fate]]:
        """Everything that was said in this town, one by one."""
        found: Counter[tuple[int, Unit, Fate]] = Counter()
        signals = [row for row in db.session.query(Signal) if row.municipality_id == self.town.id]
        merged = {row.signal_id for row in db.session.query(SignalChange) if row.what == Reshaped.MERGED}
        for signal in signals:
            if signal.id in merged:
                assert not signal.bases  # all of it lies with another now
                continue
            found[signal.department_id, Unit.SIGNALS, stage(signal)] += 1
        for consultation in self.consultations:
            wave_id, asker = consultation.waves[-1].id, consultation.department_id
            found[asker, Unit.LETTERS, Fate.BOX] += db.session.query(Letter).filter_by(wave_id=wave_id).count()
            for words in db.session.query(Contribution).filter_by(wave_id=wave_id):
                lying = [row.signal for row in db.session.query(Coding).filter_by(contribution_key=words.key)]
                fate = READ.get(words.reading, Fate.ELSEWHERE)
                found[_behind(lying, Unit.WORDS) if words.reading == Reading.CODED else (asker, Unit.WORDS, fate)] += 1
            for response in db.session.query(Response).filter_by(wave_id=wave_id):
                for item in ("q1", "q3"):
                    option = response.answers.get(item, "")
                    resting = [s for s in signals if any(_rests(b, wave_id, item, option) for b in s.bases)]
                    fate = Fate.SKIPPED if option in ("", "?") else Fate.NO_SIGNAL
                    found[_behind(resting, Unit.TICKS) if resting else (asker, Unit.TICKS, fate)] += 1
        return found


VERBS = (
    *("answer", "answer", "signal", "signal", "lay", "take_away", "mark", "erase", "concern", "ask"),
    *("hand_over", "split", "merge", "merge", "withdraw_signal"),
    *("propose", "propose", "withdraw", "decide", "decide", "correct", "tell", "tell"),
)


def stage(signal: Signal) -> Fate:
    """How far a signal is, by its own records."""
    if end := end_of(signal.id):
        assert end.what == Reshaped.WITHDRAWN
        return Fate.WITHDRAWN
    decision = current_decision(signal.id)
    if decision:
        message = message_for(decision.id)
        return Fate.TOLD if message and message.published_at else Fate.UNTOLD
    made = [p for p in proposals_of(signal.id) if not p.withdrawn_at and p.department_id == signal.department_id]
    return Fate.UNDECIDED if made else Fate.NO_PROPOSAL


def _holds(signal: Signal) -> int | None:
    decision = current_decision(signal.id)
    return decision.id if decision else None


def _rests(basis: AnswerBasis, wave_id: int, item: str, option: str) -> bool:
    return (basis.signal.wave_id, basis.item, basis.option) == (wave_id, item, option)


def _behind(signals: list[Signal], unit: Unit) -> tuple[int, Unit, Fate]:
    last = min(signals, key=lambda signal: (BEHIND.index(stage(signal)), signal.id))
    return last.department_id, unit, stage(last)
