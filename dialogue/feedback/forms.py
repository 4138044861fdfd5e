"""The form of a message: five parts in every language of the consultation."""

from collections.abc import Sequence
from typing import Any

from wtforms import Form as Plain
from wtforms import FormField

from dialogue.feedback.models import PARTS, Message
from dialogue.feedback.words import PART_LABELS
from dialogue.web.forms import Form, paragraph

LONGEST = 700  # characters a part


class PartsForm(Plain):
    """The five parts in one language; all may be empty in a draft."""

    you_said = paragraph(PART_LABELS["you_said"], required=False, most=LONGEST)
    we_decided = paragraph(PART_LABELS["we_decided"], required=False, most=LONGEST)
    because = paragraph(PART_LABELS["because"], required=False, most=LONGEST)
    you_will_see = paragraph(PART_LABELS["you_will_see"], required=False, most=LONGEST)
    disagree = paragraph(PART_LABELS["disagree"], required=False, most=LONGEST)


class MessageForm(Form):
    """Begins with what was saved, else with the first draft; the first of `languages` is the one that must be full."""

    def __init__(self, languages: Sequence[str], message: Message | None, draft: dict[str, str], **kwargs: Any) -> None:
        begin: dict[str, Any] = dict(message.texts) if message else {languages[0]: draft}
        super().__init__(data=begin, **kwargs)

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        """What was filled in, without languages that stayed empty."""
        found = {name: self._parts(name) for name in self.languages}
        return {name: parts for name, parts in found.items() if any(parts.values())}

    languages: Sequence[str] = ()

    def _parts(self, language: str) -> dict[str, str]:
        return {part: self[language][part].data or "" for part in PARTS}


def message_form(languages: Sequence[str], message: Message | None, draft: dict[str, str]) -> MessageForm:
    """A form with a field group per language."""
    groups = {language: FormField(PartsForm, label=language) for language in languages}
    form: MessageForm = type("MessageFormInLanguages", (MessageForm,), {"languages": languages, **groups})(
        languages, message, draft
    )
    for part in PARTS:
        form[languages[0]][part].flags.required = True
    return form
