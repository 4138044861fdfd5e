"""The address map as tests walk it: every route with every method, and values that fill its parts."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.routing import Rule

METHODS = ("GET", "POST")
ANYTHING: dict[str, Any] = {"kind": "svg", "filename": "css/tokens.css", "language": "nl", "band": "B"}


class Door(NamedTuple):
    """One route and one method."""

    endpoint: str
    method: str
    rule: Rule

    def address(self, values: Mapping[str, Any]) -> str:
        """Its address, filled with `values`, else with anything."""
        filled = {name: values.get(name, self._anything(name)) for name in self.rule.arguments}
        _, path = self.rule.build(filled, append_unknown=False) or ("", "")
        assert path, f"{self.endpoint}: no address from {filled}"
        return path

    def _anything(self, name: str) -> Any:
        number = "int" in type(self.rule._converters[name]).__name__.lower()
        return ANYTHING.get(name, 1 if number else "x")


def doors(app: Flask) -> Iterator[Door]:
    """Every route and method of the application."""
    for rule in app.url_map.iter_rules():
        for method in METHODS:
            if method in (rule.methods or ()):
                yield Door(rule.endpoint, method, rule)


def guarded(app: Flask) -> list[Door]:
    """The routes that are not for everybody."""
    public = app.extensions["dialogue.public"]
    return [door for door in doors(app) if door.endpoint not in public]
