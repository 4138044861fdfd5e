"""What the youth council of the example advised about these signals, and what was answered to it."""

from datetime import timedelta

from dialogue.consultations.models import Wave
from dialogue.decisions.advice_models import Advice, Followed
from dialogue.decisions.advice_services import Incoming, Reply, answer, receive
from dialogue.decisions.models import Body
from dialogue.demo.reading import on, texts
from dialogue.demo.town import Town
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.signals.models import Signal

RECEIVED, ANSWERED = timedelta(days=9), timedelta(days=27)  # after the round closed


def advise(town: Town, name: str, wave: Wave, signals: dict[str, Signal]) -> None:
    """The advice about this consultation, answered where the example says so, each on its day."""
    closed = wave.closed_at.date()  # type: ignore[union-attr]
    for told in texts("answered")["advice"]:
        if told["consultation"] != name:
            continue
        cora = town.actor("cora")
        with on(closed + RECEIVED), writing():
            incoming = Incoming(today(), told["title"], told["text"])
            about = [db.session.get_one(Signal, signals[key].id) for key in told["signals"]]
            advice = receive(cora, town.departments[told["department"]], incoming, about)
        if "followed" in told:
            with on(closed + ANSWERED), writing():
                reply = Reply(Followed(told["followed"]), told["reason"], Body.COLLEGE, today())
                answer(cora, db.session.get_one(Advice, advice.id), reply, seen=0)
