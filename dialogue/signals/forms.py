"""Forms of signals: a sentence, and a quote."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired

from dialogue.web.forms import Form, line, paragraph

TITLE = 140


class TitleForm(Form):
    """What children tell us, in one sentence."""

    title_nl = line(_l("Wat zeggen kinderen?"), most=TITLE, hint=_l("Eén zin, zoals een kind ze zou zeggen."))
    title_en = line(_l("Dezelfde zin in het Engels"), required=False, most=TITLE)

    @classmethod
    def of(cls, titles: dict[str, str]) -> "TitleForm":
        """Filled with the sentence as it is."""
        return cls(formdata=None, data={f"title_{language}": text for language, text in titles.items()})

    @property
    def titles(self) -> dict[str, str]:
        """Per language, without the empty ones."""
        typed = {"nl": self.title_nl.data, "en": self.title_en.data}
        return {language: text for language, text in typed.items() if text}


class QuoteForm(Form):
    """Words as everyone may read them."""

    text = paragraph(_l("Citaat"), most=280, hint=_l("Haal namen en herkenbare dingen weg."))
    no_names = BooleanField(
        _l("Er staan geen namen in, en niets waaraan je een kind herkent."),
        [InputRequired(_l("Kijk na of er geen namen in staan, en vink dit aan."))],
    )
