"""Door of the desk: what needs me today, and all consultations with their thread."""

from flask import render_template, request
from flask_babel import gettext as _

from dialogue.desk.queries import Row, rows
from dialogue.desk.reshape_routes import bp
from dialogue.desk.rules import STEPS, reached
from dialogue.desk.tasks import tasks_for
from dialogue.people.entrance import steps_for
from dialogue.results.disclosure import rounded
from dialogue.shared.actor import THREAD, Actor, Role
from dialogue.shared.clock import CALENDAR, now, today
from dialogue.web.access import allow, current_actor
from dialogue.web.i18n import in_language

NOON, EVENING = 12, 18
FIRST_TASKS = 8


@bp.get("/desk", endpoint="today")
@allow()
def today_() -> str:
    actor = current_actor()
    listed, search = rows(actor), request.args.get("q", "").strip()
    return render_template(
        "desk/today.html",
        greeting=greeting(actor.name.split()[0]),
        tasks=tasks_for(actor),
        rows=listed,
        found=[row for row in listed if search.casefold() in in_language(row.consultation.titles).casefold()],
        late={row.wave.id for row in listed if _late(row)},
        reached=reached,
        rounded=rounded,
        search=search,
        today=today(),
        may_make=actor.has(Role.MAKER),
        in_thread=actor.has_any(*THREAD, Role.ADMINISTRATOR),
        first_tasks=FIRST_TASKS,
        steps_left=_steps_left(actor),
    )


def greeting(name: str) -> str:
    """Good morning, afternoon or evening, by the municipality's clock."""
    hour = now().astimezone(CALENDAR).hour
    if hour < NOON:
        return _("Goeiemorgen %(name)s", name=name)
    return _("Goeiemiddag %(name)s", name=name) if hour < EVENING else _("Goeienavond %(name)s", name=name)


def _steps_left(actor: Actor) -> int:
    """How many first steps an administrator still has to take."""
    return sum(not done for *_step, done in steps_for(actor)) if actor.has(Role.ADMINISTRATOR) else 0


def _late(row: Row) -> bool:
    promised = row.wave.hear_back_by
    return promised is not None and promised < today() and reached(row.progress) < len(STEPS)
