"""Doors of the room feedback."""

from flask import Blueprint, render_template

from dialogue.web.access import allow

bp = Blueprint("feedback", __name__)


@bp.get("/desk/messages")
@allow()
def index() -> str:
    return render_template("error.html", code=200, message="index", reasons=[])
