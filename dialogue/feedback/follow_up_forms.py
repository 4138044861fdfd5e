"""The form of a follow-up question: its words and options in each language of the consultation, and its last day."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField

from dialogue.feedback.follow_up_rules import CODES, Wording
from dialogue.shared.clock import today
from dialogue.web.forms import Form, day_field, line, options
from dialogue.web.i18n import LANGUAGES

QUESTION, OPTION = 140, 60  # characters
USUAL = timedelta(days=30)
CHOOSING, WRITING = "choose", "write"


class FollowUpForm(Form):
    """Fields question_<language> and option_<language>_<code>; only the first language must be filled."""

    languages: Sequence[str] = ()
    answered = RadioField(
        _l("Hoe antwoorden kinderen?"),
        choices=options([(CHOOSING, _l("Ze kiezen een antwoord")), (WRITING, _l("Ze schrijven zelf"))]),
    )
    closes_on = day_field(_l("Tot en met welke dag kunnen kinderen antwoorden?"))
    seen = HiddenField()

    @property
    def by_language(self) -> list[tuple[str, StringField, list[StringField]]]:
        """Per language how it is called, the field of the question and those of its options."""
        return [
            (LANGUAGES.get(one, one), self[f"question_{one}"], [self[f"option_{one}_{code}"] for code in CODES])
            for one in self.languages
        ]

    @property
    def wording(self) -> Wording:
        """What was typed; options and languages that were left empty are not in it, nor options nobody can choose."""
        own_words = self.answered.data == WRITING
        typed = {} if own_words else {code: self._typed("option_{}_" + code) for code in CODES}
        chosen = {code: words for code, words in typed.items() if words}
        return Wording(self._typed("question_{}"), chosen, own_words)

    def _typed(self, name: str) -> dict[str, str]:
        typed = {language: self[name.format(language)].data for language in self.languages}
        return {language: text for language, text in typed.items() if text}


def follow_up_form(languages: Sequence[str]) -> FollowUpForm:
    """A form in these languages, as it was sent."""
    fields = {name: field for language in languages for name, field in _fields(language, language == languages[0])}
    form = type("FollowUpFormInLanguages", (FollowUpForm,), {"languages": languages, **fields})
    return form(data={"closes_on": today() + USUAL, "answered": CHOOSING})  # type: ignore[no-any-return]


def _fields(language: str, main: bool) -> list[tuple[str, StringField]]:
    speaks = {"lang": language}
    question = line(_l("Vraag"), required=main, most=QUESTION, render_kw=speaks)
    choices = [
        (
            f"option_{language}_{code}",
            line(_l("Antwoord %(number)s", number=number), required=False, most=OPTION, render_kw=speaks),
        )
        for number, code in enumerate(CODES, 1)
    ]
    return [(f"question_{language}", question), *choices]
