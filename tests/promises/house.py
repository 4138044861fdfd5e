"""An installation that takes any request and is as new after every change; and what its own forms would send."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, got_request_exception
from werkzeug.wrappers import Response

from dialogue.shared.database import db
from tests.pages import Page
from tests.promises.nonsense import Request
from tests.promises.snapshot import take
from tests.web.routes import doors

SENTENCE = "Dit is een gewone zin."
Records = dict[str, Any]  # for every name that stands in an address: a record


class House:
    """An installation with one record of each kind: it takes a request, and is as new after every change."""

    def __init__(self, app: Flask, cookies: dict[str, str], folder: Path) -> None:
        self.app, self.cookies, self.crashes = app, cookies, []
        self._snapshot = take(folder)
        self._version = self._snapshot.version()
        self.checked: set[tuple[str, int]] = set()
        got_request_exception.connect(self._crashed, app)

    def answer(self, request: Request) -> tuple[Response, bool]:
        """What is answered, and whether anything was written."""
        self.crashes.clear()
        self.app.config["WTF_CSRF_ENABLED"] = request.with_token
        response = Response.from_app(self.app, request.environ(self.cookies[request.who]), buffered=True)
        changed = self._snapshot.version() != self._version
        if changed:
            db.session.rollback()
            self._snapshot.put_back()
            self._version = self._snapshot.version()
        return response, changed

    def close(self) -> None:
        self._snapshot.close()

    def _crashed(self, _app: Flask, exception: Exception) -> None:
        self.crashes.append(exception)


def fields_of_forms(house: House, records: Records) -> dict[str, dict[str, list[str]]]:
    """Per endpoint, the fields of the forms that our own pages show for it, with values that may be chosen."""
    adapter, found = house.app.url_map.bind("localhost"), {}
    for door in doors(house.app):
        if door.method != "GET" or door.endpoint == "static":
            continue
        path = door.address(records | records.get(door.endpoint.split(".")[0], {})).encode()
        response, _changed = house.answer(Request(door, "mighty", "GET", path))
        if response.status_code != 200 or "html" not in response.content_type:
            continue
        page = Page(response)
        for form in page.all("form", method="post"):
            buttons = {b.get("formaction") for b in form.iter("button")} | {form.get("action") or path.decode()}
            for action in filter(None, buttons):
                endpoint = adapter.match(action.split("?")[0].split("#")[0], method="POST")[0]
                found.setdefault(endpoint, {}).update(_fields(form))
    return found


def typed(forms: dict[str, dict[str, list[str]]], endpoint: str) -> bytes:
    """What somebody sends who fills in everything and chooses the last of all choices."""
    said = {name: values[-1] if values else SENTENCE for name, values in forms.get(endpoint, {}).items()}
    return urlencode(said).encode()


def _fields(form: Any) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for element in form.iter():
        name = element.get("name") if element.tag in ("input", "select", "textarea", "button") else None
        if name:
            values = [option.get("value", "") for option in element.iter("option")] or [element.get("value", "")]
            fields.setdefault(name, []).extend(value for value in values if value)
    return fields
