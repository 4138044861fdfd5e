"""A question (item) as it stands in a version and in a frozen questionnaire, and what can be done with a list of them.

{"key": "q1", "kind": "one_choice", "indicator": "MOB-1" or "", "picture": "bike" or "", "config": {…},
 "words": {"nl": {"question": …, "help": …, "options": {"a": …}}, "en": {…}}}
"""

from collections.abc import Collection
from typing import Any

from dialogue.shared.errors import NotFound

Item = dict[str, Any]
Document = dict[str, Any]  # {"band", "languages", "items"}


def find(items: list[Item], key: str) -> Item:
    """The item with this key; raises NotFound."""
    for item in items:
        if item["key"] == key:
            return item
    raise NotFound


def changed(items: list[Item], item: Item) -> list[Item]:
    """The list with `item` in the place of the one that has its key."""
    find(items, item["key"])
    return [item if old["key"] == item["key"] else old for old in items]


def without(items: list[Item], key: str) -> list[Item]:
    """The list without this item."""
    find(items, key)
    return [item for item in items if item["key"] != key]


def moved(entries: list[dict[str, Any]], entry: dict[str, Any], by: int) -> list[dict[str, Any]]:
    """The list with `entry` moved `by` places; at an end it stays where it is."""
    rest = list(entries)
    place = rest.index(entry)
    rest.remove(entry)
    rest.insert(max(0, place + by), entry)
    return rest


def in_languages(item: Item, languages: Collection[str]) -> Item:
    """The item with wording in these languages only."""
    return item | {"words": {language: item["words"].get(language, {}) for language in languages}}


def question(item: Item, language: str) -> str:
    """The question in this language, or in the first that has one, or nothing."""
    words: dict[str, dict[str, Any]] = item["words"]
    texts = [words.get(language, {}).get("question"), *(own.get("question") for own in words.values())]
    return next((text for text in texts if text), "")
