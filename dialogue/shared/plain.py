"""Advice on words that children read: what is long or hard in them."""

import re

from flask_babel import gettext as _

LONGEST_SENTENCE = 15  # words
LONGEST_WORD = {"nl": 14, "de": 16, "fr": 13, "en": 12}  # letters: German joins words, English does not
MOST_SHOWN = 5


def hard_to_read(text: str, language: str = "nl", most_words: int | None = None) -> list[str]:
    """Advice for a text that a nine-year-old should read: sentences (of more than `most_words`) and words too long."""
    longest = LONGEST_WORD.get(language, max(LONGEST_WORD.values()))
    found = re.split(r"[.!?؟\n]+", text)
    sentences = [s.strip() for s in found if len(s.split()) > (most_words or LONGEST_SENTENCE)]
    words = [word for word in re.findall(r"\w+", text) if len(word) > longest]
    advice = [
        _("Lange zin (%(count)s woorden): “%(begin)s …”. Maak er twee van.", count=len(s.split()), begin=_begin(s))
        for s in sentences[:MOST_SHOWN]
    ]
    if words:
        advice.append(_("Moeilijk of lang: %(words)s.", words=", ".join(dict.fromkeys(words[:MOST_SHOWN]))))
    return advice


def _begin(sentence: str) -> str:
    return " ".join(sentence.split()[:5])
