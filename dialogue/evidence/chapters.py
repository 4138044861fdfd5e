"""The annexes that every dossier has: chains, decisions, what is late, figures, messages and the seal, all in full."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from dialogue.consultations.models import Wave
from dialogue.decisions.advice_models import Advice
from dialogue.decisions.advice_rules import followed_words
from dialogue.decisions.models import Decision, Measure, Proof
from dialogue.decisions.words import body_words
from dialogue.duties.models import Duty
from dialogue.duties.words import kind_words
from dialogue.evidence.carried import measures, unanswered
from dialogue.evidence.figures import answers_words, figures
from dialogue.evidence.queries import Gathered
from dialogue.evidence.tables import table
from dialogue.evidence.words import about, answer_words, document_words, duty_end
from dialogue.feedback.rules import Chain
from dialogue.feedback.stories import questions_of
from dialogue.feedback.versions import told
from dialogue.feedback.words import PART_LABELS, counted
from dialogue.shared.paper import Paper
from dialogue.signals.basis_queries import said
from dialogue.signals.words import said_words
from dialogue.web.i18n import day, in_language

Chains = Sequence[Sequence[Chain]]
Numbers = Mapping[str, int]  # the number of each annex by its key


def chains(chosen: Chains, paper: Paper, numbers: Numbers) -> None:
    """The chosen decisions, with all six steps of each signal they answer."""
    if not chosen:
        paper.paragraph(_("Er zijn geen beslissingen gekozen om in detail te tonen."))
    for chain in (chain for chains in chosen for chain in chains):
        paper.heading(in_language(chain.signal.titles), 2)
        paper.table([_("Stap"), _("Wat"), _("Wanneer")], _steps_of(chain, numbers))


def _steps_of(chain: Chain, numbers: Numbers) -> list[list[str]]:
    """The six steps of one signal; a step that was not taken says so."""
    signal, wave, message = chain.signal, chain.signal.wave, chain.message
    asked = " ".join([f"{in_language(signal.consultation.titles)}:", *questions_of(signal)]).rstrip(":")
    not_yet = _("Nog niet.")
    done = [[_("Gedaan"), _proven(one, numbers), day(one.done_on)] for one in chain.done]
    read = told(message).parts if message else {}
    return [
        [_("Gevraagd"), f"{asked} ({signal.consultation.department.name})", day(wave.opened_at)],
        [_("Gezegd"), said_words(said(signal)), day(wave.closed_at)],
        [_("Gehoord"), f"“{in_language(signal.titles)}”", day(signal.made_at)],
        _decided(chain.decision) if chain.decision else [_("Beslist"), not_yet, ""],
        *(done or [[_("Gedaan"), not_yet, ""]]),
        [_("Teruggekoppeld"), "\n".join(read.values()) or not_yet, day(message.published_at) if message else ""],
    ]


def _decided(decision: Decision) -> list[str]:
    what = f"{answer_words(decision)}. {_why(decision)} {document_words(decision)}"
    return [_("Beslist"), what.strip(), f"{day(decision.decided_on)}, {body_words(decision.body)}"]


def _why(decision: Decision) -> str:
    return _("%(what)s Omdat: %(reason)s", what=decision.what, reason=decision.reason)


def _proven(measure: Measure, numbers: Numbers) -> str:
    proof = ", ".join(_numbered(one, numbers) for one in measure.proofs)
    return _("%(what)s. Bewijs: %(proof)s", what=measure.title, proof=proof) if proof else measure.title


def _numbered(proof: Proof, numbers: Numbers) -> str:
    """The title of a proof with its annex; proof after a decision of a later period has none."""
    number = numbers.get(f"proof:{proof.id}")
    return _("%(title)s (bijlage %(number)s)", title=proof.title, number=number) if number else proof.title


def decisions(paper: Paper, found: Gathered) -> None:
    """Every decision, and once more all that was refused or given up."""
    head = [_("Dag en wie"), _("Signaal"), _("Antwoord"), _("Wat en waarom"), _("Plan en document")]
    table(paper, head, [_row(decision) for decision in found.decisions])
    paper.heading(_("Geweigerd, deels geweigerd of doorgegeven"), 2)
    table(
        paper,
        [_("Signaal"), _("Antwoord"), _("Waarom")],
        [[about(d), answer_words(d), d.reason] for d in found.refused],
    )
    if found.dropped:
        paper.heading(_("Beloofd, maar het gaat niet door"), 2)
        table(paper, [_("Maatregel"), _("Waarom niet")], [[m.title, m.dropped_because] for m in found.dropped])
    measures(paper, found)
    if found.advice:
        paper.heading(_("Advies van de jeugdraad"), 2)
        table(paper, [_("Dag"), _("Advies"), _("Antwoord"), _("Waarom")], [_advice(one) for one in found.advice])


def _advice(advice: Advice) -> list[str]:
    answer = advice.answer
    replied = [followed_words(answer.followed), answer.reason] if answer else [_("Nog geen antwoord."), ""]
    return [day(advice.received_on), advice.title, *replied]


def _row(decision: Decision) -> list[str]:
    return [
        f"{day(decision.decided_on)}, {body_words(decision.body)} ({decision.department.name})",
        about(decision),
        answer_words(decision),
        _why(decision),
        "; ".join(part for part in (*decision.plan_codes, decision.budget, document_words(decision)) if part),
    ]


def late(paper: Paper, found: Gathered) -> None:
    """Every promise that is late, and every signal that still waits."""
    table(paper, [_("Beloofd"), _("Waarover"), _("Tegen"), _("Nu")], [_promise(duty) for duty in found.late])
    paper.heading(_("Signalen zonder beslissing"), 2)
    table(
        paper,
        [_("Signaal"), _("Dienst"), _("Sinds")],
        [[in_language(c.signal.titles), c.signal.department.name, day(c.signal.made_at)] for c in found.waiting],
    )
    unanswered(paper, found)


def _promise(duty: Duty) -> list[str]:
    return [kind_words(duty.kind), duty.subject, day(duty.promised), duty_end(duty)]


def numbers(paper: Paper, found: Gathered) -> None:
    """All figures with their definitions, and the rounds they come from."""
    table(paper, [_("Cijfer"), _("Waarde"), _("Betekenis")], [[f.name, f.value, f.definition] for f in figures(found)])
    table(
        paper,
        [_("Signalen"), _("Aantal"), _("Betekenis")],
        [[str(part.label), str(part.count), str(part.definition)] for part in counted(found.coverage)],
    )
    paper.heading(_("De rondes"), 2)
    table(
        paper,
        [_("Bevraging"), _("Dienst"), _("Open sinds"), _("Antwoorden")],
        [_round(found, wave) for wave in found.waves],
    )


def _round(found: Gathered, wave: Wave) -> list[str]:
    consultation = wave.consultation
    title, owner = in_language(consultation.titles), consultation.department.name
    return [title, owner, day(wave.opened_at), answers_words(found, [wave])]


def messages(paper: Paper, found: Gathered) -> None:
    """What children were told, word for word."""
    if not found.messages:
        paper.paragraph(_("Er is nog niets teruggekoppeld."))
    for message in found.messages:
        paper.heading(about(message.decision), 2)
        paper.paragraph(_("Verteld op %(day)s.", day=day(message.published_at)))
        parts = told(message).parts
        paper.table([_("Deel"), _("Wat kinderen lezen")], [[str(PART_LABELS[part]), parts[part]] for part in parts])


def seal(paper: Paper, found: Gathered) -> None:
    """The head of the ledger."""
    paper.paragraph(
        _(
            "Elke beslissing en elke wijziging staat in een logboek. Elke regel is er verzegeld met de regel ervoor. "
            "Dit zegel van de laatste regel maakt zichtbaar of er later iets veranderd of weggelaten is."
        )
    )
    paper.paragraph(found.head)
