"""Doors of the room answering."""

from flask import Blueprint, render_template

from dialogue.web.access import allow

bp = Blueprint("answering", __name__)


@bp.get("/desk/concerns")
@allow()
def concerns() -> str:
    return render_template("error.html", code=200, message="concerns", reasons=[])
