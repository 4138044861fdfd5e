"""Forms of signals: a sentence in the languages of the consultation, and a quote."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired

from dialogue.shared.edits import digest
from dialogue.signals.models import Signal
from dialogue.web.edited import Edited
from dialogue.web.forms import Form, line, paragraph
from dialogue.web.i18n import LANGUAGES

TITLE = 140
T = TypeVar("T", bound="TitleForm")


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


class RenameForm(TitleForm, Edited):
    """The sentence of a signal that is there."""

    @classmethod
    def of(cls, signal: Signal) -> "RenameForm":
        """Filled with the sentence as it is."""
        data = _fields(signal.titles) | {"seen": digest(signal.titles)}
        return _in(cls, signal.consultation.languages)(formdata=None, data=data)

    @classmethod
    def sent(cls, signal: Signal) -> "RenameForm":
        """As it was sent."""
        return _in(cls, signal.consultation.languages)()

    def was_overtaken(self, signal: Signal) -> None:
        """Somebody else was first: show what stands now beside what was typed."""
        stands = {f"title_{language}": "" for language in self.languages} | _fields(signal.titles)
        self.show_beside({name: text for name, text in stands.items() if name in self}, digest(signal.titles))


def title_form(languages: Sequence[str], titles: Mapping[str, str] | None = None) -> TitleForm:
    """A form in these languages: as it was sent, or (`titles`) filled with the sentence as it is."""
    form = _in(TitleForm, languages)
    return form() if titles is None else form(formdata=None, data=_fields(titles))


def _in(form: type[T], languages: Sequence[str]) -> type[T]:
    """This form with a sentence in each of these languages."""
    fields = {f"title_{language}": _sentence(language, main=language == languages[0]) for language in languages}
    return type(f"{form.__name__}InLanguages", (form,), {"languages": languages, **fields})


def _fields(titles: Mapping[str, str]) -> dict[str, Any]:
    return {f"title_{language}": text for language, text in titles.items()}


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
