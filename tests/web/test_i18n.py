"""A page speaks the language of its reader, and writes days as that language does."""

from datetime import date

import pytest
from flask import Flask
from flask_babel import force_locale

from dialogue.web.i18n import WHOLE, capital, day, day_short, quoted, small
from tests.builders import Cast
from tests.pages import Pages

FIRST, OTHER = date(2026, 3, 1), date(2026, 3, 12)


@pytest.mark.parametrize(
    ("language", "first", "other"),
    [
        ("nl", "1 maart 2026", "12 maart 2026"),
        ("en", "1 March 2026", "12 March 2026"),
        ("fr", "1er mars 2026", "12 mars 2026"),
        ("de", "1. März 2026", "12. März 2026"),
    ],
)
def test_a_day_is_written_as_in_its_language(app: Flask, language: str, first: str, other: str) -> None:
    with force_locale(language):
        assert (day(FIRST), day(OTHER)) == (first, other)
        assert (day_short(FIRST), day_short(OTHER)) == (first.removesuffix(" 2026"), other.removesuffix(" 2026"))


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "“{}”"), ("en", "“{}”"), ("fr", "«\u00a0{}\u00a0»"), ("de", "„{}“")],
)
def test_words_are_quoted_as_in_the_language_of_the_page(app: Flask, language: str, said: str) -> None:
    with force_locale(language):
        assert quoted("<b>") == said.format("<bdi>&lt;b&gt;</bdi>")


def test_a_first_letter_changes_and_german_nouns_keep_their_capitals() -> None:
    assert capital("das Gemeindekollegium") == "Das Gemeindekollegium"
    assert small("Nein, mit Grund") == "nein, mit Grund"
    assert capital("") == small("") == ""


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        ("fr-BE, nl;q=0.5", "fr"),
        ("de-AT", "de"),
        ("en-GB", "en"),
        ("nl-BE", "nl"),
        ("es, de;q=0.3", "de"),
        ("es", "nl"),
    ],
)
def test_a_page_speaks_the_language_of_the_browser(pages: Pages, cast: Cast, wanted: str, spoken: str) -> None:
    page = pages.client.get("/sign-in", headers={"Accept-Language": wanted})
    assert f'<html lang="{spoken}"' in page.text


@pytest.mark.parametrize("language", WHOLE)
def test_a_language_that_is_asked_for_goes_before_the_browser(pages: Pages, cast: Cast, language: str) -> None:
    page = pages.client.get(f"/sign-in?lang={language}", headers={"Accept-Language": "es"})
    assert f'<html lang="{language}"' in page.text


@pytest.mark.parametrize("asked", ["xx", "fr_BE", "../fr", ""])
def test_a_language_nobody_speaks_changes_nothing(pages: Pages, cast: Cast, asked: str) -> None:
    page = pages.client.get("/sign-in", query_string={"lang": asked}, headers={"Accept-Language": "fr"})
    assert '<html lang="fr"' in page.text
