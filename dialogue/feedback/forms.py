"""The forms of a message: one version at a time, and which version is added."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from dialogue.feedback.models import PARTS
from dialogue.feedback.versions import Shown
from dialogue.feedback.words import PART_LABELS
from dialogue.shared.bands import Band
from dialogue.signals.words import band_words
from dialogue.web.edited import Edited
from dialogue.web.forms import Form, options, paragraph
from dialogue.web.i18n import LANGUAGES

LONGEST = 700  # characters a part


class TextForm(Edited):
    """The seven parts of one version; all may be empty in a draft."""

    we_asked = paragraph(PART_LABELS["we_asked"], required=False, most=LONGEST)
    you_said = paragraph(PART_LABELS["you_said"], required=False, most=LONGEST)
    we_decided = paragraph(PART_LABELS["we_decided"], required=False, most=LONGEST)
    because = paragraph(PART_LABELS["because"], required=False, most=LONGEST)
    you_will_see = paragraph(PART_LABELS["you_will_see"], required=False, most=LONGEST)
    disagree = paragraph(PART_LABELS["disagree"], required=False, most=LONGEST)
    hear_again = paragraph(PART_LABELS["hear_again"], required=False, most=LONGEST)

    def __init__(self, begin: Mapping[str, str], seen: str, general: Shown | None, **kwargs: Any) -> None:
        """Begins with these parts; beside each stands the general text, for who writes another version."""
        super().__init__(data=dict(begin) | {"seen": seen}, **kwargs)
        for part, text in (general.parts if general else {}).items():
            self[part].description = _("Algemeen: %(text)s", text=text)

    @property
    def parts(self) -> dict[str, str]:
        """What was typed, by part; what was left empty is not in it."""
        return {part: self[part].data for part in PARTS if self[part].data}


class AddForm(Form):
    """A version for another age, another language, or both."""

    band = SelectField(_l("Leeftijd"))
    language = SelectField(_l("Taal"))

    def __init__(self, main: str, **kwargs: Any) -> None:
        super().__init__(data={"language": main}, **kwargs)
        self.band.choices = options([("", _("Iedereen")), *((band.value, band_words(band)) for band in Band)])
        self.language.choices = options(LANGUAGES.items())


class SeenForm(Form):
    """A version that somebody saw, as it was shown."""

    digest = HiddenField()
