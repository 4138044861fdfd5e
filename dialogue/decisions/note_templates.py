"""The town's own paper for notes: looked into before it is kept, and every place that we cannot fill is named."""

import io
from collections.abc import Set

from flask_babel import gettext as _

from dialogue.decisions.note_document import parts, places
from dialogue.shared.errors import Refused, refuse
from dialogue.shared.files import Checked

MOST_BYTES = 5 * 1024 * 1024


def looked_into(content: bytes, name: str) -> Checked:
    """A Word document of which we can fill all places; raises Refused. Slow: call it outside the lock."""
    from docx import Document  # noqa: PLC0415 - large libraries, and few bring a template

    from dialogue.shared.word_files import checked_docx  # noqa: PLC0415
    from dialogue.shared.word_places import names  # noqa: PLC0415

    if len(content) > MOST_BYTES:
        raise Refused(_("Dit bestand is te groot: hoogstens 5 MB."))
    checked = checked_docx(content, name)
    refuse(why_not_fill(*names(Document(io.BytesIO(content)))))
    return checked


def why_not_fill(within: Set[str], around: Set[str]) -> list[str]:
    """Reasons why a template with these places, in the text and around it, cannot be filled."""
    reasons, known = [], {place.name for place in places()}
    if unknown := sorted((within | around) - known):
        reasons.append(_("Dit kennen we niet: %(places)s. Kies uit de lijst.", places=_spelled(unknown)))
    if misplaced := sorted(around & parts()):
        reasons.append(_("Dit past niet boven of onder aan een pagina: %(places)s.", places=_spelled(misplaced)))
    if not within & parts():
        reasons.append(_("Zet in de tekst minstens %(place)s: daar komt wat kinderen zeiden.", place="{{ signalen }}"))
    return reasons


def _spelled(found: list[str]) -> str:
    return ", ".join(f"{{{{ {name} }}}}" for name in found)
