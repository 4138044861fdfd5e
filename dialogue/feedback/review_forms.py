"""The form of the coordinator who looks at an answer again."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from dialogue.web.forms import Day, Form, day_field, paragraph

LONGEST = 700


class ReviewForm(Form):
    """Why it is not decided again; the day is for who does."""

    because = paragraph(_l("Waarom? Kinderen lezen dit."), most=LONGEST)
    due = Day(_l("Tegen wanneer wordt opnieuw beslist?"), [Optional()])


class ReopenForm(ReviewForm):
    """Why, and by when it is decided again."""

    due = day_field(_l("Tegen wanneer wordt opnieuw beslist?"))
