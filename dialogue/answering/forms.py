"""Forms of answering for staff."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from dialogue.answering.paper_form import mark
from dialogue.answering.pile_models import MOST
from dialogue.consultations.models import Instrument
from dialogue.consultations.words import band_words
from dialogue.places.models import Place
from dialogue.web.forms import REQUIRED, Form, options, paragraph


class FollowUpForm(Form):
    """What was done with a concern."""

    followed_up = paragraph(
        _l("Wat heb je gedaan?"),
        hint=_l("Bijvoorbeeld: besproken met het CLB, hulplijn extra in beeld gebracht op die plaats. Geen namen."),
    )


class PileForm(Form):
    """A pile of paper that is going to be typed over."""

    instrument = SelectField(_l("Welk formulier?"), coerce=int, description=_l("Het staat onderaan op elk blad."))
    place = SelectField(_l("Van welke plaats?"), coerce=int)
    expected = IntegerField(
        _l("Hoeveel formulieren liggen er op de stapel?"),
        [InputRequired(REQUIRED), NumberRange(1, MOST, _l("Tel 1 tot %(max)d formulieren.", max=MOST))],
        description=_l("Tel ze vooraf met de hand. Op het einde zie je of er geen ontbreekt."),
    )

    twice = BooleanField(_l("Een collega typt dezelfde stapel nog eens, ter controle"))

    def offer(self, instruments: Sequence[Instrument], places: Sequence[Place]) -> None:
        """What can be chosen."""
        self.instrument.choices = options((one.id, f"{mark(one)} · {band_words(one.band)}") for one in instruments)
        self.place.choices = options([(0, _("Geen plaats: de hele gemeente")), *((one.id, one.name) for one in places)])
