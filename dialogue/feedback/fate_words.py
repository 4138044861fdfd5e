"""How the fates of what children said are called, defined, and shown: rounded where counts could betray a child."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from dialogue.feedback.fates import OPEN, Fate, Report, Unit
from dialogue.results.disclosure import rounded

UNIT_LABELS = {
    Unit.LETTERS: _l("Brieven"),
    Unit.WORDS: _l("Eigen woorden"),
    Unit.TICKS: _l("Vinkjes"),
    Unit.SIGNALS: _l("Signalen"),
    Unit.ADVICE: _l("Adviezen"),
}
UNIT_DEFINITIONS = {
    Unit.LETTERS: _l("Inzendingen in de bus die nog niet open is. Wat erin zit, weet nog niemand."),
    Unit.WORDS: _l("Elk antwoord in eigen woorden, één keer."),
    Unit.TICKS: _l("Elk gekozen antwoord op een gesloten vraag, en elke overgeslagen vraag. Afgerond."),
    Unit.SIGNALS: _l("Elk signaal, één keer."),
    Unit.ADVICE: _l("Elk advies van de jeugdraad. Een antwoord met een reden is meteen openbaar."),
}
FATE_LABELS = {
    Fate.BOX: _l("Wacht in de bus"),
    Fate.UNREAD: _l("Niet gelezen"),
    Fate.NO_SIGNAL: _l("Geen signaal"),
    Fate.NO_PROPOSAL: _l("Geen voorstel"),
    Fate.UNDECIDED: _l("Niet beslist"),
    Fate.UNTOLD: _l("Niet terugverteld"),
    Fate.TOLD: _l("Beantwoord"),
    Fate.WITHDRAWN: _l("Signaal ingetrokken"),
    Fate.READ: _l("Gelezen, geen vraag"),
    Fate.SKIPPED: _l("Overgeslagen"),
    Fate.ELSEWHERE: _l("Teruggetrokken of doorgegeven"),
}
FATE_DEFINITIONS = {
    Fate.BOX: _l("De bus gaat pas open als er genoeg brieven in zitten."),
    Fate.UNREAD: _l("Nog niemand las het uit, of iemand hield het bij."),
    Fate.NO_SIGNAL: _l("Het ligt bij geen enkel signaal."),
    Fate.NO_PROPOSAL: _l("Het ligt bij een signaal waarvoor de dienst nog niets voorstelde."),
    Fate.UNDECIDED: _l("Er ligt een voorstel. Het bestuur besliste nog niet."),
    Fate.UNTOLD: _l("Er is beslist. Kinderen kregen nog geen bericht."),
    Fate.TOLD: _l("Er is beslist, en kinderen kunnen lezen wat. Bij meer signalen: over elk ervan."),
    Fate.WITHDRAWN: _l("Het signaal werd ingetrokken. De reden staat op de openbare pagina."),
    Fate.READ: _l("Een mens las het. Er werd niets gevraagd."),
    Fate.SKIPPED: _l("Niets gekozen, of “weet ik niet”."),
    Fate.ELSEWHERE: _l("Het kind nam het terug, of het ligt bij het aanspreekpunt. Dat vertellen we niet apart."),
}
COUNTED = (Unit.WORDS, Unit.TICKS, Unit.SIGNALS, Unit.ADVICE)  # of which shares are told; letters wait all


@dataclass(frozen=True)
class Row:
    """One fate with, per unit, how many (as shown) and which share ("12 %"); "" where there is nothing to say."""

    fate: Fate
    label: Any
    definition: Any
    counts: dict[Unit, str]
    shares: dict[Unit, str]

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.fate in OPEN


def rows_of(report: Report) -> list[Row]:
    """Every fate, the furthest behind first."""
    counts = {unit: report.counts(unit) for unit in Unit}
    shares = {unit: report.shares(unit) for unit in COUNTED}
    found = []
    for fate in Fate:
        shown = {unit: count_words(report, unit, counts[unit][fate]) for unit in Unit if counts[unit][fate]}
        percents = {
            unit: f"{shares[unit][fate]}\N{NO-BREAK SPACE}%"
            for unit in COUNTED
            if shown.get(unit) and is_shown(report, unit)
        }
        found.append(Row(fate, FATE_LABELS[fate], FATE_DEFINITIONS[fate], shown, percents))
    return found


def is_shown(report: Report, unit: Unit) -> bool:
    """Whether this unit may be told at all: ticks only where enough children answered."""
    return unit != Unit.TICKS or report.ticks_shown


def count_words(report: Report, unit: Unit, count: int) -> str:
    """So many, as it may be shown; "–" for ticks of too few children."""
    if unit != Unit.TICKS:
        return str(count)
    return rounded(count) if report.ticks_shown else "–"


def totals_of(report: Report) -> dict[Unit, str]:
    """All there is of each unit, as it may be shown."""
    return {unit: count_words(report, unit, report.total(unit)) for unit in Unit}


def reached(signal_ids: Collection[int], fates: Mapping[int, Fate]) -> list[tuple[Fate, Any, Any, int]]:
    """How far these signals are, for everybody: (fate, label, definition, how many), each signal once."""
    counted = Counter(fates[signal_id] for signal_id in signal_ids)
    return [(fate, FATE_LABELS[fate], FATE_DEFINITIONS[fate], counted[fate]) for fate in Fate if counted[fate]]
