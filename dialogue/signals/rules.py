"""Who may bundle what children say, what may be done with their words, and what a signal may rest on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from dialogue.answering.models import Reading
from dialogue.consultations.models import Instrument, Wave
from dialogue.shared.actor import Actor, Role
from dialogue.shared.bands import Band
from dialogue.signals.models import Reshaped, Signal

SHOWN = (Reading.UNREAD, Reading.HELD, Reading.NO_REQUEST, Reading.CODED)  # never concerns, never withdrawn words
DAYS_TO_ANSWER = timedelta(days=60)


def sees(actor: Actor, signal: Signal) -> bool:
    """Whether this person may know of the signal: it is theirs to answer, or came out of their own consultation."""
    return actor.municipality_id == signal.municipality_id and (
        actor.sees(signal.department_id) or actor.sees(signal.consultation.department_id)
    )


def may_read_words(actor: Actor, department_id: int) -> bool:
    """Whether this person reads unapproved words: readers of the department that asked, and coordinators."""
    return actor.has(Role.READER, department_id) or actor.sees_all


def may_bundle(actor: Actor, signal: Signal) -> bool:
    """Whether this person may change what the signal says and rests on."""
    return may_read_words(actor, signal.consultation.department_id)


def may_hand_over(actor: Actor, signal: Signal) -> bool:
    """Whether this person may give the signal to another department: who bundles it, and who owes it."""
    roles = (Role.MAKER, Role.READER, Role.DECIDER)
    return may_bundle(actor, signal) or actor.has_any(*roles, department_id=signal.department_id)


def due_day(wave: Wave, today: date) -> date:
    """By when a signal of this round is answered: the day that was promised to the children."""
    return wave.hear_back_by or today + DAYS_TO_ANSWER


def why_not_mark(states: Collection[Reading]) -> list[str]:
    """Reasons why words in these states cannot be marked as read, held or unread."""
    if Reading.CODED in states:
        return [_("Een of meer woorden liggen bij een signaal. Haal ze daar eerst weg.")]
    return []


def why_not_pick(wanted: int, found: int) -> list[str]:
    """Reasons why `found` of `wanted` ticked words are not enough to do something with."""
    if not wanted:
        return [_("Vink eerst aan om welke woorden het gaat.")]
    if found < wanted:
        missing = wanted - found
        return [
            ngettext(
                "%(num)s antwoord is er niet meer: intussen teruggetrokken, of naar het aanspreekpunt. Kijk opnieuw.",
                "%(num)s antwoorden zijn er niet meer: intussen teruggetrokken, of naar het aanspreekpunt. "
                "Kijk opnieuw.",
                missing,
            )
        ]
    return []


def why_not_quote(responses: int, smallest_group: int) -> list[str]:
    """Reasons why words from a group of `responses` answers may not be published (promises.md, 3)."""
    if responses >= smallest_group:
        return []
    return [
        _(
            "Uit deze leeftijdsgroep kwamen minder dan %(least)s antwoorden. "
            "Een citaat zou kunnen verraden wie het schreef.",
            least=smallest_group,
        )
    ]


def why_not_hand_over(signal: Signal, department_id: int, decided: bool) -> list[str]:
    """Reasons why this department cannot take the signal over."""
    if decided:
        return [_("Over dit signaal is al beslist. Het blijft bij de dienst die het antwoord gaf.")]
    if department_id == signal.department_id:
        return [_("Deze dienst heeft het signaal al.")]
    return []


def why_not_on(ends: Collection[Reshaped]) -> list[str]:
    """Reasons why nothing can be done any more with signals of which some ended so."""
    reasons = []
    if Reshaped.MERGED in ends:
        reasons.append(_("Dit signaal werd samengevoegd. Ga verder bij het signaal waar het nu bij hoort."))
    if Reshaped.WITHDRAWN in ends:
        reasons.append(_("Dit signaal werd ingetrokken."))
    return reasons


@dataclass(frozen=True)
class Asked:
    """One answer that could be ticked: 'question X answered Y' in one band."""

    band: Band
    item: str
    option: str
    question: str
    answer: str

    @property
    def key(self) -> tuple[Band, str, str]:
        """What it is, without its words."""
        return self.band, self.item, self.option

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.band}|{self.item}|{self.option}"


def answers_asked(instruments: Iterable[Instrument], language: str) -> list[Asked]:
    """Every answer that the closed questions of a round offered; older questionnaires of the round count too."""
    found: dict[str, Asked] = {}
    for instrument in instruments:
        for item in instrument.document["items"]:
            for asked in _answers_of(instrument.band, item, language):
                found[asked.value] = asked
    return sorted(found.values(), key=lambda a: a.band)


def _answers_of(band: Band, item: dict[str, Any], language: str) -> list[Asked]:
    words = words_of(item, language)
    labels = words.get("options", {})
    return [
        Asked(band, item["key"], option["code"], words["question"], labels.get(option["code"], option["code"]))
        for option in item["config"].get("options", [])
    ]


def words_of(item: dict[str, Any], language: str) -> dict[str, Any]:
    """The words of a question in this language, else in the first there is."""
    words: dict[str, Any] = item["words"].get(language) or next(iter(item["words"].values()))
    return words


def questions_asked(instruments: Iterable[Instrument], language: str) -> dict[str, str]:
    """The own-words questions of a round: key -> question as the first band was asked it."""
    found: dict[str, str] = {}
    for instrument in instruments:
        for item in instrument.document["items"]:
            if item["kind"] == "own_words":
                found.setdefault(item["key"], words_of(item, language)["question"])
    return found
