"""Forms of parts: asking another department for its part of an answer, and writing it."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired

from dialogue.people.models import Department
from dialogue.web.forms import REQUIRED, Form, day_field, options, paragraph


class AskPartForm(Form):
    """Which department, what is asked, and by when; `offer` gives it the departments."""

    department = SelectField(_l("Aan welke dienst?"), [InputRequired(REQUIRED)], coerce=int)
    asked = paragraph(_l("Wat vraag je?"), most=400, hint=_l("Bijvoorbeeld: kan het zebrapad er dit jaar komen?"))
    due = day_field(_l("Tegen wanneer?"))

    def offer(self, departments: Iterable[Department]) -> "AskPartForm":
        """Let one of these departments be chosen."""
        self.department.choices = options((one.id, one.name) for one in departments)
        return self


class PartForm(Form):
    """What a department adds to the answer."""

    seen = HiddenField()
    answer = paragraph(
        _l("Wat stellen jullie voor?"), most=1000, hint=_l("Wie beslist leest dit. Kinderen lezen het niet.")
    )
