"""What came of the example's finished rounds: signals, proposals, decisions, measures and messages."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from dialogue.answering.models import Contribution, Reading
from dialogue.consultations.models import Wave
from dialogue.decisions.measure_services import finish, plan, prove
from dialogue.decisions.models import Body, Decision, Outcome
from dialogue.decisions.rules import Verdict
from dialogue.decisions.services import decide, propose
from dialogue.demo.reading import on, texts
from dialogue.demo.telling import tell
from dialogue.demo.town import Town
from dialogue.shared.actor import Actor
from dialogue.shared.bands import Band
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.signals.models import Coding, Signal
from dialogue.signals.services import add_basis, make_signal
from dialogue.signals.word_services import approve_quote, mark

READ, PROPOSED, DECIDED, TOLD = (timedelta(days=days) for days in (5, 12, 25, 30))


def bundle(town: Town, name: str, wave: Wave, reader: str) -> dict[str, Signal]:
    """Read all own words of a round and lay them with the signals of this consultation, some days after closing."""
    actor, made = town.actor(reader), {}
    with on(wave.closed_at.date() + READ), writing():  # type: ignore[union-attr]
        for told in texts("answered")["signal"]:
            if told["consultation"] == name:
                made[told["key"]] = _signal(actor, wave, told)
        rest = [words.key for words in _unread(wave)]
        if rest:
            mark(actor, wave, rest, Reading.NO_REQUEST)
    return made


def _signal(actor: Actor, wave: Wave, told: dict[str, Any]) -> Signal:
    keys = [words.key for words in _unread(wave) if any(word in words.text.lower() for word in told["words"])]
    signal = make_signal(actor, wave, {"nl": told["nl"], "en": told["en"]}, keys)
    for instrument in wave.instruments:
        first = next(item for item in instrument.document["items"] if item["kind"] == "one_choice")
        for option in told["options"]:
            add_basis(actor, signal, Band(instrument.band), first["key"], option)
    db.session.flush()
    for quote in told["quotes"]:
        found = select(Coding).join(Contribution).where(Coding.signal_id == signal.id, Contribution.text == quote)
        coding = db.session.scalar(found.limit(1))
        if coding:
            approve_quote(actor, coding, quote)
    return signal


def _unread(wave: Wave) -> list[Contribution]:
    chosen = select(Contribution).where(Contribution.wave_id == wave.id, Contribution.reading == Reading.UNREAD)
    return list(db.session.scalars(chosen))


def propose_all(town: Town, signals: dict[str, Signal], proposer: str) -> None:
    """The proposals that no body decided yet."""
    for told in texts("answered")["proposal"]:
        if told["signal"] in signals:
            with writing():
                signal = db.session.get_one(Signal, signals[told["signal"]].id)
                propose(town.actor(proposer), signal, Outcome(told["outcome"]), told["what"], told["reason"])


def decide_all(town: Town, signals: dict[str, Signal], proposer: str) -> None:
    """Propose, decide, plan and tell what the example says about these signals, each on its day."""
    for told in texts("answered")["decision"]:
        answered = [signals[key] for key in told["signals"] if key in signals]
        if answered:
            _decide(town, answered, told, proposer)


def _decide(town: Town, signals: list[Signal], told: dict[str, Any], proposer: str) -> None:
    closed = signals[0].wave.closed_at.date()  # type: ignore[union-attr]
    outcome = Outcome(told["outcome"])
    with on(closed + PROPOSED), writing():
        proposal = propose(town.actor(proposer), signals[0], outcome, told["what"], told["reason"])
    with on(closed + DECIDED), writing():
        verdict = Verdict(
            outcome,
            told["what"],
            told["reason"],
            Body.COLLEGE,
            today(),
            under_study_until=today() + timedelta(days=told["until_days"]) if "until_days" in told else None,
            document_title=told["document_title"],
            document_uri=told["document_uri"],
            plan_codes=told["plan_codes"],
            budget=told["budget"],
            changes_policy=told["policy"],
            changes_practice=told["practice"],
        )
        decision = decide(town.actor("cora"), signals, verdict, proposal=proposal)
        for measure in told["measures"]:
            _measure(town, decision, measure, proposer)
    if "message" in told:
        with on(closed + TOLD), writing():
            tell(town.actor(proposer), db.session.get_one(Decision, decision.id), {"nl": told["message"]})


def _measure(town: Town, decision: Decision, told: dict[str, Any], owner: str) -> None:
    actor, due = town.actor(owner), today() + timedelta(days=told["days"])
    measure = plan(actor, decision, told["title"], actor.staff_id, due)
    if told["done"]:
        with on(due):
            finish(actor, measure, due)
            prove(actor, measure, told["proof"], "", due)
