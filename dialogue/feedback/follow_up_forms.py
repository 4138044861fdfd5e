"""The form of a follow-up question: its words and options in each language of the consultation, and its last day."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, StringField
from wtforms.validators import InputRequired

from dialogue.feedback.follow_up_rules import CODES, FEWEST_OPTIONS, Wording
from dialogue.shared.clock import today
from dialogue.web.forms import Form, line
from dialogue.web.i18n import LANGUAGES

QUESTION, OPTION = 140, 60  # characters
USUAL = timedelta(days=30)


class FollowUpForm(Form):
    """Fields question_<language> and option_<language>_<code>; only the first language must be filled."""

    languages: Sequence[str] = ()
    closes_on = DateField(_l("Tot en met welke dag kunnen kinderen antwoorden?"), [InputRequired(_l("Kies een dag."))])
    seen = HiddenField()

    @property
    def by_language(self) -> list[tuple[str, list[StringField]]]:
        """Per language how it is called, and its fields."""
        return [
            (LANGUAGES.get(one, one), [self[f"question_{one}"], *(self[f"option_{one}_{code}"] for code in CODES)])
            for one in self.languages
        ]

    @property
    def wording(self) -> Wording:
        """What was typed; options and languages that were left empty are not in it."""
        options = {code: self._typed("option_{}_" + code) for code in CODES}
        return Wording(self._typed("question_{}"), {code: words for code, words in options.items() if words})

    def _typed(self, name: str) -> dict[str, str]:
        typed = {language: self[name.format(language)].data for language in self.languages}
        return {language: text for language, text in typed.items() if text}


def follow_up_form(languages: Sequence[str]) -> FollowUpForm:
    """A form in these languages, as it was sent."""
    fields = {name: field for language in languages for name, field in _fields(language, language == languages[0])}
    form = type("FollowUpFormInLanguages", (FollowUpForm,), {"languages": languages, **fields})
    return form(data={"closes_on": today() + USUAL})  # type: ignore[no-any-return]


def _fields(language: str, main: bool) -> list[tuple[str, StringField]]:
    speaks = {"lang": language}
    question = line(_l("Vraag"), required=main, most=QUESTION, render_kw=speaks)
    options = [
        (
            f"option_{language}_{code}",
            line(
                _l("Antwoord %(number)s", number=number),
                required=main and number <= FEWEST_OPTIONS,
                most=OPTION,
                render_kw=speaks,
            ),
        )
        for number, code in enumerate(CODES, 1)
    ]
    return [(f"question_{language}", question), *options]
