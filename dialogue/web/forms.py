"""Base of all staff forms: text is cleaned when it comes in, and a failed form keeps what was typed."""

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation

from dialogue.shared.text import clean, showable

REQUIRED = _l("Vul dit in.")
LINE = 200
PARAGRAPH = 4000
YEARS = range(2000, 2101)


class Form(FlaskForm):
    """A form whose errors say per field what to do."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Only what was typed in a form is read: never JSON, never a file where text is asked."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """The fields that were sent, so that each can be shown again; nothing where a fresh form is asked for."""
            if formdata is None or request.method != "POST":
                return None
            return MultiDict((name, showable(value)) for name, value in request.form.items(multi=True))


class Day(DateField):
    """A day of this century, or none; what is no day at all is not looked at further."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """The day that was sent."""
        self.data = None
        if any(valuelist):
            super().process_formdata(valuelist)

    def pre_validate(self, form: Any) -> None:
        """A year that nobody means is asked again."""
        if self.process_errors:
            raise StopValidation
        if self.data and self.data.year not in YEARS:
            raise StopValidation(_l("Kijk het jaar na."))


def day_field(label: Any) -> Day:
    """A day that must be chosen."""
    return Day(label, [InputRequired(_l("Kies een dag."))])


def line(label: Any, *, required: bool = True, most: int = LINE, hint: Any = "", **kwargs: Any) -> StringField:
    """One line of text, cleaned, at most `most` characters."""
    return StringField(label, _checks(required, most), [_clean_line], description=hint, **kwargs)


def paragraph(
    label: Any, *, required: bool = True, most: int = PARAGRAPH, hint: Any = "", **kwargs: Any
) -> TextAreaField:
    """Some lines of text, cleaned, at most `most` characters."""
    return TextAreaField(label, _checks(required, most), [_clean_lines], description=hint, **kwargs)


def options(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """What a reader chooses from: for each option the value that is sent, and how it is said."""
    return [SelectChoice(value, words) for value, words in pairs]


def _checks(required: bool, most: int) -> list[Any]:
    first = DataRequired(REQUIRED) if required else Optional()
    return [first, Length(max=most, message=_l("Dit is te lang: hoogstens %(max)d tekens.", max=most))]


def _clean_line(value: str | None) -> str | None:
    return clean(value, lines=False) if value else value


def _clean_lines(value: str | None) -> str | None:
    return clean(value) if value else value
