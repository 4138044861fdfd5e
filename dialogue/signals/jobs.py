"""Background work of signals."""

from dialogue.signals.erasing import erase_words

__all__ = ["erase_words"]
