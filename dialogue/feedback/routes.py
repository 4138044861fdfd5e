"""Door of telling back, for staff: what children were told, and what they still have to be told."""

from flask import Blueprint, render_template, request

from dialogue.decisions.words import child_words, outcome_colour
from dialogue.feedback import queries
from dialogue.feedback.follow_ups import figures_of, open_questions
from dialogue.feedback.rules import WRITERS, may_write
from dialogue.shared.actor import Role
from dialogue.web.access import allow, current_actor

bp = Blueprint("feedback", __name__)
EDITORS = (*WRITERS, Role.COORDINATOR)
PAGE = 25


@bp.get("/desk/messages")
@allow()
def index() -> str:
    actor = current_actor()
    told = queries.told(actor, request.args.get("before", type=int), PAGE + 1)
    return render_template(
        "feedback/index.html",
        untold=queries.untold(actor),
        drafts=queries.drafts(actor),
        asked=[(question, figures_of(question)) for question in open_questions(actor)],
        told=told[:PAGE],
        more=len(told) > PAGE,
        may_write=lambda decision: may_write(actor, decision.department_id),
        child_words=child_words,
        outcome_colour=outcome_colour,
    )
