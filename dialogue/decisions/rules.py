"""Who proposes, who decides, and what a proposal and a decision must hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from dialogue.decisions.addresses import why_not_decision_address
from dialogue.decisions.models import Body, Outcome, Proposal
from dialogue.decisions.plan import Plan
from dialogue.shared.actor import Actor, Role
from dialogue.signals.models import Signal
from dialogue.web.i18n import in_language

Complaints = dict[str, list[str]]  # field -> what to do
DECIDERS = (Role.DECIDER, Role.COORDINATOR)  # who records what a body decided
CHANGES = (Outcome.ADOPTED, Outcome.PARTLY, Outcome.CARRIED_OUT)
ANY = Plan()  # no list: every plan code may be written


def may_propose(actor: Actor, department_id: int) -> bool:
    """Whether this person proposes answers and plans measures for the department."""
    return actor.has_any(Role.MAKER, Role.READER, Role.DECIDER, department_id=department_id) or actor.sees_all


def may_decide(actor: Actor, department_id: int) -> bool:
    """Whether this person records what a body decided: the decider of the department, or the coordinator."""
    return actor.has(Role.DECIDER, department_id) or actor.sees_all


@dataclass(frozen=True)
class Verdict:
    """What was decided, by whom, when and why."""

    outcome: Outcome
    what: str
    reason: str
    body: Body
    decided_on: date
    under_study_until: date | None = None
    passed_to: str = ""
    document_title: str = ""
    document_uri: str = ""
    plan_codes: Sequence[str] = ()
    budget: str = ""
    changes_policy: bool = False
    changes_practice: bool = False

    @property
    def has_document(self) -> bool:
        return bool(self.document_title or self.document_uri)


def complaints(verdict: Verdict, today: date, *, proven: bool, plan: Plan = ANY) -> Complaints:
    """What is missing or wrong, per field. `proven`: a finished measure for these signals has proof."""
    found: Complaints = {}
    if not verdict.what.strip():
        found["what"] = [_("Schrijf wat er beslist is.")]
    if not verdict.reason.strip():
        found["reason"] = [_("Schrijf waarom. Kinderen hebben recht op een reden, ook bij ja.")]
    if verdict.decided_on > today:
        found["decided_on"] = [_("Deze dag moet nog komen. Noteer een besluit pas als het genomen is.")]
    if verdict.outcome == Outcome.UNDER_STUDY:
        found |= _until(verdict, today)
    if verdict.outcome == Outcome.NOT_OURS and not verdict.passed_to.strip():
        found["passed_to"] = [_("Schrijf aan wie je het doorgaf.")]
    if verdict.outcome in CHANGES and not (verdict.changes_policy or verdict.changes_practice):
        found["changes_practice"] = [_("Vink aan wat er verandert: het beleid, de praktijk, of allebei.")]
    if verdict.outcome == Outcome.CARRIED_OUT and not (proven or verdict.has_document):
        found["document_title"] = [
            _("Het is gedaan: toon dat. Noem een document, of voeg eerst bewijs toe aan een maatregel die klaar is.")
        ]
    if wrong := why_not_decision_address(verdict.document_uri):
        found["document_uri"] = wrong
    if wrong := plan.why_not(verdict.plan_codes):
        found["plan_codes"] = wrong
    return found


def _until(verdict: Verdict, today: date) -> Complaints:
    until = verdict.under_study_until
    if until is None:
        return {"under_study_until": [_("Kies de dag waarop het antwoord er is.")]}
    if until <= today or until <= verdict.decided_on:
        return {"under_study_until": [_("Kies een dag die nog komt.")]}
    return {}


def why_not_propose(signal: Signal, standing: Proposal | None) -> list[str]:
    """Reasons why a new proposal cannot be made now."""
    if standing is None:
        return []
    return [
        _(
            "Er ligt al een voorstel van %(department)s. Trek dat eerst in, of wacht op het besluit.",
            department=standing.department.name,
        )
    ]


def why_not_bring(*, changed: bool, lies: bool) -> list[str]:
    """Reasons why a proposal cannot be brought before the college: a colleague was first."""
    if lies:
        return [_("Hierover ligt al een voorstel bij het college.")]
    return [_("Een collega was je voor. Lees eerst wat er nu staat.")] if changed else []


def decider_of(department: str) -> str:
    """Who decides there, for children, where a person has no title."""
    return _("wie beslist bij %(department)s", department=department)


def deputy_of(title: str) -> str:
    """Who replaces the one with this title, for children."""
    return _("vervanger van %(title)s", title=title)


def has_lapsed(proposal: Proposal, decided: Iterable[datetime]) -> bool:
    """Whether its signal went to another department, before anything was decided since it was made."""
    elsewhere = proposal.department_id != proposal.signal.department_id
    return elsewhere and proposal.withdrawn_at is None and all(moment < proposal.at for moment in decided)


def why_not_withdraw(proposal: Proposal, decided: bool) -> list[str]:
    """Reasons why a proposal cannot be withdrawn any more."""
    if proposal.withdrawn_at:
        return [_("Dit voorstel was al ingetrokken.")]
    if decided:
        return [_("Over dit voorstel is intussen beslist.")]
    return []


def why_not_decide(
    signals: Sequence[Signal],
    proposal: Proposal | None,
    seen: Mapping[int, int | None],
    current: Mapping[int, int | None],
    newest: int | None = None,
) -> list[str]:
    """Reasons why these signals cannot be decided together now: somebody else was first, or they do not belong.

    `seen` and `current` name, per signal, the decision that stood when the form was opened, and the one now; `newest`
    is the newest one there was then, of any signal (None: not asked).
    """
    reasons = []
    if len({signal.consultation_id for signal in signals}) > 1:
        reasons.append(_("Eén besluit kan alleen signalen van dezelfde bevraging beantwoorden."))
    if proposal and proposal.withdrawn_at:
        reasons.append(_("Het voorstel is intussen ingetrokken. Kijk eerst na waarom, en noteer het besluit daarna."))
    if any(current[signal] != before for signal, before in seen.items()):
        reasons.append(_("Iemand noteerde intussen al een besluit over dit signaal. Lees dat eerst."))
    others = [signal for signal in signals if signal.id not in seen and newest is not None]
    reasons += [
        _("Iemand noteerde intussen al een besluit over “%(title)s”. Lees dat eerst.", title=in_language(signal.titles))
        for signal in others
        if (current[signal.id] or 0) > (newest or 0)
    ]
    return reasons


def why_not_correct(*, corrected: bool) -> list[str]:
    """Reasons why a decision cannot be corrected: every decision is corrected once, then its correction is."""
    if corrected:
        return [_("Dit besluit is al verbeterd. Verbeter de nieuwste versie.")]
    return []
