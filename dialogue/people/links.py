"""Links in mails: each for one person and one page, for some days, and never enough by itself.

Whoever writes a mail asks `link_for(person, path)`. The link opens its page at once on a remembered device (`devices`)
or for who is signed in as that person; everywhere else it leads to the sign-in page, and from there to the page.
"""

from datetime import timedelta
from typing import NamedTuple

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from dialogue.people.models import StaffMember
from dialogue.shared.clock import now
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound

DAYS = 14
DOOR = "/open/"  # known here, for mails are written outside of any page


class Opened(NamedTuple):
    """For whom a link is, and which page it opens."""

    person: StaffMember
    path: str


def link_for(person: StaffMember, path: str, days: int = DAYS) -> str:
    """A link to `path` (a page under /desk/) for `person`, from the public address; works for `days` days."""
    if not path.startswith("/desk/"):
        raise ValueError(f"{path} is no page of the staff")
    made = now()
    said = [person.id, path, made.timestamp(), (made + timedelta(days=days)).timestamp()]
    public_url: str = current_app.extensions["dialogue"].settings.public_url
    return f"{public_url}{DOOR}{_signer().dumps(said)}"


def read(token: str) -> Opened:
    """What a link says; NotFound when it is invented, over, or made before its person's links were made void."""
    try:
        staff_id, path, made, ends = _signer().loads(token)
    except (BadData, TypeError, ValueError):
        raise NotFound from None
    person = db.session.get(StaffMember, staff_id)
    if person is None or person.disabled_at or now().timestamp() >= ends:
        raise NotFound
    if person.links_from and made < person.links_from.timestamp():
        raise NotFound
    return Opened(person, path)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or b"", salt="link in a mail")
