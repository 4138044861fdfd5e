"""What a figure is, and which chains may stand in a dossier. Every figure names the records it stands on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from statistics import median

from flask_babel import gettext as _
from flask_babel import ngettext

from dialogue.decisions.models import Outcome

FEWEST, MOST = 3, 5  # chains in a dossier
IMPACT = (Outcome.ADOPTED, Outcome.PARTLY, Outcome.CARRIED_OUT)
REFUSED = (Outcome.NOT_ADOPTED, Outcome.PARTLY, Outcome.NOT_OURS)


@dataclass(frozen=True)
class Record:
    """One record behind a figure: its kind ("wave", "signal", "department" or "place"), id, and words."""

    kind: str
    id: int
    words: str


@dataclass(frozen=True)
class Figure:
    """A figure with its definition, the records that count in it, and those that do not."""

    key: str
    name: str
    value: str
    definition: str
    counted: Sequence[Record] = field(default_factory=list)
    others: Sequence[Record] = field(default_factory=list)


def share(part: int, whole: int) -> str:
    """'12 van 38 (32 %)'; without a whole there is nothing to say."""
    if not whole:
        return _("nog niet te zeggen")
    return _("%(part)s van %(whole)s (%(percent)s %%)", part=part, whole=whole, percent=round(100 * part / whole))


def middle(days: Sequence[int]) -> str:
    """The median of these numbers of days."""
    if not days:
        return _("nog niet te zeggen")
    return ngettext("%(num)s dag", "%(num)s dagen", round(median(days)))


def why_not_choose(chosen: Collection[int], offered: Collection[int]) -> list[str]:
    """Reasons why these decisions cannot be the chains of a dossier."""
    reasons = []
    if set(chosen) - set(offered):
        reasons.append(_("Een van deze beslissingen hoort niet bij deze periode. Kies opnieuw."))
    if len(chosen) > MOST:
        reasons.append(_("Kies er hoogstens %(most)s: de volledige lijst staat sowieso in de bijlage.", most=MOST))
    if len(chosen) < min(FEWEST, len(offered)):
        reasons.append(_("Kies er minstens %(least)s.", least=min(FEWEST, len(offered))))
    return reasons
