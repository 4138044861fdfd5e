"""The plan codes that may be chosen, and what is typed of them: several, with commas between them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialogue.decisions.plan_models import PlanCode

CODES_HINT = _l("Met komma's ertussen: AP-3.2, ACT-17")


@dataclass(frozen=True)
class Plan:
    """The codes that stand in the list of a municipality now, and those that a record already has.

    Without a list every code may be written. A record keeps a code that was retired since; nothing new gets it.
    """

    codes: Sequence[PlanCode] = ()
    kept: Sequence[str] = ()
    _spelled: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        known = [*self.kept, *(one.code for one in self.codes)]
        object.__setattr__(self, "_spelled", {code.casefold(): code for code in known})

    def spelled(self, codes: Iterable[str]) -> list[str]:
        """These codes as the list writes them, each once."""
        return list(dict.fromkeys(self._spelled.get(code.casefold(), code) for code in codes))

    def why_not(self, codes: Iterable[str]) -> list[str]:
        """Reasons why these codes cannot be chosen."""
        unknown = [code for code in codes if code.casefold() not in self._spelled] if self.codes else []
        if not unknown:
            return []
        return [_("Dit staat niet in de lijst met plancodes: %(codes)s. Kies uit de lijst.", codes=", ".join(unknown))]


def codes_typed(text: str | None) -> list[str]:
    """'AP-3.2; ACT-17' as codes, each once."""
    return list(dict.fromkeys(code.strip() for code in re.split(r"[,;]", text or "") if code.strip()))
