"""Photos that somebody brings: opened, turned upright and painted anew, so that nothing but what is seen remains.

Where, when and with which phone it was made, small copies, comments, and whatever was hidden behind the picture: all
of it is gone, because only the points are carried over.
"""

import io
import warnings
from dataclasses import dataclass

from flask_babel import gettext as _
from PIL import Image, ImageOps

from dialogue.shared.errors import Refused
from dialogue.shared.files import Checked

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_POINTS = 50_000_000  # what a phone makes; more would take the memory of everybody
LONGEST_SIDE = 2000


@dataclass(frozen=True)
class Photo:
    """A photo painted anew, a JPEG of at most `LONGEST_SIDE` points a side."""

    file: Checked
    width: int
    height: int


def painted_anew(content: bytes, name: str) -> Photo:
    """The photo in `content`; raises Refused. Slow: call it outside the lock."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=FORMATS) as found:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we count the points ourselves
            if found.width * found.height > MOST_POINTS:
                raise Refused(_("Deze foto heeft te veel beeldpunten. Maak ze kleiner."))
            found.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = _on_white(ImageOps.exif_transpose(found))
    except Image.DecompressionBombError as bomb:
        raise Refused(_("Deze foto heeft te veel beeldpunten. Maak ze kleiner.")) from bomb
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError) as broken:
        raise Refused(_("Dit is geen foto die we kunnen lezen: neem een JPEG, PNG of WebP.")) from broken
    painted = io.BytesIO()
    upright.save(painted, "JPEG", quality=85, optimize=True)
    return Photo(Checked(painted.getvalue(), name, "image/jpeg"), upright.width, upright.height)


def _on_white(picture: Image.Image) -> Image.Image:
    """The points alone, without anything that came along; what is see-through becomes white."""
    seen = picture.convert("RGBA")
    plain = Image.new("RGB", seen.size, "white")
    plain.paste(seen, mask=seen.getchannel("A"))
    return plain
