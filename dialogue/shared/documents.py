"""Documents that somebody brings: a PDF that opens, with nothing in it that does something by itself."""

import io

import pikepdf
from flask_babel import gettext as _

from dialogue.shared.errors import Refused
from dialogue.shared.files import Checked

ACTS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMedia"})
BRINGS = ("/JS", "/EmbeddedFile", "/EmbeddedFiles", "/EF")


def checked_pdf(content: bytes, name: str) -> Checked:
    """The PDF in `content`, as it is; raises Refused. Slow: call it outside the lock."""
    unreadable = Refused(_("Dit is geen PDF die we kunnen lezen."))
    if not content.startswith(b"%PDF-"):
        raise unreadable
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if not len(document.pages):
                raise unreadable
            acts = any(_acts(one) for one in document.objects)
    except pikepdf.PasswordError as locked:
        raise Refused(_("Deze PDF heeft een wachtwoord. Bewaar ze zonder.")) from locked
    except (pikepdf.PdfError, ValueError, RuntimeError) as broken:
        raise unreadable from broken
    if acts:
        raise Refused(_("In deze PDF zit een programma of een ander bestand. Druk ze af naar een nieuwe PDF."))
    return Checked(content, name, "application/pdf")


def _acts(part: pikepdf.Object) -> bool:
    """Whether this part of a document runs something, or brings another file."""
    if isinstance(part, pikepdf.Stream):
        return _acts(part.stream_dict) or part.stream_dict.get("/Type") == "/EmbeddedFile"
    if isinstance(part, pikepdf.Array):
        return any(_acts(one) for one in part if isinstance(one, pikepdf.Object) and not one.is_indirect)
    if not isinstance(part, pikepdf.Dictionary):
        return False
    if any(key in part for key in BRINGS) or str(part.get("/S", "")) in ACTS:
        return True
    return any(_acts(value) for value in part.values() if isinstance(value, pikepdf.Object) and not value.is_indirect)
