"""Forms of carrying out: a measure with what it needs, one of its steps, and how far it is."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from dialogue.decisions.carrying_services import Needs, seen_of
from dialogue.decisions.models import Measure
from dialogue.decisions.money import Amount, read_amount, why_not_amount, written
from dialogue.decisions.plan import CODES_HINT, Plan, codes_typed
from dialogue.decisions.progress import progress_of
from dialogue.web.edited import Edited
from dialogue.web.forms import REQUIRED, Form, day_field, line


class NeedsForm(Form):
    """Who helps with a measure, what it costs, and its plan codes."""

    helper = line(_l("Wie helpt mee?"), required=False, most=100, hint=_l("Een partner, of een andere naam."))
    budget = line(_l("Budget"), required=False, most=40, hint=_l("Bijvoorbeeld: ± € 12.000. Iedereen kan dit lezen."))
    note = line(_l("Uitleg bij het budget"), required=False, hint=_l("Bijvoorbeeld: verf en borden, zonder werkuren"))
    plan_codes = line(_l("Plancodes"), required=False, most=400, hint=CODES_HINT)

    def needs(self) -> Needs:
        """What was typed, in the words of the domain; only after `is_right`."""
        codes = codes_typed(self.plan_codes.data)
        return Needs(self.helper.data or "", read_amount(self.budget.data or ""), self.note.data or "", codes)

    def is_right(self, plan: Plan) -> bool:
        """Whether the form is complete and can be understood; complaints stand with their fields."""
        if not self.validate():
            return False
        self.budget.errors = why_not_amount(self.budget.data or "")
        self.plan_codes.errors = plan.why_not(codes_typed(self.plan_codes.data))
        return not self.errors


class ChangedNeedsForm(NeedsForm, Edited):
    """What a measure that is there needs from now on."""

    @classmethod
    def of(cls, measure: Measure) -> "ChangedNeedsForm":
        """What a measure needs, as it is."""
        return cls(formdata=None, data=_typed(measure) | {"seen": seen_of(measure)})

    def was_overtaken(self, measure: Measure) -> None:
        """Somebody else was first: show what stands now beside what was typed."""
        self.show_beside(_typed(measure), seen_of(measure))


def _typed(measure: Measure) -> dict[str, str]:
    means = measure.means
    if means is None:
        return {"helper": "", "budget": "", "note": "", "plan_codes": ""}
    budget = None if means.budget_cents is None else Amount(means.budget_cents, means.budget_about)
    typed = {"helper": means.helper, "budget": written(budget), "note": means.budget_note}
    return typed | {"plan_codes": ", ".join(means.plan_codes)}


class MeasureForm(NeedsForm):
    """What will be done, by whom, by when, and with what."""

    title = line(_l("Wat gebeurt er?"), hint=_l("Bijvoorbeeld: drempel in de Kerkstraat"))
    owner = SelectField(_l("Wie zorgt ervoor?"), [InputRequired(REQUIRED)], coerce=int)
    due = day_field(_l("Tegen wanneer?"))


class StepForm(Form):
    """One step on the way."""

    what = line(_l("Welke stap?"), hint=_l("Bijvoorbeeld: borden bestellen"))
    step_due = day_field(_l("Tegen welke dag?"))


class StatedForm(Form):
    """How far a measure is, as a person says."""

    percent = IntegerField(
        _l("Hoeveel procent is klaar?"),
        [Optional(), NumberRange(0, 100, _l("Kies een getal van 0 tot 100."))],
        description=_l("Leeg: we tellen de stappen."),
    )

    @classmethod
    def of(cls, measure: Measure) -> "StatedForm":
        """What was said last."""
        progress = progress_of(measure)
        return cls(formdata=None, data={"percent": progress.percent if progress and progress.stated else None})
