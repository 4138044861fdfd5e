"""Doors for the plan codes of a municipality: the list, a new one looked at before it is taken in."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from dialogue.decisions.carrying_routes import bp
from dialogue.decisions.plan_file import COLUMNS, MOST_BYTES, Listed, read, text_of, written
from dialogue.decisions.plan_queries import plan_codes
from dialogue.decisions.plan_services import Differences, compare, take_in
from dialogue.decisions.words import level_words
from dialogue.shared.actor import Role
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.web.access import allow, current_actor
from dialogue.web.uploads import brought, takes_files

__all__ = ["bp"]
coordinator = allow(Role.COORDINATOR)


@bp.get("/desk/plan-codes")
@coordinator
def plan_list() -> str:
    return _page()


@bp.post("/desk/plan-codes/look")
@coordinator
@takes_files(MOST_BYTES)
def look_at_plan() -> ResponseReturnValue:
    """What a list would change, and what is wrong with it; nothing is kept yet."""
    came = brought("file")
    if came is None:
        return _page([_("Kies een bestand.")]), 422
    try:
        listed = read(text_of(came[0]))
    except Refused as refusal:
        return _page(refusal.reasons), 422
    return _preview(listed), 422 if listed.problems else 200


@bp.post("/desk/plan-codes")
@coordinator
@takes_files(MOST_BYTES)
def take_in_plan() -> ResponseReturnValue:
    """Take in the list that was looked at: all of it, or nothing."""
    try:
        listed = read(request.form.get("text", ""))
    except Refused as refusal:
        return _page(refusal.reasons), 422
    if listed.problems:
        return _preview(listed), 422
    with writing():
        found = take_in(current_actor(), listed.lines)
    flash(_said(found))
    return redirect(url_for("decisions.plan_list"))


def _said(found: Differences) -> str:
    return " ".join(
        [
            ngettext("%(num)s nieuwe code.", "%(num)s nieuwe codes.", len(found.new)),
            ngettext("%(num)s veranderd.", "%(num)s veranderd.", len(found.changed)),
            ngettext("%(num)s niet meer te kiezen.", "%(num)s niet meer te kiezen.", len(found.retired)),
        ]
    )


def _preview(listed: Listed) -> str:
    found = compare(current_actor().municipality_id, listed.lines)
    return render_template(
        "decisions/plan_preview.html",
        text=written(listed.lines),
        listed=listed,
        found=found,
        said=_said(found),
        level_words=level_words,
    )


def _page(reasons: Sequence[str] = ()) -> str:
    municipality_id = current_actor().municipality_id
    return render_template(
        "decisions/plan_list.html",
        codes=plan_codes(municipality_id),
        retired=plan_codes(municipality_id, retired=True),
        reasons=reasons,
        columns=COLUMNS,
        most_bytes=MOST_BYTES,
        level_words=level_words,
    )
