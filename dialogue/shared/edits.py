"""Two who edit the same: who saves second is told, and nothing that either wrote is lost unseen."""

from typing import Any

from flask_babel import gettext as _

from dialogue.shared.canonical import sha256_hex


def digest(stands: Any) -> str:
    """What stands for something as it is now (any JSON); "" while there is nothing."""
    return sha256_hex(stands) if stands else ""


def why_overtaken(stands: Any, wanted: Any, seen: str) -> list[str]:
    """Reasons why this cannot be saved over what stands; `seen` is its digest when the person began."""
    if wanted == stands or digest(stands) == seen:
        return []
    return [
        _(
            "Iemand anders bewaarde dit intussen. Wat jij schreef staat er nog, en erbij wat er nu staat. "
            "Kies wat blijft en bewaar opnieuw."
        )
    ]
