"""Forms of answering for staff."""

from flask_babel import lazy_gettext as _l

from dialogue.web.forms import Form, paragraph


class FollowUpForm(Form):
    """What was done with a concern."""

    followed_up = paragraph(
        _l("Wat heb je gedaan?"),
        hint=_l("Bijvoorbeeld: besproken met het CLB, hulplijn extra in beeld gebracht op die plaats. Geen namen."),
    )
