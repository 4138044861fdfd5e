"""Every translation is complete: each sentence of code and pages is there, not fuzzy, with the same placeholders.

Some languages have the pages of children and for everybody only (`dialogue.web.i18n`): of those the sentences of
babel-child.cfg are asked.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from dialogue.web.i18n import DEFAULT, LANGUAGES, SPOKEN

ROOT = Path(__file__).parents[2]
OTHERS = [language for language in LANGUAGES if language != DEFAULT]
KEYWORDS = DEFAULT_KEYWORDS | {"_l": None, "lazy_gettext": None}
PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w+)\}")


def sentences(language: str) -> dict[Any, str]:
    """Every sentence that must be there in this language, and the file where it stands."""
    return collected("babel.cfg" if SPOKEN[language].whole else "babel-child.cfg")


@cache
def collected(name: str) -> dict[Any, str]:
    """Every sentence that is marked for translation in the files of this configuration."""
    with (ROOT / name).open() as config:
        methods, options = parse_mapping_cfg(config)
    found = extract_from_dir(str(ROOT), methods, options, KEYWORDS, strip_comment_tags=True)
    return {message: name for name, _line, message, _comments, _context in found if message}


@cache
def translations(language: str) -> dict[Any, Message]:
    """The messages of one language, by sentence (singular and plural together)."""
    path = ROOT / "dialogue" / "translations" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return {message.id: message for message in read_po(file, locale=language) if message.id}


def hidden() -> Iterator[str]:
    """Sentences inside an f-string: only Pythons from 3.12 on collect them."""
    for path in (ROOT / "dialogue").rglob("*.py"):
        strings = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.JoinedStr)]
        for call in (node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)):
            if ast.unparse(call.func) in KEYWORDS:
                yield f"{path.relative_to(ROOT)}: {ast.unparse(call)}"


def placeholders(text: str) -> set[str]:
    return {one or other for one, other in PLACEHOLDER.findall(text)}


def pairs(language: str) -> Iterator[tuple[set[str], str]]:
    """For each translation: the placeholders it may use, and what it says."""
    for message in translations(language).values():
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in said:
            yield set().union(*(placeholders(source) for source in sources)), text


def test_there_are_sentences_to_translate() -> None:
    assert len(sentences("en")) > len(sentences("ar")) > 100
    assert sentences("ar").keys() <= sentences("en").keys()


def test_no_sentence_is_hidden_where_it_is_not_collected() -> None:
    assert list(hidden()) == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated(language: str) -> None:
    known = translations(language)
    missing = [(where, text) for text, where in sentences(language).items() if text not in known]
    assert missing == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_empty_or_a_guess(language: str) -> None:
    unfinished = [message.id for message in translations(language).values() if message.fuzzy or not all(_said(message))]
    assert unfinished == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_count_has_all_its_forms(language: str) -> None:
    """Arabic has six, Ukrainian and Polish three."""
    path = ROOT / "dialogue" / "translations" / language / "LC_MESSAGES" / "messages.po"
    forms = Catalog(locale=language).num_plurals
    counted = re.findall(r"^msgid_plural .*?(?=^$|\Z)", path.read_text(), re.MULTILINE | re.DOTALL)
    assert counted
    assert {len(re.findall(r"^msgstr\[", one, re.MULTILINE)) for one in counted} == {forms}


@pytest.mark.parametrize("language", OTHERS)
def test_every_translation_has_the_same_placeholders(language: str) -> None:
    wrong = [(sorted(wanted), text) for wanted, text in pairs(language) if not _fits(wanted, text)]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_translated_that_is_not_said_any_more(language: str) -> None:
    assert [text for text in translations(language) if text not in sentences(language)] == []


def _said(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _fits(wanted: set[str], text: str) -> bool:
    """The same placeholders; only a singular may write out its number."""
    return placeholders(text) <= wanted and wanted - placeholders(text) <= {"num"}
