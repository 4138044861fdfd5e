"""The note to the college as a Word document: numbers as the screen shows them, on the town's paper or on ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from flask_babel import force_locale
from flask_babel import gettext as _

from dialogue.decisions.note_models import CollegeNote
from dialogue.decisions.note_queries import Item, items_of
from dialogue.decisions.note_sections import Section, sections
from dialogue.ledger.queries import head
from dialogue.people.models import Municipality
from dialogue.people.queries import municipality
from dialogue.shared.clock import today
from dialogue.shared.word import Word
from dialogue.web.i18n import day, in_language

ALL = "signalen"  # the place for every signal with all its sections


@dataclass(frozen=True)
class Place:
    """One place of a template: what fills it, and words by which people know it."""

    name: str
    meaning: str


def draw(note: CollegeNote, template: bytes | None) -> bytes:
    """The note in the language of its town. Slow: call it outside the lock."""
    town = municipality(note.municipality_id)
    with force_locale(town.language):
        items, words = items_of(note), _words(note, town)
        paper = Word(note.title, town.name, f"{town.language}-{town.country}", template=template)
        if template:
            each = {name: partial(_section, paper, items, write) for name, (_title, write) in sections().items()}
            paper.fill(words, each | {ALL: partial(_signals, paper, items)})
        else:
            _own_paper(paper, words, items, is_example=town.is_example)
        return paper.bytes()


def places() -> list[Place]:
    """The places that a template may have, in the order in which a page lists them."""
    return [
        Place("titel", _("de titel van de nota")),
        Place("gemeente", _("de naam van de gemeente")),
        Place("vergadering", _("de dag van de vergadering")),
        Place("opsteller", _("wie de nota maakte")),
        Place("diensten", _("de diensten die een antwoord voorstellen")),
        Place("vandaag", _("de dag waarop je de nota ophaalt")),
        Place("zegel", _("het zegel van het logboek")),
        Place(ALL, _("alle signalen, met alles wat hieronder staat")),
        *(Place(name, title) for name, (title, _write) in sections().items()),
    ]


def parts() -> set[str]:
    """The places that are filled with paragraphs, and cannot stand at the head or foot of a page."""
    return {ALL, *sections()}


def _words(note: CollegeNote, town: Municipality) -> dict[str, str]:
    departments = dict.fromkeys(line.signal.department.name for line in note.lines)
    return {
        "titel": note.title,
        "gemeente": town.name,
        "vergadering": day(note.meets_on),
        "opsteller": note.made_by.name,
        "diensten": ", ".join(departments),
        "vandaag": day(today()),
        "zegel": head(),
    }


def _own_paper(paper: Word, words: Mapping[str, str], items: Sequence[Item], *, is_example: bool) -> None:
    paper.footer(words["titel"])
    paper.title(words["titel"])
    if is_example:
        paper.paragraph(_("Voorbeeld: deze gemeente bestaat niet echt. Antwoorden en besluiten zijn verzonnen."))
    paper.paragraph(_("Nota aan het college van %(gemeente)s, vergadering van %(vergadering)s.", **words))
    paper.paragraph(_("Gemaakt door %(opsteller)s (%(diensten)s) op %(vandaag)s.", **words))
    _signals(paper, items)
    paper.heading(_("Zegel"))
    paper.paragraph(_("Dit is het zegel van de laatste regel van het logboek toen deze nota werd opgehaald."))
    paper.paragraph(words["zegel"])


def _signals(paper: Word, items: Sequence[Item]) -> None:
    """Every signal with all its sections."""
    for item in items:
        paper.heading(f"“{in_language(item.signal.titles)}”")
        for title, write in sections().values():
            paper.heading(title, 2)
            write(paper, item)


def _section(paper: Word, items: Sequence[Item], write: Section) -> None:
    """One section of every signal, under the signal's own heading where there are several."""
    for item in items:
        if len(items) > 1:
            paper.heading(f"“{in_language(item.signal.titles)}”", 3)
        write(paper, item)
