"""Doors for advice of the youth council: what came in, what was answered and why, and within how many days."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.consultations.advised import languages_of
from dialogue.decisions import advice_services
from dialogue.decisions.advice_forms import AdviceForm, DaysForm, ReplyForm
from dialogue.decisions.advice_queries import advice_for, answer_due, days_to_answer, get_advice, get_for_answering
from dialogue.decisions.advice_rules import why_not_days
from dialogue.decisions.note_routes import proposers
from dialogue.decisions.note_template_routes import bp
from dialogue.decisions.proof_files import MOST_BYTES
from dialogue.decisions.queries import get_for_proposing
from dialogue.decisions.rules import may_decide, may_propose
from dialogue.decisions.turn_routes import deciders
from dialogue.decisions.waiting_queries import waiting
from dialogue.people.queries import departments, get_department
from dialogue.shared.actor import Role
from dialogue.shared.database import writing
from dialogue.shared.errors import NotAllowed, NotFound, Refused
from dialogue.shared.files import Checked
from dialogue.signals.forms import TitleForm, title_form
from dialogue.web.access import allow, current_actor
from dialogue.web.forms import options
from dialogue.web.uploads import brought, handed_out, takes_files

__all__ = ["bp"]
ADVICE = "/desk/decisions/advice"
ONE = f"{ADVICE}/<int:advice_id>"


@bp.get(ADVICE)
@proposers
def advice_list() -> str:
    """All advice, and a form for what came in."""
    return _list(_with_departments(AdviceForm(formdata=None)))


@bp.post(ADVICE)
@proposers
@takes_files(MOST_BYTES)
def receive_advice() -> ResponseReturnValue:
    """Note an advice that came in; from then on an answer is owed."""
    actor, form, reasons = current_actor(), _with_departments(AdviceForm()), []
    ticked = request.form.getlist("signals")
    if not all(text.isdecimal() for text in ticked):
        raise NotFound
    came = brought("file")
    if form.validate():
        try:
            document = _looked_into(*came) if came else None
            with writing():
                department = get_department(actor, form.department.data)
                if not may_propose(actor, department.id):
                    raise NotAllowed
                signals = [get_for_proposing(actor, int(one)) for one in dict.fromkeys(ticked)]
                received = advice_services.receive(actor, department, form.incoming(document), signals)
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            flash(_("Genoteerd. Iedereen kan het lezen. Nu is er een antwoord met een reden nodig."))
            return redirect(url_for("decisions.advice", advice_id=received.id))
    if came:
        reasons.append(_("Kies het bestand opnieuw."))
    return _list(form, reasons), 422


@bp.get(ONE)
@proposers
def advice(advice_id: int) -> str:
    """One advice with its answers."""
    return advice_page(advice_id, ReplyForm.fresh())


@bp.get(f"{ONE}/file")
@proposers
def advice_file(advice_id: int) -> ResponseReturnValue:
    """The document of the youth council."""
    stored = get_advice(current_actor(), advice_id).stored
    if stored is None:
        raise NotFound
    return handed_out(stored)


@bp.post(f"{ONE}/answer")
@deciders
def answer_advice(advice_id: int) -> ResponseReturnValue:
    """Note what was decided about it, and why."""
    actor, form, reasons = current_actor(), ReplyForm(), []
    get_for_answering(actor, advice_id)
    if form.validate():
        seen = request.form.get("seen", 0, type=int)
        try:
            with writing():
                advice_services.answer(actor, get_for_answering(actor, advice_id), form.reply(), seen=seen)
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            flash(_("Beantwoord. Iedereen kan het nu lezen."))
            return redirect(url_for("decisions.advice", advice_id=advice_id))
    return advice_page(advice_id, form, reasons), 422


@bp.post(f"{ADVICE}/days")
@allow(Role.COORDINATOR)
def advice_days() -> ResponseReturnValue:
    """Within how many days the town answers."""
    form = DaysForm()
    if not form.validate():
        raise Refused(*why_not_days(0))
    with writing():
        advice_services.answer_within(current_actor(), form.days.data)
    flash(_("Bewaard. Het geldt voor adviezen die vanaf nu binnenkomen."))
    return redirect(url_for("decisions.advice_list"))


def _looked_into(content: bytes, name: str) -> Checked:
    from dialogue.shared.documents import checked_pdf  # noqa: PLC0415 - a large library, and few bring files

    if len(content) > MOST_BYTES:
        raise Refused(_("Dit bestand is te groot: hoogstens 20 MB."))
    return checked_pdf(content, name)


def _with_departments(form: AdviceForm) -> AdviceForm:
    actor = current_actor()
    own = [one for one in departments(actor.municipality_id) if may_propose(actor, one.id)]
    form.department.choices = options((one.id, one.name) for one in own)
    return form


def _list(form: AdviceForm, reasons: Sequence[str] = ()) -> str:
    actor = current_actor()
    days = days_to_answer(actor.municipality_id)
    return render_template(
        "decisions/advice_list.html",
        form=form,
        reasons=reasons,
        found=advice_for(actor),
        signals=[row.signal for row in waiting(actor) if may_propose(actor, row.signal.department_id)],
        ticked=request.form.getlist("signals"),
        days=DaysForm(formdata=None, data={"days": days}),
        most_bytes=MOST_BYTES,
    )


def advice_page(
    advice_id: int,
    form: ReplyForm,
    reasons: Sequence[str] = (),
    *,
    sentence: TitleForm | None = None,
    reasons_there: Sequence[str] = (),
) -> str:
    """`seen` goes along in the form, so that a colleague who was first is noticed; once only."""
    actor = current_actor()
    found = get_advice(actor, advice_id)
    stands = found.answer.id if found.answer else 0
    return render_template(
        "decisions/advice.html",
        advice=found,
        form=form,
        reasons=reasons,
        seen=stands if reasons else request.form.get("seen", stands, type=int),
        owed=answer_due(found),
        may_answer=may_decide(actor, found.department_id),
        may_make=may_propose(actor, found.department_id),
        sentence=sentence or title_form(languages_of(found.department), {}),
        reasons_there=reasons_there,
        owners=departments(actor.municipality_id),
        owner=request.form.get("department", found.department_id, type=int),
    )
