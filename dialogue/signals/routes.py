"""Doors of the room signals."""

from flask import Blueprint, render_template

from dialogue.web.access import allow

bp = Blueprint("signals", __name__)


@bp.get("/desk/signals")
@allow()
def index() -> str:
    return render_template("error.html", code=200, message="index", reasons=[])
