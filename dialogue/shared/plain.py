"""Advice on words that children read: what is long or hard in them."""

import re

from flask_babel import gettext as _

LONGEST_SENTENCE = 15  # words
LONGEST_WORD = 14  # letters
MOST_SHOWN = 5


def hard_to_read(text: str) -> list[str]:
    """Advice for a text that a nine-year-old should read: sentences and words that are long."""
    sentences = [s.strip() for s in re.split(r"[.!?\n]+", text) if len(s.split()) > LONGEST_SENTENCE]
    words = [word for word in re.findall(r"\w+", text) if len(word) > LONGEST_WORD]
    advice = [
        _("Lange zin (%(count)s woorden): “%(begin)s …”. Maak er twee van.", count=len(s.split()), begin=_begin(s))
        for s in sentences[:MOST_SHOWN]
    ]
    if words:
        advice.append(_("Moeilijk of lang: %(words)s.", words=", ".join(dict.fromkeys(words[:MOST_SHOWN]))))
    return advice


def _begin(sentence: str) -> str:
    return " ".join(sentence.split()[:5])
