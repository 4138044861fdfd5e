"""Forms of the municipality: its name, its help line, its departments, and what children read of it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField, IntegerField
from wtforms import Form as BareForm
from wtforms.validators import InputRequired, NumberRange, ValidationError

from dialogue.people.help_line_forms import HelpLines, web_address
from dialogue.shared.clock import today
from dialogue.web.forms import REQUIRED, Day, Form, line, paragraph
from dialogue.web.i18n import LANGUAGES


class DepartmentForm(Form):
    """The name of a department."""

    name = line(_l("Naam van de dienst"), most=100)


class DisagreeTexts(BareForm):
    """What children can do who don't agree, in each language."""


for _code, _name in LANGUAGES.items():
    setattr(DisagreeTexts, _code, paragraph(_name, required=False, most=400))


class MunicipalityForm(Form):
    """What children and staff read about the municipality."""

    name = line(_l("Naam van de gemeente"), most=100)
    help_name = line(_l("Hulplijn: naam"), most=60, hint=_l("Staat op elke pagina voor kinderen."))
    help_number = line(_l("Hulplijn: nummer"), most=30)
    help_url = line(_l("Hulplijn: webadres"))
    help_checked_on = Day(
        _l("Hulplijn nagekeken op"),
        [InputRequired(REQUIRED)],
        description=_l("Bel het nummer en open het webadres. Doe dat elk jaar opnieuw."),
    )
    help_lines = FormField(HelpLines, _l("Hulplijnen die een andere taal spreken"))
    exit_url = line(
        _l("Pagina achter “Weg hier”"),
        hint=_l("Een gewone pagina, zoals het weer: wie meekijkt, ziet niet waar het kind was."),
    )
    disagree_text = paragraph(
        _l("Niet akkoord? Wat kinderen dan kunnen doen"),
        required=False,
        most=400,
        hint=_l("Bijvoorbeeld: praat met de jeugdraad, op woensdag in het jeugdhuis."),
    )
    disagree_texts = FormField(DisagreeTexts, _l("Niet akkoord? In andere talen"))
    smallest_group = IntegerField(
        _l("Kleinste groep die we tonen"),
        [InputRequired(REQUIRED), NumberRange(10, 1000, _l("Kies een getal van 10 tot 1000."))],
        description=_l("Minstens 10 kinderen. Je kan dit alleen hoger zetten."),
    )

    second_step_required = BooleanField(
        _l("Iedereen moet een tweede stap gebruiken"),
        description=_l(
            "Naast het wachtwoord: een code van de telefoon, of een vinger, gezicht of pincode. "
            "Wie dat nog niet heeft, stelt het in na het aanmelden en kan dan pas verder."
        ),
    )

    def validate_help_url(self, field: Any) -> None:
        """A real address."""
        web_address(self, field)

    def validate_exit_url(self, field: Any) -> None:
        """A real address."""
        web_address(self, field)

    def validate_help_checked_on(self, field: Any) -> None:
        """Nobody can have checked it tomorrow."""
        if field.data and field.data > today():
            raise ValidationError(_("Deze dag moet nog komen."))
