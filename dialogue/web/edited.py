"""A form over something that others may change meanwhile: it knows what stood there, and can show what stands now."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import HiddenField

from dialogue.web.forms import Form


class Seen(HiddenField):  # type: ignore[misc]
    """What stood when the person began; who sends nothing saw nothing, whatever stands now."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """What was sent, else ""."""
        self.data = valuelist[0] if valuelist else ""


class Edited(Form):
    """`seen` goes along unseen: the digest of what stood when the person began (see `dialogue.shared.edits`)."""

    seen = Seen()

    def show_beside(self, stands: Mapping[str, str], digest: str) -> None:
        """After somebody else was first: what stands now, beside what was typed; saving again is then on purpose."""
        self.seen.data = digest
        for name, text in stands.items():
            if text != (self[name].data or ""):
                self[name].description = _("Hier staat nu: %(text)s", text=text or "–")
