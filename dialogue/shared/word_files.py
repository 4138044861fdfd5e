"""Word documents that somebody brings: one that opens, unpacks to a reasonable size, and runs or fetches nothing."""

import io
import zipfile
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.exceptions import OpcError
from flask_babel import gettext as _

from dialogue.shared.errors import Refused
from dialogue.shared.files import DOCX, Checked
from dialogue.shared.word_places import ORIGIN

MOST_UNPACKED = 30 * 1024 * 1024
MOST_PARTS = 500
ACTS = ("macro", "vba", "activex", "oleobject")
MAY_POINT_ELSEWHERE = (RELATION.HYPERLINK, ORIGIN)  # the second is taken out when it is filled


def checked_docx(content: bytes, name: str) -> Checked:
    """The Word document in `content`, as it is; raises Refused. Slow: call it outside the lock."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Refused(_("Uitgepakt is dit bestand te groot. Maak het kleiner."))
            if any(_acts(part.filename) for part in parts) or _acts(archive.read("[Content_Types].xml").decode()):
                raise _with_macros()
        package = Document(io.BytesIO(content)).part.package
    except (
        zipfile.BadZipFile,
        OpcError,
        SyntaxError,
        LookupError,
        ValueError,
        RuntimeError,
        OSError,
        AttributeError,
    ) as broken:
        raise Refused(
            _("Dit is geen Word-document (.docx) dat we kunnen lezen. Bewaar het zonder wachtwoord.")
        ) from broken
    _refuse_what_acts(package)
    return Checked(content, name, DOCX)


def _refuse_what_acts(package: Any) -> None:
    if any(_acts(part.content_type) or "/embeddings/" in str(part.partname) for part in package.iter_parts()):
        raise _with_macros()
    if any(one.is_external and one.reltype not in MAY_POINT_ELSEWHERE for one in package.iter_rels()):
        raise Refused(_("Dit document haalt iets van een andere plek. Zet beelden in het document zelf."))


def _acts(words: str) -> bool:
    return any(word in words.lower() for word in ACTS)


def _with_macros() -> Refused:
    return Refused(_("In dit document zit een macro of een ander bestand. Bewaar het als .docx zonder macro's."))
