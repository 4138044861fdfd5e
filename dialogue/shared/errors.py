"""What can be refused, in the words of the domain; `dialogue.web.errors` turns each into a page."""

from collections.abc import Sequence

from click import ClickException


class DialogueError(Exception):
    """The base of all refusals that a person gets to read."""


class NotFound(DialogueError):
    """There is no such record, or this person may not know that there is."""


class NotAllowed(DialogueError):
    """The person may see this, but not do this."""


class Refused(DialogueError):
    """A rule says no. `reasons` are full sentences, translated, for the person who asked."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("; ".join(str(reason) for reason in reasons))
        self.reasons: Sequence[str] = reasons


def refuse(reasons: Sequence[str]) -> None:
    """Raise Refused with these reasons, when there are any."""
    if reasons:
        raise Refused(*reasons)


class Busy(DialogueError):
    """The store cannot take a write now (locked, full, read-only): try again, nothing was stored."""


class SettingsError(DialogueError, ClickException):
    """Settings, keys or schema are wrong; the message says what to do. A command shows it as a sentence, no trace."""


def refuse_to_start(reasons: Sequence[str]) -> None:
    """Raise SettingsError with these reasons, when there are any."""
    if reasons:
        raise SettingsError("Dialogue does not start:\n- " + "\n- ".join(reasons))


class BackupRefused(DialogueError):
    """Why there is no copy, or why it is not put back."""
