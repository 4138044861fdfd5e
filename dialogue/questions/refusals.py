"""Why an answer is not taken, in words for the child who gave it; a page without script shows them."""

from flask_babel import gettext as _

from dialogue.shared.errors import Refused


def no_such_answer() -> Refused:
    """It is not on the list of the question."""
    return Refused(_("Dit antwoord hoort niet bij deze vraag."))


def chosen_twice() -> Refused:
    """The same answer, more than once."""
    return Refused(_("Kies elk antwoord maar één keer."))


def too_many(most: int) -> Refused:
    """More answers than may be chosen."""
    return Refused(_("Kies er hoogstens %(most)s.", most=most))


def too_long(most: int) -> Refused:
    """More characters than may be written."""
    return Refused(_("Dit is te lang: hoogstens %(max)d tekens.", max=most))


def nothing_written() -> Refused:
    """Only blanks, where an answer is all there is."""
    return Refused(_("Schrijf eerst iets."))
