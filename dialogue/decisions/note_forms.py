"""Forms of notes to the college: a note, what each signal costs, the college's answers, and the town's own paper."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, IntegerField

from dialogue.decisions import rules
from dialogue.decisions.forms import ADDRESS, DOCUMENT, AnswerForm
from dialogue.decisions.measure_queries import is_proven
from dialogue.decisions.models import Body
from dialogue.decisions.note_queries import Item
from dialogue.decisions.note_services import Facts, seen_of
from dialogue.decisions.plan import CODES_HINT, Plan, codes_typed
from dialogue.decisions.rules import Verdict
from dialogue.shared.clock import today
from dialogue.web.edited import Edited
from dialogue.web.forms import Form, day_field, line


class NoteForm(Form):
    """A new note; its signals are ticked."""

    title = line(_l("Titel van de nota"), hint=_l("Bijvoorbeeld: Wat kinderen zeiden over veilig naar school"))
    meets_on = day_field(_l("Vergadering van"))


class TemplateForm(Form):
    """The town's own paper."""

    file = FileField(_l("Word-document (.docx)"), description=_l("Hoogstens 5 MB, zonder macro's."))


class FactsForm(Edited):
    """What one signal of a note costs, and to which plan it belongs."""

    budget = line(_l("Budget"), required=False, hint=_l("Bijvoorbeeld: € 12.000 in 2027"))
    plan_codes = line(_l("Plancodes"), required=False, most=400, hint=CODES_HINT)

    @classmethod
    def known(cls, item: Item) -> "FactsForm":
        """The form of one line, with what is known."""
        return cls(formdata=None, data=_costs(item) | {"seen": seen_of(item.line)}, **_of(item))

    @classmethod
    def sent(cls, item: Item) -> "FactsForm":
        """The form of one line, as it was sent."""
        return cls(**_of(item))

    def facts(self) -> Facts:
        """What was typed, in the words of the domain; only after `validate`."""
        return Facts(self.budget.data or "", codes_typed(self.plan_codes.data), self.seen.data)

    def was_overtaken(self, item: Item) -> None:
        """Somebody else was first, here or at another line: show what stands now beside what was typed."""
        if self.seen.data != seen_of(item.line):
            self.show_beside(_costs(item), seen_of(item.line))


class CollegeForm(Form):
    """Where and when the college decided."""

    decided_on = day_field(_l("Het college besliste op"))
    agenda_point = line(_l("Agendapunt"), most=40, hint=_l("Bijvoorbeeld: 12"))
    document_title = line(_l("Document"), hint=DOCUMENT)
    document_uri = line(_l("Adres van het document"), required=False, most=500, hint=ADDRESS)


class OutcomeForm(AnswerForm):
    """What the college decided about one signal; `proposal` and `seen` stood when the person began to write."""

    left_out = BooleanField(_l("Hierover besliste het college niet"))
    proposal = IntegerField()
    seen = IntegerField()

    @classmethod
    def proposed(cls, item: Item) -> "OutcomeForm":
        """The form of one line, as proposed; what was decided otherwise meanwhile is left out."""
        proposal, decision = item.proposal, item.decision
        data: dict[str, Any] = {"left_out": proposal is None, "seen": decision.id if decision else 0, "proposal": 0}
        if proposal:
            data |= {"outcome": proposal.outcome.value, "what": proposal.what, "reason": proposal.reason}
            data["proposal"] = proposal.id
        if item.brought:
            data |= {"under_study_until": item.brought.until, "passed_to": item.brought.passed_to}
        return cls(formdata=None, data=data | _costs(item), **_of(item))

    @classmethod
    def sent(cls, item: Item) -> "OutcomeForm":
        """The form of one line, as it was sent."""
        return cls(**_of(item))


def _of(item: Item) -> dict[str, Any]:
    """The fields of each line have names of their own; the form around them has the token."""
    return {"prefix": f"signal-{item.signal.id}-", "meta": {"csrf": False}}


def _costs(item: Item) -> dict[str, str]:
    return {"budget": item.line.budget, "plan_codes": ", ".join(item.line.plan_codes)}


def are_right(college: CollegeForm, outcomes: Mapping[int, OutcomeForm], plan: Plan) -> bool:
    """Whether all is there to note what the college decided, per signal id; complaints stand with their fields."""
    answered = {id_: form for id_, form in outcomes.items() if not form.left_out.data}
    validated = [form.validate() for form in (college, *answered.values())]
    right = all(validated)
    if not right:
        return False
    for id_, form in answered.items():
        decided = verdict(college, form)
        for name, reasons in rules.complaints(decided, today(), proven=is_proven([id_]), plan=plan).items():
            (form if name in form else college)[name].errors = reasons
            right = False
    return right


def verdict(college: CollegeForm, form: OutcomeForm) -> Verdict:
    """What the college decided about one signal; only after both are validated."""
    named = {"document": college.document_title.data, "point": college.agenda_point.data}
    return Verdict(
        **form.answer(),
        body=Body.COLLEGE,
        decided_on=college.decided_on.data,
        document_title=_("%(document)s, punt %(point)s", **named),
        document_uri=college.document_uri.data or "",
    )
