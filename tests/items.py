"""Questions of other kinds, as they stand in a questionnaire; the two of most tests are in tests/builders.py."""

from typing import Any


def several_choices(key: str = "q1", most: int = 2, kind: str = "several_choices") -> dict[str, Any]:
    """An item of five options in Dutch and English, of which `most` may be chosen or put in order."""
    names = {"a": ("Fiets", "Bike"), "b": ("Bus", "Bus"), "c": ("Step", "Scooter"), "d": ("Auto", "Car")}
    names["e"] = ("Te voet", "On foot")
    options = [{"code": code, "picture": "", "positive": False, "retired": False} for code in names]
    texts = (("nl", "Hoe ga jij graag naar school?"), ("en", "How do you like to go to school?"))
    words = {
        language: {"question": question, "help": "", "options": {code: name[place] for code, name in names.items()}}
        for place, (language, question) in enumerate(texts)
    }
    config = {"options": options, "most": most}
    return {"key": key, "kind": kind, "indicator": "", "picture": "", "config": config, "words": words}


def a_grade(key: str = "q1") -> dict[str, Any]:
    """A grade from 0 to 10 in Dutch and English."""
    options = [{"code": str(n), "picture": "", "positive": n >= 6, "retired": False} for n in range(11)]
    words = {
        "nl": {"question": "Welk cijfer geef jij je buurt?", "help": "", "low": "heel slecht", "high": "heel goed"},
        "en": {"question": "How do you grade your area?", "help": "", "low": "very bad", "high": "very good"},
    }
    return {"key": key, "kind": "grade", "indicator": "", "picture": "", "config": {"options": options}, "words": words}
