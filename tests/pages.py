"""A strict page client: every page it fetches must be a good page, so quality is a by-product of every test."""

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from dialogue.people.services import start_session
from dialogue.shared.database import writing

IGNORED_PARSE_ERRORS = {"expected-closing-tag-but-got-eof"}


class Page:
    """One fetched page: its text and its elements."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.root: Element = parser.parse(self.html)
        self.errors = [e for e in parser.errors if e[1] not in IGNORED_PARSE_ERRORS]

    @property
    def text(self) -> str:
        """All visible text, spaces folded."""
        body = self.root.find("body")
        return " ".join("".join(body.itertext()).split()) if body is not None else ""

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements with this tag and these attributes (write class_ for class)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [e for e in self.root.iter(tag) if all(e.get(n) == v for n, v in wanted.items())]

    def links(self) -> list[str]:
        """Addresses of all links."""
        return [a.get("href", "") for a in self.root.iter("a")]

    @property
    def seen(self) -> str:
        """What its form sends along unseen: what stood there when the page was made."""
        return self.all("input", name="seen")[0].get("value") or ""

    @property
    def h1(self) -> str:
        return " ".join("".join(self.all("h1")[0].itertext()).split())


class Pages:
    """Fetch pages as nobody or as a person of the cast."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def as_(self, person: Any) -> "Pages":
        """A client signed in as this staff member."""
        signed_in = Pages(self.app)
        with writing():
            token = start_session(person.id)
        with signed_in.client.session_transaction() as session:
            session["staff"] = token
        return signed_in

    def get(self, url: str, *, status: int = 200, **kwargs: Any) -> Page:
        """Fetch a page, following redirects within the site; it must be a good page."""
        response = self.client.get(url, follow_redirects=True, **kwargs)
        assert response.status_code == status, f"{url}: {response.status_code} {response.get_data(as_text=True)[:500]}"
        return check(Page(response), url)

    def post(self, url: str, data: dict[str, Any] | None = None, *, status: int = 200, **kwargs: Any) -> Page:
        """Send a form and follow the redirect; the page that comes back must be good."""
        response = self.client.post(url, data=data or {}, follow_redirects=True, **kwargs)
        assert response.status_code == status, f"{url}: {response.status_code} {response.get_data(as_text=True)[:800]}"
        return check(Page(response), url)


def check(page: Page, url: str) -> Page:
    """Valid HTML, a language, a title, one h1, unique ids, labels, a policy, nothing from a third party."""
    for complaint in _complaints(page):
        raise AssertionError(f"{url}: {complaint}\n{page.html[:3000]}")
    return page


def _complaints(page: Page) -> list[str]:
    checks: list[Callable[[Page], list[str]]] = [_parse, _head, _ids, _labels, _inline, _third_parties, _policy]
    return [complaint for one in checks for complaint in one(page)]


def _parse(page: Page) -> list[str]:
    return [f"not valid HTML: {code} at {position} {data}" for position, code, data in page.errors]


def _head(page: Page) -> list[str]:
    found = []
    if not page.root.get("lang"):
        found.append("no language")
    titles = page.all("title")
    if len(titles) != 1 or not (titles[0].text or "").strip(" ·"):
        found.append("no title")
    if len(page.all("h1")) != 1:
        found.append(f"{len(page.all('h1'))} h1 elements")
    return found


def _ids(page: Page) -> list[str]:
    ids = [e.get("id") for e in page.root.iter() if isinstance(e.tag, str) and e.get("id")]
    return [f"id {name} stands twice" for name in {i for i in ids if ids.count(i) > 1}]


def _labels(page: Page) -> list[str]:
    labelled = {label.get("for") for label in page.root.iter("label")}
    inside = {id(field) for label in page.root.iter("label") for field in label.iter()}
    found = []
    for tag in ("input", "select", "textarea"):
        for field in page.root.iter(tag):
            if field.get("type") in ("hidden", "submit", "button"):
                continue
            named = (
                field.get("id") in labelled
                or id(field) in inside
                or field.get("aria-label")
                or field.get("aria-labelledby")
            )
            if not named:
                found.append(f"{tag} {field.get('name')} has no label")
    for image in page.root.iter("img"):
        if image.get("alt") is None:
            found.append(f"img {image.get('src')} has no alt")
    for button in [*page.root.iter("button"), *page.root.iter("a")]:
        words = (
            "".join(button.itertext()).strip()
            or button.get("aria-label")
            or any(i.get("alt") or i.get("aria-label") for i in button.iter())
        )
        if not words:
            found.append(f"{button.tag} without words: {button.attrib}")
    return found


def _inline(page: Page) -> list[str]:
    found = [f"style attribute on {e.tag}" for e in page.root.iter() if isinstance(e.tag, str) and e.get("style")]
    found += [
        f"{n} on {e.tag}"
        for e in page.root.iter()
        if isinstance(e.tag, str)
        for n in e.attrib
        if str(n).startswith("on")
    ]
    return found + [
        "inline script" for s in page.all("script") if not s.get("src") and s.get("type") != "application/json"
    ]


def _third_parties(page: Page) -> list[str]:
    loading = [(e.get("src") or "") for e in page.root.iter() if isinstance(e.tag, str)]
    loading += [link.get("href") or "" for link in page.all("link")]
    return [
        f"loads {address}" for address in loading if re.match(r"(https?:)?//", address) and "//localhost" not in address
    ]


def _policy(page: Page) -> list[str]:
    policy = page.response.headers.get("Content-Security-Policy", "")
    ok = "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    return [] if ok else [f"policy: {policy}"]
