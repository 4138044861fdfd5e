"""How fast it is counted what has no answer yet, and how fast everybody sees what became of 500 signals."""

from itertools import cycle
from statistics import median
from time import perf_counter

from sqlalchemy import insert

from dialogue.answering.models import Contribution, Reading
from dialogue.consultations.models import Channel, Wave
from dialogue.feedback.dead_ends import report
from dialogue.people.models import StaffMember
from dialogue.results.models import Tally
from dialogue.shared.bands import Band
from dialogue.shared.clock import now
from dialogue.shared.codes import new_key
from dialogue.shared.database import db, writing
from dialogue.signals.models import AnswerBasis, Coding, Signal
from tests.bench.boxes import LOOKS, an_installation, seconds_of, tallies
from tests.bench.children import Figures
from tests.pages import Pages

CHILDREN, WORDS, SIGNALS = 1_000_000, 100_000, 500


def reporting() -> Figures:
    """A million children and a hundred thousand words; nine in ten words lie with one of 500 signals."""
    with an_installation() as (_installation, app, wave):
        fill(wave)
        town = wave.consultation.municipality
        counting = median(seconds(town.id) for _ in range(LOOKS))
        pages = Pages(app)
        everybody = f"/m/{town.slug}/what-happened"
        pages.get(everybody)  # once with all checks; then the bare page
        looking = median(seconds_of(pages, everybody) for _ in range(LOOKS))
        desk = pages.as_(db.session.query(StaffMember).filter_by(name="Cora").one())
        deciding = f"/desk/decisions/signal/{db.session.query(Signal.id).first()[0]}"
        desk.get(deciding)
        answering = median(seconds_of(desk, deciding) for _ in range(LOOKS))
    figures = {"dead_ends_ms_1m": counting, "public_page_ms_500": looking, "decide_page_ms": answering}
    return {name: 1000 * value for name, value in figures.items()}


def seconds(municipality_id: int) -> float:
    begin = perf_counter()
    report(municipality_id)
    return perf_counter() - begin


def fill(wave: Wave) -> None:
    """Tallies, words and signals, written directly."""
    asked, keys = wave.consultation, [new_key() for _ in range(WORDS)]
    shared = {"wave_id": wave.id, "band": Band.B, "channel": Channel.SELF, "item": "q10", "text": "Ik wil bomen"}
    laid, unread = keys[WORDS // 10 :], keys[: WORDS // 10]
    of_town = {"municipality_id": asked.municipality_id, "department_id": asked.department_id}
    with writing() as session:
        session.execute(insert(Tally), tallies(wave.id, CHILDREN))
        session.execute(insert(Contribution), [shared | {"key": key, "reading": Reading.CODED} for key in laid])
        session.execute(insert(Contribution), [shared | {"key": key, "reading": Reading.UNREAD} for key in unread])
        signals = [
            Signal(
                consultation_id=asked.id,
                wave_id=wave.id,
                titles={"nl": f"Meer bomen {n}"},
                made_at=now(),
                **of_town,
            )
            for n in range(SIGNALS)
        ]
        session.add_all(signals)
        session.flush()
        ids = [signal.id for signal in signals]
        rows = [{"signal_id": id_, "contribution_key": key, "at": now()} for id_, key in zip(cycle(ids), laid)]
        session.execute(insert(Coding), rows)
        session.execute(
            insert(AnswerBasis),
            [{"signal_id": id_, "band": Band.B, "item": "q1", "option": "a"} for id_ in ids],
        )
