"""The kinds of questions there are, one line each. To add one: a file here, a line below, and its templates."""

from dialogue.questions.kinds.base import DONT_KNOW, SKIPPED, Kind, Summary
from dialogue.questions.kinds.one_choice import OneChoice
from dialogue.questions.kinds.own_words import OwnWords

__all__ = ["DONT_KNOW", "KINDS", "SKIPPED", "Kind", "Summary"]

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        OneChoice(),
        OwnWords(),
    )
}
