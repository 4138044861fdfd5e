"""The address at which a decision is published as linked data (LBLOD): its form is checked, it is never fetched."""

import re
from urllib.parse import urlsplit

from flask_babel import gettext as _

HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
WRITTEN = re.compile(r"[!-~]+")  # as an address is sent: no spaces, no letters with accents


def why_not_decision_address(address: str) -> list[str]:
    """Reasons why this is not the address of one decision (an empty one is fine).

    It has https, a host with a name and a path that leads to the decision, as in
    https://data.gent.be/id/besluiten/22.0512.1234; nobody's name and password stand in it.
    """
    if not address:
        return []
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return [_("Dit is geen webadres.")]
    if parts.scheme != "https":
        return [_("Schrijf een adres dat begint met https://.")]
    if not (WRITTEN.fullmatch(address) and HOST.fullmatch(host)) or port not in (None, 443) or "@" in parts.netloc:
        return [_("Dit is geen webadres.")]
    if not parts.path.strip("/") or {".", ".."} & set(parts.path.split("/")):
        return [_("Neem het adres van het besluit zelf, niet van de hele website.")]
    return []
