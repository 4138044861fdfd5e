"""The pictures stand in the child's page as they are: they must be small, safe under the CSP and have words."""

import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dialogue.web.i18n import LANGUAGES

PICTURES = Path(__file__).parents[2] / "static" / "pictures"
WORDS = tomllib.loads((PICTURES / "pictures.toml").read_text(encoding="utf-8"))
FILES = sorted(PICTURES.glob("*.svg"))
LARGEST = 3 * 1024

each_picture = pytest.mark.parametrize("picture", FILES, ids=lambda file: file.stem)


def local_name(name: str) -> str:
    return name.rpartition("}")[2].lower()


def elements(picture: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(picture).iter())


def test_there_are_pictures_to_look_at():
    assert len(FILES) >= 90


@each_picture
def test_a_picture_is_an_svg_that_scales(picture):
    root = elements(picture)[0]
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("viewBox") == "0 0 72 72"
    assert not {"width", "height"} & set(root.keys())


@each_picture
def test_a_picture_brings_no_style_and_no_script(picture):
    for element in elements(picture):
        assert local_name(element.tag) not in {"style", "script", "foreignobject", "image", "a"}
        names = {local_name(name) for name in element.attrib}
        assert "style" not in names
        assert not [name for name in names if name.startswith("on")]


@each_picture
def test_a_picture_fetches_nothing_from_elsewhere(picture):
    for element in elements(picture):
        for name, value in element.items():
            assert local_name(name) not in {"href", "src"}
            assert "url(" not in value
            assert "//" not in value


@each_picture
def test_two_pictures_on_one_page_cannot_clash(picture):
    names = {local_name(name) for element in elements(picture) for name in element.attrib}
    assert not names & {"id", "class"}


@each_picture
def test_a_picture_is_at_most_three_kilobytes(picture):
    assert picture.stat().st_size <= LARGEST


def test_every_picture_has_words_and_all_words_have_a_picture():
    assert {file.stem for file in FILES} == set(WORDS)


@pytest.mark.parametrize("name", sorted(WORDS))
def test_the_words_exist_in_every_language(name):
    words = WORDS[name]
    assert set(words) == {"code", "topic", *LANGUAGES}
    assert all(words[part].strip() for part in ("topic", *LANGUAGES))


def test_one_code_stands_for_one_picture():
    codes = [words["code"] for words in WORDS.values() if words["code"]]
    assert len(codes) == len(set(codes))


def test_no_two_pictures_are_called_the_same():
    for language in LANGUAGES:
        called = [words[language] for words in WORDS.values()]
        assert len(called) == len(set(called))
