"""What a note to the college says of one signal: asked, said, proposed, why, what it costs; rounded as on screen."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from dialogue.decisions.advice_models import Advice
from dialogue.decisions.advice_queries import advice_on
from dialogue.decisions.advice_rules import followed_words
from dialogue.decisions.asked import picture_of, question
from dialogue.decisions.models import Outcome
from dialogue.decisions.note_queries import Item
from dialogue.decisions.part_queries import parts_of
from dialogue.decisions.words import outcome_words
from dialogue.results.queries import public_publication
from dialogue.shared.word import Word
from dialogue.signals.basis_queries import quotes, said
from dialogue.signals.words import band_words, said_words
from dialogue.web.i18n import day, in_language

QUOTES = 3
Section = Callable[[Word, Item], None]


def sections() -> dict[str, tuple[str, Section]]:
    """The sections in their order: name in a template -> (heading, what writes it)."""
    return {
        "vraag": (_("Wat we vroegen"), _asked),
        "gezegd": (_("Wat kinderen en jongeren zeiden"), _said),
        "voorstel": (_("Wat we voorstellen"), _proposed),
        "reden": (_("De reden, zoals kinderen ze lezen"), _reason),
        "budget": (_("Budget en plan"), _costs),
    }


def _asked(paper: Word, item: Item) -> None:
    signal = item.signal
    consultation, wave = signal.consultation, signal.wave
    asked = question(signal, _language(item))
    for words in filter(None, (in_language(consultation.titles), asked)):
        paper.paragraph(words)
    if consultation.advised:
        return
    bands = sorted({instrument.band for instrument in wave.instruments})
    whom = ", ".join(band_words(band) for band in bands)
    paper.paragraph(
        _("%(department)s vroeg dit aan %(whom)s.", department=consultation.department.name, whom=whom)
        if whom
        else _("%(department)s vroeg dit.", department=consultation.department.name)
    )
    tables = public_publication(wave.id)
    if tables and tables["responses"]:
        paper.paragraph(_("Er kwamen %(count)s antwoorden.", count=tables["responses"]))


def _said(paper: Word, item: Item) -> None:
    said_ = said(item.signal)
    where = ngettext("op %(num)s plaats", "op %(num)s plaatsen", said_.places) if said_.places else ""
    paper.paragraph(", ".join(filter(None, [said_words(said_), *map(band_words, said_.bands), where])) + ".")
    if said_.ticked and said_.written:
        paper.paragraph(_("Aankruisen en schrijven tellen we niet op: hetzelfde kind kan beide doen."))
    if picture := picture_of(item.signal, _language(item)):
        paper.picture(picture)
    paper.bullets([f"“{quote}”" for quote in quotes(item.signal)[:QUOTES]])
    for advice in advice_on([item.signal.id]).get(item.signal.id, ()):
        _advised(paper, advice)


def _advised(paper: Word, advice: Advice) -> None:
    """What the youth council advises about it, and what was answered."""
    what, came = _("Advies van de jeugdraad"), _("binnengekomen op %(day)s", day=day(advice.received_on))
    paper.paragraph(f"{what}: {advice.title} ({came})")
    said_ = [line for line in advice.text.split("\n") if line]
    paper.bullets([*said_, *([advice.stored.name] if advice.stored else [])])
    if advice.answer:
        because = _("Omdat:")
        paper.paragraph(f"{followed_words(advice.answer.followed)}. {because} {advice.answer.reason}")


def _proposed(paper: Word, item: Item) -> None:
    if item.proposal is None:
        paper.paragraph(_("Over dit signaal ligt er geen voorstel meer."))
        return
    answer = outcome_words(item.proposal.outcome).removesuffix(" …")
    if item.proposal.outcome == Outcome.UNDER_STUDY and item.brought and item.brought.until:
        answer += f" {day(item.brought.until)}"
    if item.proposal.outcome == Outcome.NOT_OURS and item.brought:
        answer += f" {item.brought.passed_to}"
    who = _("Voorstel van %(department)s:", department=item.proposal.department.name)
    paper.paragraph(f"{who} {answer}. {item.proposal.what}")
    for asked in parts_of(item.signal.id):
        part = asked.part
        who = _("Deel van %(department)s:", department=part.department.name)
        answer = part.answer or _("nog niet gegeven, gevraagd op %(day)s", day=day(part.asked_at))
        paper.paragraph(f"{who} {answer}")


def _reason(paper: Word, item: Item) -> None:
    paper.paragraph(item.proposal.reason if item.proposal else "–")


def _costs(paper: Word, item: Item) -> None:
    paper.paragraph(_("Budget: %(budget)s", budget=item.line.budget or _("nog niet ingevuld")))
    paper.paragraph(_("Plancodes: %(codes)s", codes=", ".join(item.line.plan_codes) or _("nog niet ingevuld")))


def _language(item: Item) -> str:
    return item.signal.consultation.municipality.language
