"""The kinds of questions there are, one line each. To add one: a file here, a line below, and its templates."""

from dialogue.questions.kinds.base import CHOSE, DONT_KNOW, SKIPPED, TOGETHER, Counted, Kind, Summary, codes_in
from dialogue.questions.kinds.grade import Grade
from dialogue.questions.kinds.one_choice import OneChoice
from dialogue.questions.kinds.order import Order
from dialogue.questions.kinds.own_words import OwnWords
from dialogue.questions.kinds.several_choices import SeveralChoices

__all__ = ["CHOSE", "DONT_KNOW", "KINDS", "SKIPPED", "TOGETHER", "Counted", "Kind", "Summary", "codes_in"]

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        OneChoice(),
        SeveralChoices(),
        Order(),
        Grade(),
        OwnWords(),
    )
}
