"""Forms of decisions: a proposal, a decision, a measure and its proof."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional

from dialogue.decisions import rules
from dialogue.decisions.models import Body, Decision, Outcome, Proposal
from dialogue.decisions.plan import CODES_HINT, Plan, codes_typed
from dialogue.decisions.rules import Verdict
from dialogue.decisions.words import body_words, outcome_words
from dialogue.shared.clock import today
from dialogue.web.forms import REQUIRED, Day, Form, day_field, line, options, paragraph

CANNOT_WAIT = _l("Waarom kan het niet wachten op de delen die er nog niet zijn?")
WHY = _l("Kinderen lezen dit in hun eigen woorden. Geef ook bij ja een reden.")
DOCUMENT, ADDRESS = _l("Bijvoorbeeld: collegebesluit 2026/118"), _l("Begint met https://")


def _outcomes() -> list[SelectChoice]:
    return options((outcome.value, outcome_words(outcome)) for outcome in Outcome)


def _bodies() -> list[SelectChoice]:
    return options((body.value, body_words(body)) for body in Body)


class ProposalForm(Form):
    """What the department would answer."""

    outcome = RadioField(_l("Wat stellen jullie voor?"), [InputRequired(_l("Kies één antwoord."))], choices=_outcomes)
    what = paragraph(_l("Wat gaan jullie doen?"), most=600)
    reason = paragraph(_l("Waarom?"), most=1000, hint=WHY)


class AnswerForm(Form):
    """What is answered to a signal, and why, whoever decides it."""

    outcome = RadioField(_l("Wat is er beslist?"), [InputRequired(_l("Kies één antwoord."))], choices=_outcomes)
    under_study_until = Day(_l("Onderzoek tot"), [Optional()], description=_l("Dan is er een antwoord."))
    passed_to = line(_l("Doorgegeven aan"), required=False)
    what = paragraph(_l("Wat precies?"), most=600)
    reason = paragraph(_l("Waarom?"), most=1000, hint=WHY)
    changes_policy = BooleanField(_l("Het beleid verandert: een plan, een reglement, een budget"))
    changes_practice = BooleanField(_l("De praktijk verandert: iets wat kinderen kunnen zien of merken"))
    plan_codes = line(_l("Plancodes"), required=False, most=400, hint=CODES_HINT)
    budget = line(_l("Budget"), required=False)
    cannot_wait = paragraph(CANNOT_WAIT, required=False, most=300)

    def answer(self) -> dict[str, Any]:
        """What was typed, as fields of a `Verdict`; only after `validate`."""
        outcome = Outcome(self.outcome.data)
        return {
            "outcome": outcome,
            "what": self.what.data,
            "reason": self.reason.data,
            "under_study_until": self.under_study_until.data if outcome == Outcome.UNDER_STUDY else None,
            "passed_to": self.passed_to.data or "" if outcome == Outcome.NOT_OURS else "",
            "plan_codes": codes_typed(self.plan_codes.data),
            "budget": self.budget.data or "",
            "changes_policy": self.changes_policy.data,
            "changes_practice": self.changes_practice.data,
        }


class DecisionForm(AnswerForm):
    """What a body decided; `verdict` is what the domain reads."""

    body = SelectField(_l("Wie besliste?"), [InputRequired(REQUIRED)], choices=_bodies, default=Body.COLLEGE.value)
    decided_on = day_field(_l("Op welke dag?"))
    document_title = line(_l("Document"), required=False, hint=DOCUMENT)
    document_uri = line(_l("Adres van het document"), required=False, most=500, hint=ADDRESS)

    def verdict(self) -> Verdict:
        """What was typed, in the words of the domain; only after `validate`."""
        return Verdict(
            **self.answer(),
            body=Body(self.body.data),
            decided_on=self.decided_on.data,
            document_title=self.document_title.data or "",
            document_uri=self.document_uri.data or "",
        )

    def is_right(self, *, proven: bool, plan: Plan) -> bool:
        """Whether the form is complete and the rules have nothing to say; complaints stand with their fields."""
        if not self.validate():
            return False
        found = rules.complaints(self.verdict(), today(), proven=proven, plan=plan)
        for name, reasons in found.items():
            self[name].errors = reasons
        return not found

    @classmethod
    def from_proposal(cls, proposal: Proposal | None) -> "DecisionForm":
        """A new decision, as proposed."""
        data: dict[str, Any] = {"decided_on": today(), "body": Body.COLLEGE.value}
        if proposal:
            data |= {"outcome": proposal.outcome.value, "what": proposal.what, "reason": proposal.reason}
        return cls(formdata=None, data=data)

    @classmethod
    def from_decision(cls, decision: Decision) -> "DecisionForm":
        """A decision to be corrected, as it is."""
        kept = {column.key: getattr(decision, column.key) for column in Decision.__table__.columns}
        typed = {"outcome": decision.outcome.value, "body": decision.body.value}
        return cls(formdata=None, data=kept | typed | {"plan_codes": ", ".join(decision.plan_codes)})


class FinishForm(Form):
    """When it was done."""

    done_on = day_field(_l("Klaar op"))

    @classmethod
    def now(cls) -> "FinishForm":
        """Today, unless somebody says otherwise."""
        return cls(formdata=None, data={"done_on": today()})


class DropForm(Form):
    """Why it will not be done."""

    because = paragraph(_l("Waarom gaat het niet door?"), most=600, hint=_l("Iedereen kan dit lezen."))


class ProofForm(Form):
    """What shows that it was done."""

    title = line(_l("Wat toont het?"), hint=_l("Bijvoorbeeld: foto van de drempel, of een verslag"))
    uri = line(_l("Adres"), required=False, most=500, hint=ADDRESS)
    seen_on = day_field(_l("Gezien op"))
    file = FileField(_l("Foto of PDF"), description=_l("Hoogstens 20 MB. Van een foto blijft alleen het beeld."))
    alt = line(_l("Wat is er op de foto te zien?"), required=False, most=300, hint=_l("Voor wie ze niet kan zien."))

    @classmethod
    def seen_today(cls) -> "ProofForm":
        """An empty form: seen today."""
        return cls(formdata=None, data={"seen_on": today()})
