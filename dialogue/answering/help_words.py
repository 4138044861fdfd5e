"""The words that ask for help, as a phone looks for them itself: help shows while a child types; nobody is told."""

import json
from functools import cache

from dialogue.answering.rules import LISTS, read_rules


@cache
def for_phones(language: str) -> bytes:
    """The rules of one language as JSON; of a language without rules none hold.

    `{"everyday": pattern, "parts": [pattern, …], "rules": [[number of a part, …], …]}`: a sentence asks for help when
    all parts of a rule are found in it, also after everyday words are taken out (`dialogue.answering.rules`).
    """
    path = LISTS / f"{language}.txt"
    found = read_rules(path.read_text() if path.exists() else "")
    rules = {tuple(part.source for part in rule.parts) for some in found.rules.values() for rule in some}
    parts = sorted({part for rule in rules for part in rule})
    numbered = sorted([parts.index(part) for part in rule] for rule in rules)
    everyday = found.everyday.pattern
    return json.dumps({"everyday": everyday, "parts": parts, "rules": numbered}, separators=(",", ":")).encode()
