"""Charts are drawn in the languages in which staff look at them, with every letter of these."""

import warnings

import pytest
from flask import Flask

from dialogue.results.charts import draw_charts
from dialogue.results.jobs import open_boxes
from dialogue.results.queries import charts_of
from tests.builders import Cast, a_choice, a_consultation
from tests.pages import Pages
from tests.results.box import close, post

LABELS = ["bardzo niebezpieczna, źle", "небезпечно", "güvenli ğış", "łatwo"]


def drawn(cast: Cast, languages: list[str]) -> int:
    """A closed round of thirty children that was asked in these languages; returns its id."""
    item = a_choice("q1")
    words = {"question": "Pytanie?", "help": "", "options": dict(zip("abcd", LABELS, strict=True))}
    item["words"] = dict.fromkeys(languages, words)
    titles = dict.fromkeys(languages, "Droga")
    consultation = a_consultation(cast.mobility, items=[item], titles=titles, languages=languages)
    wave_id = consultation.waves[0].id
    for option in "abc":
        post(consultation, 10, options=option)
    close(consultation)
    open_boxes()
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a letter that is missing
        draw_charts({"wave": wave_id})
    return wave_id


@pytest.mark.parametrize(
    ("languages", "seen"),
    [(["nl", "ar", "uk"], {"nl"}), (["pl", "fr"], {"pl", "fr"}), (["ar", "de"], {"de"}), (["ar"], set())],
)
def test_staff_see_the_chart_in_their_language_or_the_main_one(
    app: Flask, cast: Cast, languages: list[str], seen: set[str]
) -> None:
    assert charts_of(drawn(cast, languages)) == {f"B-q1-{language}" for language in seen}


def test_where_arabic_is_the_only_language_the_table_stands_open_instead(pages: Pages, cast: Cast) -> None:
    page = pages.as_(cast.ada).get(f"/desk/results/{drawn(cast, ['ar'])}")
    assert not page.all("img", class_="chart")
    assert page.all("details", open="")
