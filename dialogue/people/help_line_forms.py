"""The form of help lines that speak another language than the municipality's own."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as BareForm
from wtforms import FormField
from wtforms.validators import ValidationError

from dialogue.web.forms import REQUIRED, line
from dialogue.web.i18n import LANGUAGES


def web_address(_form: Any, field: Any) -> None:
    """Only http and https: these addresses become links on children's pages."""
    parts = urlsplit(field.data or "")
    if parts.scheme not in ("http", "https") or "." not in parts.netloc:
        raise ValidationError(_("Dit is geen webadres. Het begint met https://"))


class OneHelpLine(BareForm):
    """All of a help line, or nothing."""

    name = line(_l("Naam"), required=False, most=60)
    number = line(_l("Nummer"), required=False, most=30)
    url = line(_l("Webadres"), required=False)

    def validate_url(self, field: Any) -> None:
        """A real address."""
        web_address(self, field)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Whoever fills in one of them fills in all."""
        missing = [field for field in self if not field.data]
        if not super().validate(extra_validators):
            return False
        if len(missing) in (0, len(self.data)):
            return True
        for field in missing:
            field.errors = [REQUIRED]
        return False


class HelpLines(BareForm):
    """A help line per language, where there is one that speaks it."""


for _code, _name in LANGUAGES.items():
    setattr(HelpLines, _code, FormField(OneHelpLine, _name))


def filled_in(lines: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Those of which something was typed."""
    return {code: dict(one) for code, one in lines.items() if one["name"]}
