"""Forms of duties: putting one off, reminders, and from when everybody sees what is late."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from dialogue.duties.rules import LATEST_SHOWN
from dialogue.web.forms import Form, day_field, paragraph


class ExtendForm(Form):
    """Another day, with the reason."""

    due = day_field(_l("Nieuwe dag"))
    because = paragraph(
        _l("Waarom wordt het later?"),
        most=400,
        hint=_l("Is de beloofde dag voorbij, dan staat deze reden op de openbare pagina. Noem geen namen."),
    )


class RemindersForm(Form):
    """Reminders or not."""

    reminders = BooleanField(_l("Stuur me een herinnering: 14 dagen, 3 dagen en op de dag zelf"))


class LateRuleForm(Form):
    """From how many days on everybody sees what is late."""

    days = IntegerField(
        _l("Dagen na de beloofde dag"),
        [InputRequired(_l("Schrijf een getal.")), NumberRange(0, LATEST_SHOWN, _l("Kies een getal van 0 tot 30."))],
    )
