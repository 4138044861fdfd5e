"""How parts, outcomes and states are said on the pages for everybody and for staff."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialogue.decisions.words import child_words, outcome_colour
from dialogue.feedback.models import Version
from dialogue.feedback.periods import CALENDAR, PLAN, SCHOOL
from dialogue.feedback.reaction_models import Asked, Opinion
from dialogue.feedback.rules import Chain, Coverage, Part
from dialogue.shared.bands import Band
from dialogue.signals.words import band_words
from dialogue.web.i18n import LANGUAGES, small

PART_LABELS = {
    "we_asked": _l("Dit vroegen we"),
    "you_said": _l("Dit zeiden jullie"),
    "we_decided": _l("Dit beslisten we"),
    "because": _l("Daarom"),
    "you_will_see": _l("Dit zie je binnenkort"),
    "disagree": _l("Niet akkoord?"),
    "hear_again": _l("Wanneer je opnieuw iets hoort"),
}
ASKED_WORDS = {Asked.ANSWER: _l("Is dit een echt antwoord?"), Asked.CHANGED: _l("Is er iets veranderd?")}
OPINION_WORDS = {Opinion.YES: _l("Ja"), Opinion.A_BIT: _l("Een beetje"), Opinion.NO: _l("Nee")}
COVERAGE_LABELS = {
    Part.DONE: _l("Uitgevoerd"),
    Part.YES: _l("Beslist: ja"),
    Part.NO: _l("Nee, met reden"),
    Part.STUDY: _l("In onderzoek"),
    Part.WAITING: _l("Wacht nog"),
    Part.WITHDRAWN: _l("Ingetrokken"),
}
COVERAGE_DEFINITIONS = {
    Part.DONE: _l("Wat we beloofden, is er: alles wat afgesproken was, is gedaan, en daar is bewijs van."),
    Part.YES: _l("De gemeente zei ja, of ja voor een stuk, of was al bezig. Het is nog niet helemaal gedaan."),
    Part.NO: _l("De gemeente zei nee, en zegt waarom."),
    Part.STUDY: _l("Het wordt onderzocht tot een dag die erbij staat, of doorgegeven aan wie erover beslist."),
    Part.WAITING: _l("Er is nog geen beslissing."),
    Part.WITHDRAWN: _l("Wij trokken het signaal zelf in, met een reden. Het telt mee, maar niet als antwoord."),
}


@dataclass(frozen=True)
class Counted:
    """One part of the coverage bar."""

    part: Part
    count: int
    label: Any
    definition: Any

    @property
    def words(self) -> str:
        """'12 uitgevoerd'."""
        return f"{self.count} {small(str(self.label))}"


def counted(coverage: Coverage) -> list[Counted]:
    """The parts of the coverage bar, in their order, each with its definition."""
    counts = coverage.counts
    return [Counted(part, counts[part], COVERAGE_LABELS[part], COVERAGE_DEFINITIONS[part]) for part in Part]


def chip_words(chain: Chain) -> str:
    """What became of a signal in two or three words."""
    if chain.decision is None or chain.part in (Part.DONE, Part.NO):
        return str(COVERAGE_LABELS[chain.part])
    return child_words(chain.decision.outcome)


def chip_css(chain: Chain) -> str:
    """The colours of that chip."""
    if chain.decision is None or chain.part == Part.DONE:
        return chain.part.value
    return outcome_colour(chain.decision.outcome)


def version_words(version: Version) -> str:
    """'4–6 jaar · Nederlands', or 'Iedereen · Nederlands'."""
    who = band_words(Band(version.band)) if version.band else _("Iedereen")
    return f"{who} · {LANGUAGES.get(version.language, version.language)}"


def period_words(kind: str) -> str:
    """What kind of period it is."""
    words = {SCHOOL: _("schooljaar"), CALENDAR: _("jaar"), PLAN: _("planjaren")}
    return words[kind]
