"""The options of a question: their codes are never reused, and one that goes is retired, not deleted."""

from collections.abc import Iterable
from string import ascii_lowercase
from typing import Any

from dialogue.questions.items import Item, moved
from dialogue.shared.errors import NotFound

Option = dict[str, Any]  # {"code", "picture", "positive", "retired"}


def new_options(codes: Iterable[str]) -> list[Option]:
    """Options without pictures, of which none is good news."""
    return [_option(code) for code in codes]


def options_of(item: Item) -> list[Option]:
    """The options that are asked now."""
    return [option for option in item["config"]["options"] if not option["retired"]]


def label(item: Item, code: str, language: str) -> str:
    """What an option is called in this language ("" when it has no name yet)."""
    return str(item["words"].get(language, {}).get("options", {}).get(code, ""))


def with_option(item: Item) -> Item:
    """The item with one more option, under a code it never had."""
    options = item["config"]["options"]
    code = ascii_lowercase[len(options)] if len(options) < len(ascii_lowercase) else f"o{len(options) + 1}"
    return _with(item, [*options, _option(code)])


def without_option(item: Item, code: str) -> Item:
    """The item with this option retired."""
    gone = _find(item, code)
    return _with(item, [o | {"retired": True} if o is gone else o for o in item["config"]["options"]])


def with_option_moved(item: Item, code: str, by: int) -> Item:
    """The item with this option moved among those that are asked."""
    retired = [option for option in item["config"]["options"] if option["retired"]]
    return _with(item, moved(options_of(item), _find(item, code), by) + retired)


def _option(code: str) -> Option:
    return {"code": code, "picture": "", "positive": False, "retired": False}


def _with(item: Item, options: list[Option]) -> Item:
    return item | {"config": item["config"] | {"options": options}}


def _find(item: Item, code: str) -> Option:
    for option in options_of(item):
        if option["code"] == code:
            return option
    raise NotFound
