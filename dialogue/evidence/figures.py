"""The figures of a dossier (field.md, evidence model), each with its definition and the records it stands on.

Reach is a count, never a share: how many children live here is not in this installation.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from dialogue.consultations.models import State, Wave
from dialogue.decisions.models import Decision
from dialogue.evidence.queries import Gathered
from dialogue.evidence.rules import IMPACT, Figure, Record, middle, share
from dialogue.feedback.rules import Chain, Part
from dialogue.places.words import SETTING_WORDS
from dialogue.results.disclosure import rounded
from dialogue.shared.clock import CALENDAR
from dialogue.web.i18n import day_short, in_language


def figures(found: Gathered) -> list[Figure]:
    """All figures of a dossier, in their order."""
    return [_reach(found), _spread(found), *_across(found), *_answers(found), *_days(found), _told(found)]


def answers_words(found: Gathered, waves: Iterable[Wave]) -> str:
    """How many answers these rounds brought, for showing; fewer than the smallest group are not told."""
    count, least = sum(found.answers.get(wave.id, 0) for wave in waves), found.municipality.smallest_group
    return rounded(count) if count >= least or not count else f"<{least}"


def of_wave(wave: Wave) -> Record:
    """A round as a record behind a figure."""
    return Record("wave", wave.id, f"{in_language(wave.consultation.titles)} · {day_short(wave.opened_at)}")


def of_signal(chain: Chain) -> Record:
    """A signal as a record behind a figure."""
    return Record("signal", chain.signal.id, f"“{in_language(chain.signal.titles)}”")


def _reach(found: Gathered) -> Figure:
    count = answers_words(found, found.waves)
    rounds = ngettext("%(num)s ronde", "%(num)s rondes", len(found.waves))
    return Figure(
        "reach",
        _("Bereik"),
        _("%(count)s antwoorden in %(rounds)s", count=count, rounds=rounds),
        _("Antwoorden in rondes die in deze periode opengingen, afgerond. Eén kind kan in meer rondes antwoorden."),
        [of_wave(wave) for wave in found.waves],
    )


def _spread(found: Gathered) -> Figure:
    kinds = Counter(place.setting for place in found.places)
    words = ", ".join(f"{count} × {SETTING_WORDS[kind]}" for kind, count in sorted(kinds.items()))
    places = ngettext("%(num)s plaats", "%(num)s plaatsen", len(found.places))
    used, least = {place.id for place in found.places}, found.municipality.smallest_group
    return Figure(
        "spread",
        _("Spreiding"),
        f"{places}: {words}" if words else places,
        _("Plaatsen waar minstens %(least)s kinderen of jongeren antwoordden, per soort.", least=least),
        [Record("place", place.id, place.name) for place in found.places],
        [Record("place", place.id, place.name) for place in found.all_places if place.id not in used],
    )


def _across(found: Gathered) -> Iterable[Figure]:
    asking = {wave.consultation.department_id for wave in found.waves}
    deciding = {decision.department_id for decision in found.decisions}
    one_round = _("Diensten met minstens één ronde, van alle diensten.")
    one_decision = _("Diensten met minstens één beslissing op een signaal, van alle diensten.")
    yield _departments(found, "asking", _("Diensten die vragen stellen"), asking, one_round)
    yield _departments(found, "deciding", _("Diensten die antwoorden"), deciding, one_decision)


def _departments(found: Gathered, key: str, name: str, ids: set[int], definition: str) -> Figure:
    inside = [Record("department", d.id, d.name) for d in found.departments if d.id in ids]
    outside = [Record("department", d.id, d.name) for d in found.departments if d.id not in ids]
    return Figure(key, name, share(len(inside), len(found.departments)), definition, inside, outside)


def _answers(found: Gathered) -> Iterable[Figure]:
    chains = found.coverage.chains
    answered = [chain for chain in chains if chain.decision]
    impact = [chain for chain in answered if _decision(chain).outcome in IMPACT]
    yield _split(
        "answered",
        _("Antwoordgraad"),
        chains,
        lambda chain: chain.decision is not None,
        _("Signalen met een beslissing en een reden, van alle signalen."),
    )
    yield _split(
        "impact",
        _("Impactgraad"),
        answered,
        lambda chain: _decision(chain).outcome in IMPACT,
        _("Ja, ja voor een stuk of uitgevoerd, van alle signalen met een beslissing. Wat al bezig was, telt niet mee."),
    )
    yield _split(
        "policy",
        _("Impact op het beleid"),
        impact,
        lambda chain: _decision(chain).changes_policy,
        _("Van de signalen met impact: die waarbij een plan, regel of budget veranderde."),
    )
    yield _split(
        "practice",
        _("Impact op de praktijk"),
        impact,
        lambda chain: _decision(chain).changes_practice,
        _("Van de signalen met impact: die waarbij er in het echt iets veranderde."),
    )
    yield _split(
        "done",
        _("Realisatiegraad"),
        impact,
        lambda chain: chain.part == Part.DONE,
        _("Van de signalen met impact: die waarvan alles gedaan is, met bewijs."),
    )


def _split(key: str, name: str, chains: Sequence[Chain], counts: Callable[[Chain], bool], definition: str) -> Figure:
    inside = [of_signal(chain) for chain in chains if counts(chain)]
    outside = [of_signal(chain) for chain in chains if not counts(chain)]
    return Figure(key, name, share(len(inside), len(chains)), definition, inside, outside)


def _decision(chain: Chain) -> Decision:
    assert chain.decision is not None
    return chain.decision


def _days(found: Gathered) -> Iterable[Figure]:
    closed = [chain for chain in found.coverage.chains if chain.signal.wave.closed_at]
    decided = [chain for chain in closed if chain.decision]
    told = [chain for chain in closed if chain.message]
    yield Figure(
        "days_to_decision",
        _("Doorlooptijd tot de beslissing"),
        middle([_between(chain, _decision(chain).decided_on) for chain in decided]),
        _("Het middelste aantal dagen (de mediaan) van het sluiten van de ronde tot de beslissing."),
        [of_signal(chain) for chain in decided],
    )
    yield Figure(
        "days_to_message",
        _("Doorlooptijd tot de terugkoppeling"),
        middle([_between(chain, chain.message.published_at) for chain in told if chain.message]),
        _("Het middelste aantal dagen (de mediaan) van het sluiten van de ronde tot het bericht aan kinderen."),
        [of_signal(chain) for chain in told],
    )


def _between(chain: Chain, until: date | datetime | None) -> int:
    closed, last = (_day(moment) for moment in (chain.signal.wave.closed_at, until))
    return max((last - closed).days, 0)


def _day(moment: date | datetime | None) -> date:
    assert moment is not None
    return moment.astimezone(CALENDAR).date() if isinstance(moment, datetime) else moment


def _told(found: Gathered) -> Figure:
    closed = [wave for wave in found.waves if wave.state in (State.CLOSED, State.ANSWERED)]
    chains = {wave.id: [c for c in found.coverage.chains if c.signal.wave_id == wave.id] for wave in closed}
    told = [wave for wave in closed if chains[wave.id] and all(chain.message for chain in chains[wave.id])]
    return Figure(
        "told",
        _("Terugkoppelgraad"),
        share(len(told), len(closed)),
        _("Gesloten rondes waarvan elk signaal een bericht aan kinderen kreeg, van alle gesloten rondes."),
        [of_wave(wave) for wave in told],
        [of_wave(wave) for wave in closed if wave not in told],
    )
