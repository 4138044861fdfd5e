"""Doors of duties: what is owed, one duty with its history, putting it off, and from when everybody reads it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import cast

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.duties import queries, services
from dialogue.duties.forms import ExtendForm, LateRuleForm
from dialogue.duties.models import Duty
from dialogue.duties.notices import failed_lately
from dialogue.duties.queries import Whose
from dialogue.duties.rules import DutyState, days_late, may_extend, state
from dialogue.duties.words import change_words, door_of, kind_words, state_colour, state_words, step_of
from dialogue.shared.actor import Actor, Role
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.web.access import allow, current_actor
from dialogue.web.i18n import day

bp = Blueprint("duties", __name__)
Follow = Callable[[Actor, int, date], None]  # gives the record of a duty its new day


@bp.get("/desk/duties")
@allow()
def index(form: LateRuleForm | None = None) -> str:
    actor = current_actor()
    scopes = _scopes(actor)
    asked = request.args.get("whose", "")
    whose = Whose(actor, asked if asked in scopes else next(reversed(scopes)) if actor.sees_all else "mine")
    wanted = next((one for one in DutyState if one == request.args.get("state")), None)
    found, after = queries.page_of(whose, wanted, today(), _key(request.args.get("after", "")))
    return _shown(
        "index",
        duties=found,
        after=f"{after[0]}.{after[1]}" if after else "",
        whose=whose.scope,
        scopes=scopes,
        wanted=wanted,
        counts=queries.counts(whose, today()),
        failed=failed_lately(actor.municipality_id) if actor.sees_all else [],
        sends_mail=current_app.extensions["dialogue"].settings.mail_server is not None,
        rule=(form or LateRuleForm(formdata=None, days=queries.shown_after(actor.municipality_id)))
        if actor.sees_all
        else None,
    )


@bp.get("/desk/duties/<int:duty_id>")
@allow()
def show(duty_id: int) -> str:
    return _page(queries.get_duty(current_actor(), duty_id), ExtendForm(formdata=None))


@bp.post("/desk/duties/<int:duty_id>/extend")
@allow()
def extend(duty_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), ExtendForm()
    duty = queries.get_for_extending(actor, duty_id)
    if not form.validate_on_submit():
        return _page(duty, form), 422
    try:
        with writing():
            duty = queries.get_for_extending(actor, duty_id)
            services.extend(actor, duty, form.due.data, form.because.data)
            follow = _followers().get(duty.kind)
            if follow:
                follow(actor, int(duty.object.partition(":")[2]), form.due.data)
    except Refused as refusal:
        return _page(queries.get_duty(actor, duty_id), form, refusal.reasons), 422
    flash(_("Uitgesteld tot %(day)s. De eerste belofte blijft zichtbaar.", day=day(form.due.data)))
    return redirect(url_for("duties.show", duty_id=duty_id))


@bp.post("/desk/duties/late-rule")
@allow(Role.COORDINATOR)
def late_rule() -> ResponseReturnValue:
    form = LateRuleForm()
    if not form.validate_on_submit():
        return index(form), 422
    with writing():
        services.show_late_after(current_actor(), form.days.data)
    flash(_("Bewaard."))
    return redirect(url_for("duties.index"))


def _page(duty: Duty, form: ExtendForm, reasons: Sequence[str] = ()) -> str:
    endpoint, values = door_of(duty)
    is_open = not (duty.kept_at or duty.cancelled_at)
    return _shown(
        "show",
        duty=duty,
        form=form if may_extend(current_actor(), duty) and (is_open or reasons) else None,
        reasons=reasons,
        door=url_for(endpoint, **values),
        history=queries.history(duty.id),
        change_words=change_words,
    )


def _shown(name: str, **context: object) -> str:
    return render_template(
        f"duties/{name}.html",
        today=today(),
        states=list(DutyState),
        state=state,
        days_late=days_late,
        kind_words=kind_words,
        state_words=state_words,
        state_colour=state_colour,
        step_of=step_of,
        **context,
    )


def _scopes(actor: Actor) -> dict[str, str]:
    """Whose duties this person may look at, in words."""
    scopes = {"mine": _("Voor mij")}
    if actor.departments:
        scopes["department"] = _("Mijn dienst")
    if actor.sees_all:
        scopes["town"] = _("Hele gemeente")
    return scopes


def _key(text: str) -> tuple[date, int] | None:
    """The place in the list to go on from: '2026-03-12.7'."""
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.(\d{1,9})", text, re.ASCII)
    try:
        return (date.fromisoformat(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def _followers() -> Mapping[str, Follow]:
    return cast(Mapping[str, Follow], current_app.extensions["dialogue.put_off"])
