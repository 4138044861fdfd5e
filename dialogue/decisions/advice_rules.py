"""By when advice of the youth council is answered, and what an answer must hold."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask_babel import gettext as _

from dialogue.decisions.addresses import why_not_decision_address
from dialogue.decisions.advice_models import Advice, AdviceAnswer, Followed

DAYS, FEWEST_DAYS, MOST_DAYS = 60, 14, 180  # the decree of 6 July 2012 asks for reasons, and names no number of days


def due_day(received_on: date, days: int) -> date:
    """The day by which there must be an answer."""
    return received_on + timedelta(days=days)


def why_not_receive(received_on: date, today: date, *, said: bool) -> list[str]:
    """Reasons why this is no advice that came in; `said`: there is a text or a document."""
    reasons = []
    if received_on > today:
        reasons.append(_("Deze dag moet nog komen."))
    if not said:
        reasons.append(_("Schrijf wat de jeugdraad adviseert, of voeg het document toe."))
    return reasons


def why_not_answer(advice: Advice, decided_on: date, reason: str, uri: str, today: date, *, seen: int) -> list[str]:
    """Reasons why this is no answer; `seen` is the answer (0: none) that stood when the person began."""
    reasons = []
    if seen != (advice.answer.id if advice.answer else 0):
        reasons.append(_("Iemand noteerde intussen al een antwoord op dit advies. Lees dat eerst."))
    if not reason.strip():
        reasons.append(_("Schrijf waarom, ook als het advies gevolgd wordt."))
    if decided_on > today:
        reasons.append(_("Deze dag moet nog komen. Noteer een besluit pas als het genomen is."))
    if decided_on < advice.received_on:
        reasons.append(_("Deze dag komt voor de dag waarop het advies binnenkwam."))
    return reasons + why_not_decision_address(uri)


def why_not_make_signal(advice: Advice, titles: Mapping[str, str]) -> list[str]:
    """Reasons why no signal with these sentences can be made out of this advice."""
    if any(set(titles.values()) & set(one.signal.titles.values()) for one in advice.about):
        return [_("Dit signaal bestaat al.")]
    return []


def why_not_days(days: int) -> list[str]:
    """Reasons why advice cannot be answered within so many days."""
    if FEWEST_DAYS <= days <= MOST_DAYS:
        return []
    return [_("Kies een getal van %(fewest)d tot %(most)d.", fewest=FEWEST_DAYS, most=MOST_DAYS)]


def followed_words(followed: Followed) -> str:
    """How far an advice is followed, for everybody."""
    words = {
        Followed.WHOLLY: _("We volgen het advies"),
        Followed.PARTLY: _("We volgen het advies voor een stuk"),
        Followed.NOT: _("We volgen het advies niet"),
    }
    return words[followed]


def followed_colour(answer: AdviceAnswer | None) -> str:
    """The colour word of its chip; never the only sign."""
    colours = {Followed.WHOLLY: "yes", Followed.PARTLY: "partly", Followed.NOT: "no"}
    return colours[answer.followed] if answer else "waiting"
