"""Doors of the room evidence."""

from flask import Blueprint, render_template

from dialogue.web.access import allow

bp = Blueprint("evidence", __name__)


@bp.get("/desk/evidence")
@allow()
def index() -> str:
    return render_template("error.html", code=200, message="index", reasons=[])
