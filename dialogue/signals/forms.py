"""Forms of signals: a sentence in the languages of the consultation, and a quote."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired

from dialogue.web.forms import Form, line, paragraph
from dialogue.web.i18n import LANGUAGES

TITLE = 140


class TitleForm(Form):
    """What children tell us, in one sentence: a field title_<language> per language, only the first must be filled."""

    languages: Sequence[str] = ()

    @property
    def sentences(self) -> list[StringField]:
        """The fields, in the order of the languages."""
        return [self[f"title_{language}"] for language in self.languages]

    @property
    def titles(self) -> dict[str, str]:
        """Per language, without the empty ones."""
        typed = {language: self[f"title_{language}"].data for language in self.languages}
        return {language: text for language, text in typed.items() if text}


def title_form(languages: Sequence[str], titles: dict[str, str] | None = None) -> TitleForm:
    """A form in these languages: as it was sent, or (`titles`) filled with the sentence as it is."""
    fields = {f"title_{language}": _sentence(language, main=language == languages[0]) for language in languages}
    form = type("TitleFormInLanguages", (TitleForm,), {"languages": languages, **fields})
    if titles is None:
        return form()  # type: ignore[no-any-return]
    return form(formdata=None, data={f"title_{language}": text for language, text in titles.items()})  # type: ignore[no-any-return]


def _sentence(language: str, *, main: bool) -> StringField:
    speaks = {"lang": language}
    if main:
        hint = _l("Eén zin, zoals een kind ze zou zeggen.")
        return line(_l("Wat zeggen kinderen?"), most=TITLE, hint=hint, render_kw=speaks)
    return line(
        _l("Dezelfde zin (%(language)s)", language=LANGUAGES.get(language, language)),
        required=False,
        most=TITLE,
        render_kw=speaks,
    )


class QuoteForm(Form):
    """Words as everyone may read them."""

    text = paragraph(_l("Citaat"), most=280, hint=_l("Haal namen en herkenbare dingen weg."))
    no_names = BooleanField(
        _l("Er staan geen namen in, en niets waaraan je een kind herkent."),
        [InputRequired(_l("Kijk na of er geen namen in staan, en vink dit aan."))],
    )
