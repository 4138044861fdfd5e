"""The annexes of the document: chains, decisions, what is late, figures and the seal, all in full."""

from collections.abc import Sequence

from flask_babel import get_locale
from flask_babel import gettext as _

from dialogue.consultations.models import Wave
from dialogue.decisions.models import Decision, Measure
from dialogue.decisions.words import body_words
from dialogue.duties.models import Duty
from dialogue.evidence.figures import answers_words, figures
from dialogue.evidence.queries import Gathered
from dialogue.evidence.word import Word
from dialogue.evidence.words import about, answer_words, document_words, duty_end, duty_kind
from dialogue.feedback.rules import Chain
from dialogue.feedback.stories import questions_of
from dialogue.feedback.words import counted
from dialogue.signals.queries import said
from dialogue.signals.words import said_words
from dialogue.web.i18n import day, in_language

Chains = Sequence[Sequence[Chain]]


def chains(word: Word, chosen: Chains) -> None:
    """Annex 1: the chosen decisions, with all six steps of each signal they answer."""
    word.heading(_("Bijlage 1: van vraag tot terugkoppeling"))
    if not chosen:
        word.paragraph(_("Er zijn geen beslissingen gekozen om in detail te tonen."))
    for chain in (chain for chains in chosen for chain in chains):
        word.heading(in_language(chain.signal.titles), 2)
        word.table([_("Stap"), _("Wat"), _("Wanneer")], _steps_of(chain))


def _steps_of(chain: Chain) -> list[list[str]]:
    """The six steps of one signal; a step that was not taken says so."""
    signal, wave, message = chain.signal, chain.signal.wave, chain.message
    asked = " ".join([f"{in_language(signal.consultation.titles)}:", *questions_of(signal)]).rstrip(":")
    not_yet = _("Nog niet.")
    done = [[_("Gedaan"), _proven(one), day(one.done_on)] for one in chain.done]
    told = message.texts.get(str(get_locale()), next(iter(message.texts.values()))) if message else {}
    return [
        [_("Gevraagd"), f"{asked} ({signal.consultation.department.name})", day(wave.opened_at)],
        [_("Gezegd"), said_words(said(signal)), day(wave.closed_at)],
        [_("Gehoord"), f"“{in_language(signal.titles)}”", day(signal.made_at)],
        _decided(chain.decision) if chain.decision else [_("Beslist"), not_yet, ""],
        *(done or [[_("Gedaan"), not_yet, ""]]),
        [_("Teruggekoppeld"), "\n".join(told.values()) or not_yet, day(message.published_at) if message else ""],
    ]


def _decided(decision: Decision) -> list[str]:
    what = f"{answer_words(decision)}. {_why(decision)} {document_words(decision)}"
    return [_("Beslist"), what.strip(), f"{day(decision.decided_on)}, {body_words(decision.body)}"]


def _why(decision: Decision) -> str:
    return _("%(what)s Omdat: %(reason)s", what=decision.what, reason=decision.reason)


def _proven(measure: Measure) -> str:
    proof = ", ".join(" ".join(filter(None, (one.title, one.uri))) for one in measure.proofs)
    return _("%(what)s. Bewijs: %(proof)s", what=measure.title, proof=proof) if proof else measure.title


def decisions(word: Word, found: Gathered) -> None:
    """Annex 2: every decision, and once more all that was refused or given up."""
    word.heading(_("Bijlage 2: alle beslissingen"))
    head = [_("Dag en wie"), _("Signaal"), _("Antwoord"), _("Wat en waarom"), _("Plan en document")]
    word.table(head, [_row(decision) for decision in found.decisions])
    word.heading(_("Geweigerd, deels geweigerd of doorgegeven"), 2)
    word.table(
        [_("Signaal"), _("Antwoord"), _("Waarom")], [[about(d), answer_words(d), d.reason] for d in found.refused]
    )
    if found.dropped:
        word.heading(_("Beloofd, maar het gaat niet door"), 2)
        word.table([_("Maatregel"), _("Waarom niet")], [[m.title, m.dropped_because] for m in found.dropped])


def _row(decision: Decision) -> list[str]:
    return [
        f"{day(decision.decided_on)}, {body_words(decision.body)} ({decision.department.name})",
        about(decision),
        answer_words(decision),
        _why(decision),
        "; ".join(part for part in (*decision.plan_codes, decision.budget, document_words(decision)) if part),
    ]


def late(word: Word, found: Gathered) -> None:
    """Annex 3: every promise that is late, and every signal that still waits."""
    word.heading(_("Bijlage 3: te laat, en wat nog wacht"))
    word.table([_("Beloofd"), _("Waarover"), _("Tegen"), _("Nu")], [_promise(duty) for duty in found.late])
    word.heading(_("Signalen zonder beslissing"), 2)
    word.table(
        [_("Signaal"), _("Dienst"), _("Sinds")],
        [[in_language(c.signal.titles), c.signal.department.name, day(c.signal.made_at)] for c in found.waiting],
    )


def _promise(duty: Duty) -> list[str]:
    return [duty_kind(duty), duty.subject, day(duty.due), duty_end(duty)]


def numbers(word: Word, found: Gathered) -> None:
    """Annex 4: all figures with their definitions, and the rounds they come from."""
    word.heading(_("Bijlage 4: cijfers en hoe ze geteld zijn"))
    word.table([_("Cijfer"), _("Waarde"), _("Betekenis")], [[f.name, f.value, f.definition] for f in figures(found)])
    word.table(
        [_("Signalen"), _("Aantal"), _("Betekenis")],
        [[str(part.label), str(part.count), str(part.definition)] for part in counted(found.coverage)],
    )
    word.heading(_("De rondes"), 2)
    word.table(
        [_("Bevraging"), _("Dienst"), _("Open sinds"), _("Antwoorden")],
        [_round(found, wave) for wave in found.waves],
    )


def _round(found: Gathered, wave: Wave) -> list[str]:
    consultation = wave.consultation
    title, owner = in_language(consultation.titles), consultation.department.name
    return [title, owner, day(wave.opened_at), answers_words(found, [wave])]


def seal(word: Word, found: Gathered) -> None:
    """Annex 5: the head of the ledger."""
    word.heading(_("Bijlage 5: zegel van het logboek"))
    word.paragraph(
        _(
            "Elke beslissing en elke wijziging staat in een logboek. Elke regel is er verzegeld met de regel ervoor. "
            "Dit zegel van de laatste regel maakt zichtbaar of er later iets veranderd of weggelaten is."
        )
    )
    word.paragraph(found.head)
