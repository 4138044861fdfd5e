"""Forms of consultations: the basics (title, ages, languages), how it begins, and the promise with its days."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from dialogue.consultations import rules
from dialogue.consultations.models import Channel, State, Wave
from dialogue.consultations.services import Promise
from dialogue.consultations.words import CHANNEL_WORDS, band_words
from dialogue.people.models import Department
from dialogue.questions.bank import topics
from dialogue.shared.bands import Band
from dialogue.shared.clock import today
from dialogue.web.forms import REQUIRED, Day, Form, line, options, paragraph
from dialogue.web.i18n import LANGUAGES, in_language


class Ticks(SelectMultipleField):
    """Tick boxes, of which at least one."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Form) -> None:
        super().pre_validate(form)
        if not self.data:
            raise ValidationError(_("Kies er minstens één."))


class BasicsForm(Form):
    """Title per language, ages and languages. A field title_<language> for each language is added below."""

    bands = Ticks(_l("Voor welke leeftijden?"), coerce=Band)
    languages = Ticks(_l("In welke talen?"), choices=options(LANGUAGES.items()))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.bands.choices = options((band, band_words(band)) for band in Band)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        for field in (self[f"title_{language}"] for language in LANGUAGES if language in (self.languages.data or [])):
            if not field.data:
                field.errors = [*field.errors, REQUIRED]
                fine = False
        return fine

    @property
    def titles(self) -> dict[str, str]:
        """The title in each chosen language."""
        return {language: self[f"title_{language}"].data or "" for language in self.languages.data}


for _code, _name in LANGUAGES.items():
    _hint = _l("Zo lezen kinderen ze. Nodig als je deze taal kiest.")
    _title = line(_l("Titel (%(language)s)", language=_name), required=False, most=120, hint=_hint)
    setattr(BasicsForm, f"title_{_code}", _title)


class DraftForm(BasicsForm):
    """A new consultation."""

    department_id = SelectField(_l("Voor welke dienst?"), [InputRequired(REQUIRED)], coerce=int)
    starter = RadioField(
        _l("Waarmee begin je?"),
        description=_l(
            "De voorbeeldvragen zijn nog niet met kinderen uitgeprobeerd: lees ze eerst samen met er een paar."
        ),
    )
    channel = SelectField(
        _l("Hoe antwoorden kinderen?"),
        [InputRequired(REQUIRED)],
        choices=options(CHANNEL_WORDS.items()),
        default=Channel.SELF,
        coerce=Channel,
    )

    def __init__(self, departments: Sequence[Department], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.department_id.choices = options((d.id, d.name) for d in departments)
        begin = [(topic.key, _("Voorbeeldvragen: %(topic)s", topic=in_language(topic.titles))) for topic in topics()]
        self.starter.choices = options([*begin, ("", _("Leeg beginnen"))])


class PromiseForm(Form):
    """Why we ask, what can still change, who decides, and the days of the latest round."""

    purpose = paragraph(
        _l("Waarom vraag je dit?"), most=600, hint=_l("Kinderen lezen dit. Schrijf één of twee korte zinnen.")
    )
    still_open = paragraph(
        _l("Wat kan er nog veranderen?"),
        most=600,
        hint=_l("Ligt alles al vast? Dan is vragen niet eerlijk. Zeg ook wat niet meer verandert."),
    )
    decided_by = line(
        _l("Wie beslist er?"), hint=_l("Naam en functie, bijvoorbeeld schepen Lies Claes en het college.")
    )
    feeds_plan = line(
        _l("In welk plan komen de antwoorden terecht?"),
        required=False,
        hint=_l("Bijvoorbeeld het mobiliteitsplan, of een actie uit het meerjarenplan met haar code."),
    )
    opens_on = Day(
        _l("Eerste dag"), [Optional()], description=_l("Je plan: openen doe je zelf, met de knop op de laatste pagina.")
    )
    closes_on = Day(_l("Laatste dag om te antwoorden"), [InputRequired(REQUIRED)])
    hear_back_by = Day(
        _l("Kinderen horen iets terug vóór"),
        [InputRequired(REQUIRED)],
        description=_l("Dit belooft je dienst. Ons voorstel: binnen dertig dagen na de laatste dag."),
    )

    def __init__(self, wave: Wave, **kwargs: Any) -> None:
        super().__init__(obj=wave, data=_texts(wave), **kwargs)
        self.wave = wave
        for name in {"opens_on", "closes_on", "hear_back_by"} - _days_that_move(wave):
            del self[name]

    def validate_closes_on(self, field: Any) -> None:
        opens_on = self._day("opens_on")
        if opens_on and field.data < opens_on:
            raise ValidationError(_("De laatste dag ligt vóór de eerste dag."))
        if self.wave.state == State.OPEN and field.data < today():
            raise ValidationError(_("Deze dag is al voorbij. Wil je nu sluiten? Gebruik dan de knop Sluiten."))

    def validate_hear_back_by(self, field: Any) -> None:
        closes_on = self._day("closes_on")
        reasons = rules.why_not_hear_back(closes_on, field.data) if closes_on else []
        if reasons:
            raise ValidationError(" ".join(reasons))

    @property
    def promise(self) -> Promise:
        """What was typed, with the days that cannot move as they were."""
        return Promise(
            purpose=self.purpose.data,
            still_open=self.still_open.data,
            decided_by=self.decided_by.data,
            feeds_plan=self.feeds_plan.data or "",
            opens_on=self._day("opens_on"),
            closes_on=self._day("closes_on"),
            hear_back_by=self._day("hear_back_by"),
        )

    def _day(self, name: str) -> date | None:
        day: date | None = self[name].data if name in self else getattr(self.wave, name)
        return day


def _texts(wave: Wave) -> dict[str, str]:
    return {name: getattr(wave.consultation, name) for name in ("purpose", "still_open", "decided_by", "feeds_plan")}


def _days_that_move(wave: Wave) -> set[str]:
    if wave.consultation.always_open or wave.state == State.ANSWERED:
        return set()
    if wave.state == State.CLOSED:
        return {"hear_back_by"}
    return {"closes_on", "hear_back_by"} | ({"opens_on"} if wave.state == State.DRAFT else set())
