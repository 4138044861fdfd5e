"""Verbs for signals as a whole, as long as nothing was decided: who splits, merges or withdraws hides no decision."""

from collections.abc import Collection, Sequence

from flask_babel import gettext as _

from dialogue.decisions import parts
from dialogue.decisions.queries import current_decision
from dialogue.shared.actor import Actor
from dialogue.shared.errors import refuse
from dialogue.signals import reshaping
from dialogue.signals.change_queries import why_ended
from dialogue.signals.models import Signal
from dialogue.signals.reshaping import Basis


def why_not_reshape(signals: Sequence[Signal], because: str) -> list[str]:
    """Reasons why these signals cannot be split, merged away or withdrawn."""
    reasons = why_ended(signals)
    if any(current_decision(signal.id) for signal in signals):
        reasons.append(_("Hierover is al beslist. Dat blijft staan: een beslissing verdwijnt nooit uit de telling."))
    if not because.strip():
        reasons.append(_("Schrijf waarom. Iedereen kan dat lezen."))
    return reasons


def split(
    actor: Actor,
    signal: Signal,
    titles: dict[str, str],
    because: str,
    keys: Collection[bytes] = (),
    bases: Collection[Basis] = (),
) -> Signal:
    """A new signal with a part of what an old one rests on; raises Refused when nothing is taken along."""
    reasons = why_not_reshape([signal], because)
    if not keys and not bases:
        reasons.append(_("Vink aan wat bij het nieuwe signaal hoort."))
    refuse(reasons)
    return reshaping.split(actor, signal, titles, because, keys, bases)


def merge(actor: Actor, signals: Sequence[Signal], into: Signal, because: str) -> None:
    """Lay everything of undecided signals with another one of the same round."""
    reasons = why_not_reshape(signals, because) + why_ended([into])
    if not signals or into in signals:
        reasons.append(_("Kies een ander signaal om mee samen te voegen."))
    if any(signal.wave_id != into.wave_id for signal in signals):
        reasons.append(_("Alleen signalen van dezelfde ronde kunnen samen."))
    refuse(reasons)
    parts.drop_all(actor, signals, because)
    reshaping.merge(actor, signals, into, because)


def withdraw(actor: Actor, signal: Signal, because: str) -> None:
    """Owe no answer to this signal any more; everybody may read why."""
    refuse(why_not_reshape([signal], because))
    parts.drop_all(actor, [signal], because)
    reshaping.withdraw(actor, signal, because)
