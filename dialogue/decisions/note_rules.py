"""Who makes a note to the college, what may stand in one, and when the college's answers can be noted."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from flask_babel import gettext as _

from dialogue.decisions.note_models import CollegeNote
from dialogue.decisions.rules import may_decide, may_propose
from dialogue.shared.actor import Actor
from dialogue.signals.models import Signal

MOST = 20  # signals in one note


def may_make(actor: Actor, signals: Iterable[Signal]) -> bool:
    """Whether this person puts these signals before the college: who proposes in their departments."""
    return all(may_propose(actor, signal.department_id) for signal in signals)


def may_settle(actor: Actor, signals: Iterable[Signal]) -> bool:
    """Whether this person notes what the college decided about these signals."""
    return all(may_decide(actor, signal.department_id) for signal in signals)


def why_not_make(
    signals: Sequence[Signal], proposed: Collection[int], noted: Collection[int], meets_on: date, today: date
) -> list[str]:
    """Reasons why there can be no note; `proposed` have a proposal, `noted` stand in another note (signal ids)."""
    ids, reasons = {signal.id for signal in signals}, []
    if not ids:
        reasons.append(_("Vink aan waarover het college beslist."))
    if len(ids) > MOST:
        reasons.append(_("Hoogstens %(most)d signalen in één nota. Maak er twee.", most=MOST))
    if ids - set(proposed):
        reasons.append(_("Een signaal zonder voorstel kan niet naar het college. Kijk de lijst opnieuw na."))
    if ids & set(noted):
        reasons.append(_("Een van deze signalen staat intussen in een andere nota. Kijk de lijst opnieuw na."))
    if meets_on < today:
        reasons.append(_("Kies een dag die nog komt."))
    return reasons


def why_not_change(note: CollegeNote) -> list[str]:
    """Reasons why nothing can be done any more with this note."""
    if note.settled_at is None:
        return []
    if note.agenda_point:
        return [_("Iemand noteerde intussen al wat het college over deze nota besliste. Lees dat eerst.")]
    return [_("Deze nota is intussen teruggenomen.")]


def why_not_settle(note: CollegeNote, signals: Collection[int], answered: Collection[int]) -> list[str]:
    """Reasons why the college's answers about these signals (ids) cannot be noted for this note."""
    reasons = why_not_change(note)
    if not reasons and not answered:
        reasons.append(_("Noteer minstens één beslissing. Besliste het college niets? Neem de nota dan terug."))
    if not reasons and set(answered) - set(signals):
        reasons.append(_("Een van deze signalen staat niet meer in de nota. Kijk de lijst opnieuw na."))
    return reasons
