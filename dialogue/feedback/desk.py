"""One message on the desk of who writes it: which version is before them, what it begins with, and what is seen."""

from dataclasses import replace
from functools import cached_property

from dialogue.decisions.models import Decision
from dialogue.feedback.advice import Days
from dialogue.feedback.drafting import first_draft, next_days
from dialogue.feedback.models import Message, MessageText, Version
from dialogue.feedback.queries import is_corrected, signals_answered_by
from dialogue.feedback.telling_rules import why_not_publish
from dialogue.feedback.versions import Shown, completed, find, is_seen, main_language, shown, version_of
from dialogue.shared.clock import CALENDAR, today
from dialogue.shared.errors import NotFound
from dialogue.signals.models import Signal
from dialogue.web.i18n import LANGUAGES


class Writing:
    """The texts that are being written; as told, while nothing has been changed since."""

    def __init__(self, decision: Decision, message: Message | None, code: str = "") -> None:
        """`code` is the version ("A-nl"), "" the general text; raises NotFound for one that is not there."""
        self.decision, self.message, self.main = decision, message, main_language(decision)
        self.texts: list[MessageText] = (message.draft or message.told) if message else []
        self._general = Version("", self.main)
        self.version = version_of(code, LANGUAGES) if code else self._general
        if self.version not in self.versions:
            raise NotFound

    @property
    def versions(self) -> list[Version]:
        """All there are, the general text first."""
        own = {text.version for text in self.texts} - {self._general}
        return [self._general, *sorted(own)]

    def has(self, version: Version) -> bool:
        """Whether this version was saved."""
        return find(self.texts, version) is not None

    @cached_property
    def signals(self) -> list[Signal]:
        """What is answered."""
        return signals_answered_by(self.decision)

    @property
    def is_general(self) -> bool:
        """Whether everybody reads this version who has none of their own."""
        return self.version == self._general

    @property
    def general(self) -> Shown | None:
        """What is read where this version says nothing, or what it is translated from; None for the general text."""
        own = find(self.texts, Version("", self.version.language)) if self.version.band else None
        text = own or find(self.texts, self._general)
        return shown(text, self.texts) if text and not self.is_general else None

    @property
    def stands(self) -> dict[str, str] | None:
        """The parts of this version as they were saved; None when it was not."""
        text = find(self.texts, self.version)
        return text.parts if text else None

    @property
    def picture(self) -> str:
        """The picture of its own that this version was saved with."""
        text = find(self.texts, self.version)
        return text.picture if text else ""

    def beginning(self, version: Version) -> dict[str, str]:
        """What the form begins with: what was saved, else all that is known; a version for one age begins empty."""
        text = find(self.texts, version)
        if text:
            return text.parts
        same_words = version.band and find(self.texts, Version("", version.language))
        return {} if same_words else first_draft(self.decision, version.language)

    def completed(self, parts: dict[str, str]) -> Shown:
        """How this version would be read with these parts."""
        text = find(self.texts, self.version)
        general = find(self.texts, Version("", self.version.language))
        seen = completed(self.version, parts, text.picture if text else "", general)
        return replace(seen, sound_id=text.sound_id if text else None)

    @property
    def shown(self) -> Shown:
        """How this version is read as it was saved."""
        return self.completed(self.beginning(self.version))

    @property
    def reasons(self) -> list[str]:
        """Why this cannot be told yet."""
        return why_not_publish(self.draft, self.main, self.corrected)

    @property
    def draft(self) -> list[MessageText]:
        """What was changed since it was told."""
        return self.message.draft if self.message else []

    def seen(self, version: Version) -> bool:
        """Whether somebody saw this version as it is now."""
        text = find(self.texts, version)
        return text is not None and is_seen(text, self.texts)

    @property
    def unseen(self) -> Version | None:
        """The next version that nobody saw."""
        return next((version for version in self.versions if not self.seen(version)), None)

    @cached_property
    def corrected(self) -> bool:
        """Whether a newer decision stands in place of this one."""
        return is_corrected(self.decision.id)

    @property
    def days(self) -> Days:
        """The days that count for this message."""
        promised = [signal.wave.hear_back_by for signal in self.signals if signal.wave.hear_back_by]
        at = self.message.published_at if self.message else None
        told = at.astimezone(CALENDAR).date() if at else today()
        return Days(self.decision.decided_on, told, min(promised, default=None), next_days(self.decision))
