"""Door of the report on everything that has no answer yet: why, and with which department."""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from dialogue.feedback.dead_ends import report
from dialogue.feedback.fate_words import COUNTED, UNIT_DEFINITIONS, UNIT_LABELS, Row, rows_of, totals_of
from dialogue.feedback.fates import Fate, Report, Unit
from dialogue.people.models import Department
from dialogue.people.queries import departments
from dialogue.results.export import as_csv, as_xlsx
from dialogue.shared.actor import Role
from dialogue.shared.errors import NotFound
from dialogue.shared.text import slug
from dialogue.web.access import allow, current_actor

bp = Blueprint("desk", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOORS = {  # where what is open goes on
    Fate.UNREAD: "signals.index",
    Fate.NO_SIGNAL: "signals.index",
    Fate.NO_PROPOSAL: "decisions.index",
    Fate.UNDECIDED: "decisions.index",
    Fate.UNTOLD: "feedback.index",
}
in_thread = allow(Role.MAKER, Role.READER, Role.DECIDER, Role.COORDINATOR)


@bp.get("/desk/unanswered")
@in_thread
def unanswered() -> str:
    mine, wanted = _departments(), request.args.get("department", type=int)
    if wanted and wanted not in mine:
        raise NotFound
    found = _report().of([wanted] if wanted else mine)
    return render_template(
        "desk/unanswered.html",
        departments=mine.values(),
        wanted=wanted,
        rows=rows_of(found),
        totals=totals_of(found),
        empty=not any(found.total(unit) for unit in Unit),
        units=UNIT_LABELS,
        definitions=UNIT_DEFINITIONS,
        shared=COUNTED,
        doors={fate: url_for(endpoint) for fate, endpoint in DOORS.items()},
    )


@bp.get("/desk/unanswered.csv")
@in_thread
def unanswered_csv() -> Response:
    return _file(as_csv(_lines()), "text/csv; charset=utf-8", "csv")


@bp.get("/desk/unanswered.xlsx")
@in_thread
def unanswered_xlsx() -> Response:
    return _file(as_xlsx(_lines()), XLSX, "xlsx")


def _report() -> Report:
    return report(current_actor().municipality_id)


def _departments() -> dict[int, Department]:
    """The departments of which this person may know what waits."""
    actor = current_actor()
    return {one.id: one for one in departments(actor.municipality_id) if actor.sees(one.id)}


def _lines() -> list[list[str]]:
    """The same figures for a spreadsheet: a line per department and fate."""
    whole = _report()
    head = [_("Dienst"), _("Hoe ver"), *(str(label) for label in UNIT_LABELS.values())]
    lines = [head]
    for department in _departments().values():
        lines += _lines_of(department.name, rows_of(whole.of([department.id])))
    return lines


def _lines_of(name: str, rows: list[Row]) -> Iterator[list[str]]:
    for row in rows:
        yield [name, str(row.label), *(row.counts.get(unit, "0") for unit in UNIT_LABELS)]


def _file(content: str | bytes, content_type: str, ending: str) -> Response:
    response = Response(content, content_type=content_type)
    name = slug(_("zonder antwoord"))
    response.headers["Content-Disposition"] = f'attachment; filename="dialogue-{name}.{ending}"'
    return response
