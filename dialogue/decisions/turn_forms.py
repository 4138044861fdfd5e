"""The form of who decides, on a phone: an outcome, a reason, and who has the last word."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import InputRequired, Optional

from dialogue.decisions import rules
from dialogue.decisions.forms import CANNOT_WAIT, WHY
from dialogue.decisions.models import Body, Outcome, Proposal
from dialogue.decisions.rules import Verdict
from dialogue.decisions.turn_models import Brought
from dialogue.decisions.words import outcome_words
from dialogue.shared.clock import today
from dialogue.web.forms import REQUIRED, Day, Form, line, options, paragraph

OUTCOMES = (Outcome.ADOPTED, Outcome.PARTLY, Outcome.NOT_ADOPTED, Outcome.UNDER_STUDY, Outcome.NOT_OURS)
ONLY_WHEN_DECIDED = ("changes_practice", "document_title")  # what a proposal need not say


def _bodies() -> list[SelectChoice]:
    words = (_l("Het college"), _l("Ikzelf, als schepen of wethouder"), _l("Onze dienst"))
    return options(zip((Body.COLLEGE.value, Body.ALDERMAN.value, Body.DEPARTMENT.value), words, strict=True))


class TurnForm(Form):
    """What somebody who decides answers to a signal; `offer` gives it the outcomes that can be chosen."""

    outcome = RadioField(_l("Wat is jouw antwoord?"), [InputRequired(_l("Kies één antwoord."))])
    under_study_until = Day(_l("Tot wanneer?"), [Optional()], description=_l("Dan is er een antwoord."))
    passed_to = line(_l("Doorgegeven aan"), required=False)
    what = paragraph(_l("Wat gaan we doen?"), most=600)
    reason = paragraph(_l("Waarom?"), most=1000, hint=WHY)
    body = RadioField(
        _l("Wie beslist hierover?"), [InputRequired(REQUIRED)], choices=_bodies, default=Body.COLLEGE.value
    )
    changes_policy = BooleanField(_l("Het beleid verandert"))
    changes_practice = BooleanField(_l("De praktijk verandert"))
    cannot_wait = paragraph(CANNOT_WAIT, required=False, most=300)

    def offer(self, proposal: Proposal | None) -> "TurnForm":
        """Let one of five outcomes be chosen, and what was proposed."""
        also = [proposal.outcome] if proposal and proposal.outcome not in OUTCOMES else []
        self.outcome.choices = options((outcome.value, outcome_words(outcome)) for outcome in (*OUTCOMES, *also))
        return self

    def verdict(self) -> Verdict:
        """What was typed, as if it was decided today; only after `validate`."""
        outcome = Outcome(self.outcome.data)
        changes = outcome in rules.CHANGES
        return Verdict(
            outcome=outcome,
            what=self.what.data,
            reason=self.reason.data,
            body=Body(self.body.data),
            decided_on=today(),
            under_study_until=self.under_study_until.data if outcome == Outcome.UNDER_STUDY else None,
            passed_to=self.passed_to.data or "" if outcome == Outcome.NOT_OURS else "",
            changes_policy=changes and self.changes_policy.data,
            changes_practice=changes and self.changes_practice.data,
        )

    def is_right(self, *, decides: bool, proven: bool = False) -> bool:
        """Whether all is there for a proposal or, `decides`, for a decision; complaints stand with their fields."""
        if not self.validate():
            return False
        found = rules.complaints(self.verdict(), today(), proven=proven)
        if decides and self.body.data == Body.COLLEGE:
            found["body"] = [_l("Hierover beslist het college: stel het voor. Of kies wie hier alleen over beslist.")]
        if not decides:
            found = {name: reasons for name, reasons in found.items() if name not in ONLY_WHEN_DECIDED}
        for name, reasons in found.items():
            self[name if name in self else "what"].errors = reasons
        return not found

    @classmethod
    def from_proposal(cls, proposal: Proposal | None, brought: Brought | None = None) -> "TurnForm":
        """A new answer, as proposed."""
        data: dict[str, Any] = {"body": Body.COLLEGE.value}
        if proposal:
            data |= {"outcome": proposal.outcome.value, "what": proposal.what, "reason": proposal.reason}
        if brought:
            data |= {"under_study_until": brought.until, "passed_to": brought.passed_to, "body": brought.body.value}
        return cls(formdata=None, data=data).offer(proposal)
