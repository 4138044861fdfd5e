"""Who carries out a measure, and what a finished, a stopped and a proven one must hold."""

from datetime import date
from urllib.parse import urlsplit

from flask_babel import gettext as _

from dialogue.decisions.models import Measure, MeasureState
from dialogue.decisions.rules import may_propose
from dialogue.shared.actor import Actor


def may_carry_out(actor: Actor, measure: Measure) -> bool:
    """Whether this person says how far the measure is: its owner, or who plans measures there."""
    return actor.staff_id == measure.owner_id or may_propose(actor, measure.department_id)


def why_not_address(address: str) -> list[str]:
    """Reasons why this is not an address of a document (an empty one is fine)."""
    if not address:
        return []
    try:
        parts = urlsplit(address)
        ok = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in address
    except ValueError:
        ok = False
    return [] if ok else [_("Schrijf een adres dat begint met https:// of http://.")]


def why_not_start(measure: Measure) -> list[str]:
    """Reasons why work on a measure cannot begin (again)."""
    return [_("Hieraan wordt al gewerkt.")] if measure.state == MeasureState.BUSY else []


def why_not_finish(measure: Measure, done_on: date | None, today: date) -> list[str]:
    """Reasons why a measure is not done."""
    if measure.state == MeasureState.DONE:
        return [_("Deze maatregel was al klaar.")]
    if done_on is None:
        return [_("Kies de dag waarop het klaar was.")]
    if done_on > today:
        return [_("Deze dag moet nog komen.")]
    return []


def why_not_drop(measure: Measure, because: str) -> list[str]:
    """Reasons why a measure cannot be stopped."""
    if measure.state in (MeasureState.DONE, MeasureState.DROPPED):
        return [_("Deze maatregel is al klaar of gestopt.")]
    return [] if because.strip() else [_("Schrijf waarom het niet doorgaat.")]


def why_not_prove(uri: str, seen_on: date, today: date) -> list[str]:
    """Reasons why this cannot be noted as proof."""
    future = [_("Bewijs heeft iemand al gezien: deze dag moet nog komen.")] if seen_on > today else []
    return future + why_not_address(uri)
