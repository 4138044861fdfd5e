"""What every municipality has from the start: "Wat wil jij zeggen?", with a round per quarter."""

from dialogue.consultations import rules
from dialogue.consultations.models import Consultation, Wave
from dialogue.consultations.queries import current_instruments
from dialogue.consultations.round_services import begin, close_wave, next_round, open_wave
from dialogue.consultations.services import draft
from dialogue.people.models import Department, Municipality
from dialogue.questions.bank import ALWAYS_OPEN, starter
from dialogue.shared.actor import Actor
from dialogue.shared.bands import Band
from dialogue.shared.clock import today
from dialogue.web.i18n import LANGUAGES, in_language


def start_always_open(actor: Actor | str, municipality: Municipality, department: Department) -> Consultation:
    """Every municipality has one from the start: "Wat wil jij zeggen?", in every language, with a round per quarter."""
    template, main = starter(ALWAYS_OPEN), municipality.language
    languages = [main, *(language for language in LANGUAGES if language != main)]
    consultation = draft(
        actor, department, template.titles, bands=list(Band), languages=languages, starter_key=ALWAYS_OPEN
    )
    texts = {name: in_language(text, main) for name, text in template.promise.items()}
    consultation.purpose, consultation.still_open = texts["purpose"], texts["still_open"]
    consultation.feeds_plan = texts["feeds_plan"]
    consultation.decided_by = texts[f"decided_by_{municipality.country}"]
    _this_quarter(consultation.waves[0])
    open_wave(actor, consultation.waves[0])
    return consultation


def turn_quarter(wave: Wave) -> Wave:
    """Close a quarter of an always open consultation and open the next, with the questions asked until now."""
    asked = [(instrument.document, instrument.sounds) for instrument in current_instruments(wave)]
    close_wave("system", wave)
    following = next_round("system", wave.consultation)
    _this_quarter(following)
    begin("system", following, asked)
    return following


def _this_quarter(wave: Wave) -> None:
    wave.opens_on = today()
    wave.closes_on = rules.quarter_end(today())
    wave.hear_back_by = wave.closes_on + rules.HEAR_BACK
