"""The first child waits no longer than the others: what its page needs was read before the web server parted."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from dialogue.answering import pages as child_pages
from dialogue.answering import rules
from dialogue.answering.doors import Sheet
from dialogue.answering.readiness import get_ready
from tests.builders import Cast, a_consultation
from tests.pages import Pages


@pytest.fixture
def read(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which page templates and lists of words are read from now on, from nothing kept."""
    found: list[str] = []

    def noting(what: str, made: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *arguments, **more: (found.append(what), made(*arguments, **more))[1]

    loader = app.jinja_env.loader
    assert loader is not None
    monkeypatch.setattr(loader, "load", noting("page", loader.load))
    monkeypatch.setattr(rules, "read_rules", noting("words", rules.read_rules))
    assert app.jinja_env.cache is not None
    app.jinja_env.cache.clear()
    rules._languages.cache_clear()
    child_pages._made.cache_clear()
    return found


def first_child(pages: Pages, cast: Cast) -> None:
    a_consultation(cast.mobility, code="NAARSC")
    assert pages.client.get("/c/NAARSC/B/nl").status_code == 200
    assert not rules.asks_for_help("De fietsenrekken staan vol.")


def test_the_first_child_waits_for_no_template_and_no_words(
    app: Flask, pages: Pages, cast: Cast, read: list[str]
) -> None:
    get_ready(app)
    assert {"page", "words"} == set(read)
    read.clear()
    first_child(pages, cast)
    assert read == []


def test_who_is_not_ready_is_noticed(pages: Pages, cast: Cast, read: list[str]) -> None:
    first_child(pages, cast)
    assert {"page", "words"} == set(read)


def test_a_class_that_asks_at_once_has_its_page_made_once(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_consultation(cast.mobility, code="NAARSC")
    made: list[str] = []

    def slowly(sheet: Sheet) -> str:
        time.sleep(0.05)  # all of them are here by now
        made.append(sheet.language)
        return "<p>"

    monkeypatch.setattr(child_pages, "render_sheet", slowly)
    child_pages._made.cache_clear()
    with ThreadPoolExecutor(8) as phones:
        answers = list(phones.map(lambda _phone: app.test_client().get("/c/NAARSC/B/nl").status_code, range(8)))
    child_pages._made.cache_clear()
    assert answers == [200] * 8
    assert made == ["nl"]
