"""Doors of handing over: what a person answers for as a list, all of it to somebody else in one act, and back."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from dialogue.decisions import handover
from dialogue.decisions.handover_models import HandOver
from dialogue.decisions.handover_queries import (
    get_hand_over,
    handed_over,
    kept_back,
    role_key,
    roles_lacking,
    roles_to_pass,
    tasks_of,
    was_handed_back,
)
from dialogue.decisions.part_routes import bp
from dialogue.people.models import StaffMember
from dialogue.people.queries import get_person, staff_of
from dialogue.people.rules import ROLES
from dialogue.shared.actor import THREAD, Role
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.web.access import allow, current_actor

coordinator = allow(Role.COORDINATOR)


@bp.get("/desk/colleagues/<int:person_id>/hand-over")
@coordinator
def hand_over(person_id: int) -> str:
    """Everything this person answers for; with somebody chosen (`to`), what will happen to it."""
    giver, to = get_person(current_actor(), person_id), request.args.get("to", type=int)
    return _page(giver, get_person(current_actor(), to) if to else None)


@bp.post("/desk/colleagues/<int:person_id>/hand-over")
@coordinator
def hand_over_post(person_id: int) -> ResponseReturnValue:
    """All of it goes to somebody else, or nothing does."""
    actor, to = current_actor(), request.form.get("to", 0, type=int)
    giver, taker = get_person(actor, person_id), get_person(actor, to)
    try:
        with writing():
            giver, taker = get_person(actor, person_id), get_person(actor, to)
            sent = request.form.getlist
            done = handover.hand_over(actor, giver, taker, sent("tasks"), sent("roles"))
    except Refused as refusal:
        return _page(giver, taker, refusal.reasons), 422
    return _done(person_id, done)


@bp.post("/desk/hand-overs/<int:hand_over_id>/back")
@coordinator
def hand_back(hand_over_id: int) -> ResponseReturnValue:
    """What is still open goes back to who had it."""
    actor, found = current_actor(), get_hand_over(current_actor(), hand_over_id)
    try:
        with writing():
            found = get_hand_over(actor, hand_over_id)
            done = handover.hand_back(actor, found)
    except Refused as refusal:
        return _page(found.giver, None, refusal.reasons), 422
    return _done(found.from_id, done)


def _done(person_id: int, done: HandOver) -> ResponseReturnValue:
    name, tasks, roles = done.taker.name, len(done.tasks), len(done.roles)
    if tasks or not roles:
        flash(ngettext("%(num)s taak is nu van %(name)s.", "%(num)s taken zijn nu van %(name)s.", tasks, name=name))
    if roles:
        flash(ngettext("%(num)s rol is nu van %(name)s.", "%(num)s rollen zijn nu van %(name)s.", roles, name=name))
    return redirect(url_for("decisions.hand_over", person_id=person_id))


def _page(giver: StaffMember, taker: StaffMember | None, reasons: Sequence[str] = ()) -> str:
    actor = current_actor()
    return render_template(
        "decisions/hand_over.html",
        giver=giver,
        taker=taker,
        tasks=tasks_of(giver),
        kept_back=kept_back(giver),
        passing=roles_to_pass(actor, giver, taker) if taker else [],
        lacking=roles_lacking(giver, taker) if taker else [],
        has_roles=any(membership.role in THREAD for membership in giver.memberships),
        ticked=request.form.getlist("roles"),
        role_key=role_key,
        others=[one for one in staff_of(giver.municipality_id) if one.id != giver.id],
        history=[(done, was_handed_back(done)) for done in handed_over(giver)],
        reasons=reasons,
        roles=ROLES,
    )
