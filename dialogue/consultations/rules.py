"""When a round may open, close, be renewed or followed by another; each answer is a list of reasons why not."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from flask_babel import gettext as _

from dialogue.consultations import sound_rules
from dialogue.consultations.models import Channel, Consultation, Instrument, State, Version, Wave
from dialogue.questions.checking import Report, check_questions
from dialogue.questions.items import Document
from dialogue.shared.bands import RULES, Band
from dialogue.shared.canonical import sha256_hex

HEAR_BACK = timedelta(days=30)  # after closing: what we suggest
HEAR_BACK_AT_LAST = timedelta(days=365)


def latest(consultation: Consultation) -> Wave:
    """The round that is prepared or running, else the last one."""
    return consultation.waves[-1]


def version(consultation: Consultation, band: Band) -> Version | None:
    """The draft questionnaire for this band, when it is asked."""
    return next((version for version in consultation.versions if version.band == band), None)


def reports(consultation: Consultation) -> dict[Band, Report]:
    """What there is to say about the questions of each band."""
    return {v.band: check_questions(v.items, v.band, consultation.languages) for v in consultation.versions}


def document(version: Version) -> Document:
    """What is frozen of a version: exactly what a child gets to see and hear."""
    asked = {"band": version.band, "languages": version.consultation.languages, "items": version.items}
    sounds = sound_rules.heard(version)
    return asked | {"sounds": sounds} if sounds else asked


def why_not_open(consultation: Consultation, wave: Wave, today: date) -> list[str]:
    """Every reason why this round cannot open today."""
    if wave.state != State.DRAFT:
        return [_("Deze ronde was al open.")]
    reasons = []
    if any(other.state == State.OPEN for other in consultation.waves):
        reasons.append(_("Er is nog een ronde open: sluit die eerst."))
    return reasons + _promise(consultation) + _days(wave, today) + why_not_ask(consultation)


def why_not_ask(consultation: Consultation) -> list[str]:
    """Every reason why these questions cannot be put to children; answers from elsewhere need only questions."""
    if not consultation.versions:
        return [_("Kies minstens één leeftijd.")]
    if consultation.channel != Channel.SELF:
        return [] if any(v.items for v in consultation.versions) else [_("Er zijn nog geen vragen.")]
    return [
        _("%(years)s jaar: %(what)s", years=RULES[band].years, what=reason)
        for band, report in reports(consultation).items()
        for reason in report.blocking()
    ] + sound_rules.why_not_ask(consultation.versions)


def advice(consultation: Consultation) -> list[str]:
    """What could be better, but keeps nothing from opening."""
    found = [] if consultation.feeds_plan else [_("Zeg in welk plan de antwoorden terechtkomen.")]
    for band, report in reports(consultation).items():
        found += [_("%(years)s jaar: %(what)s", years=RULES[band].years, what=text) for text in report.advice()]
    return found + sound_rules.advice(consultation.versions)


def why_not_hear_back(closes_on: date, hear_back_by: date) -> list[str]:
    """Every reason why this is no day to promise an answer by, for a round that ends on `closes_on`."""
    if hear_back_by <= closes_on:
        return [_("Kinderen horen iets terug ná de laatste dag om te antwoorden.")]
    if hear_back_by > closes_on + HEAR_BACK_AT_LAST:
        return [_("Laat kinderen niet langer dan een jaar wachten op een antwoord.")]
    return []


def why_not_put_off(wave: Wave, hear_back_by: date | None, today: date) -> list[str]:
    """Every reason why children cannot be promised another day than before."""
    promised = wave.hear_back_by if wave.state in (State.OPEN, State.CLOSED) else None
    if promised and promised < today and hear_back_by != promised:
        return [_("De beloofde dag is voorbij en blijft staan. Vertel kinderen zo snel mogelijk wat er gebeurde.")]
    return []


def why_not_close(wave: Wave, today: date) -> list[str]:
    """Every reason why this round cannot be closed today."""
    if wave.state != State.OPEN:
        return [_("Deze ronde is niet open.")]
    if wave.consultation.always_open and wave.closes_on and wave.closes_on >= today:
        return [_("Deze bevraging blijft open: aan het eind van het kwartaal begint vanzelf een nieuwe ronde.")]
    return []


def why_not_answered(wave: Wave) -> list[str]:
    """Every reason why this round cannot count as answered."""
    return [] if wave.state == State.CLOSED else [_("Deze ronde is nog niet gesloten.")]


def why_not_add_round(consultation: Consultation) -> list[str]:
    """Every reason why no new round can be prepared."""
    if consultation.always_open:
        return [_("Bij deze bevraging begint elk kwartaal vanzelf een nieuwe ronde.")]
    if latest(consultation).state == State.DRAFT:
        return [_("Er staat al een nieuwe ronde klaar.")]
    if latest(consultation).state == State.OPEN:
        return [_("Deze ronde is nog open: sluit ze eerst.")]
    return []


def renewed(consultation: Consultation, current: Sequence[Instrument]) -> list[Version]:
    """The versions that differ from what is asked now."""
    asked = {instrument.band: instrument.sha256 for instrument in current}
    return [v for v in consultation.versions if v.items and sha256_hex(document(v)) != asked.get(v.band)]


def why_not_renew(consultation: Consultation, wave: Wave, current: Sequence[Instrument]) -> list[str]:
    """Every reason why the changed questions cannot go to children now."""
    if wave.state != State.OPEN:
        return [_("Deze ronde is niet open.")]
    if not renewed(consultation, current):
        return [_("Er is niets veranderd aan de vragen.")]
    return why_not_ask(consultation)


def why_not_drop(consultation: Consultation, bands: Collection[Band]) -> list[str]:
    """Every reason why these bands cannot be left out; what was asked stays."""
    asked = {instrument.band for wave in consultation.waves for instrument in wave.instruments}
    return [
        _("%(years)s jaar kan niet meer weg: deze vragen zijn al gesteld.", years=RULES[band].years)
        for band in bands
        if band in asked
    ]


def quarter_end(day: date) -> date:
    """The last day of the calendar quarter of `day`."""
    month = 3 * ((day.month - 1) // 3) + 4
    return date(day.year + month // 13, month % 12, 1) - timedelta(days=1)


def _promise(consultation: Consultation) -> list[str]:
    wanted = [
        (consultation.purpose, _("Zeg waarom je dit vraagt.")),
        (consultation.still_open, _("Zeg wat er nog kan veranderen.")),
        (consultation.decided_by, _("Zeg wie er beslist.")),
    ]
    return [reason for text, reason in wanted if not text] + _titles(consultation)


def _titles(consultation: Consultation) -> list[str]:
    if all(consultation.titles.get(language) for language in consultation.languages):
        return []
    return [_("Geef een titel in elke taal.")]


def _days(wave: Wave, today: date) -> list[str]:
    if not wave.closes_on or not wave.hear_back_by:
        return [_("Kies tot wanneer kinderen kunnen antwoorden, en wanneer ze iets terug horen.")]
    reasons = []
    if wave.closes_on < today and wave.consultation.channel == Channel.SELF:
        reasons.append(_("De laatste dag om te antwoorden is al voorbij."))
    return reasons + why_not_hear_back(wave.closes_on, wave.hear_back_by)
