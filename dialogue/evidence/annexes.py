"""The annexes of a dossier: one list gives the page, the Word document, the PDF and the ZIP the same numbers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask_babel import gettext as _

from dialogue.consultations.words import round_words, title
from dialogue.decisions.models import Proof
from dialogue.evidence import chapters
from dialogue.evidence.chapters import Chains, Numbers
from dialogue.evidence.proofs import is_document, proof
from dialogue.evidence.queries import Gathered
from dialogue.evidence.rounds import results, workbook
from dialogue.shared.paper import Paper
from dialogue.shared.text import slug


@dataclass(frozen=True)
class Annex:
    """An annex; `file`, where there is one, makes what goes along in the ZIP as a file of its own."""

    key: str  # "decisions", "wave:3", "proof:7"
    title: str
    write: Callable[[Paper, Numbers], None]
    file: Callable[[], bytes] | None = None
    ending: str = ""
    number: int = 0

    @property
    def heading(self) -> str:
        """'Bijlage 7 – Resultaten: …'"""
        return _("Bijlage %(number)s – %(title)s", number=self.number, title=self.title)

    @property
    def file_name(self) -> str:
        """bijlage-07-resultaten-….xlsx"""
        annex = slug(_("bijlage"))
        return f"{annex}-{self.number:02}-{slug(self.title)}{self.ending}"


def annexes(found: Gathered, chosen: Chains) -> dict[str, Annex]:
    """All annexes by their key, in the order of their numbers: what every dossier has, then rounds, then proof."""
    unnumbered = [*_always(found, chosen), *_rounds(found), *_proofs(found)]
    return {annex.key: replace(annex, number=number) for number, annex in enumerate(unnumbered, 1)}


def _always(found: Gathered, chosen: Chains) -> Iterator[Annex]:
    chains = partial(chapters.chains, chosen)
    yield Annex("chains", _("Van vraag tot terugkoppeling"), chains)
    yield Annex("decisions", _("Alle beslissingen"), _with(chapters.decisions, found))
    yield Annex("late", _("Te laat, en wat nog wacht"), _with(chapters.late, found))
    yield Annex("numbers", _("Cijfers en hoe ze geteld zijn"), _with(chapters.numbers, found))
    yield Annex("seal", _("Zegel van het logboek"), _with(chapters.seal, found))
    yield Annex("messages", _("Wat kinderen te horen kregen"), _with(chapters.messages, found))


def _rounds(found: Gathered) -> Iterator[Annex]:
    for wave in found.waves:
        if tables := found.results.get(wave.id):
            names = {"title": title(wave.consultation), "round": round_words(wave).lower()}
            file = partial(workbook, tables)
            yield Annex(
                f"wave:{wave.id}",
                _("Resultaten: %(title)s (%(round)s)", **names),
                _with(results, wave, tables),
                file,
                ".xlsx",
            )


def _proofs(found: Gathered) -> Iterator[Annex]:
    for one in found.proofs:
        annex = Annex(f"proof:{one.id}", _("Bewijs: %(title)s", title=one.title), _with(proof, one))
        yield replace(annex, file=partial(_document, one), ending=".pdf") if is_document(one) else annex


def _document(shown: Proof) -> bytes:
    return shown.file.stored.content if shown.file else b""


def _with(write: Callable[..., None], *about: Any) -> Callable[[Paper, Numbers], None]:
    """What writes an annex that names no other annexes."""
    return lambda paper, _numbers: write(paper, *about)
