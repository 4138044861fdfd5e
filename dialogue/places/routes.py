"""Doors of the room places."""

from flask import Blueprint, render_template

from dialogue.web.access import allow

bp = Blueprint("places", __name__)


@bp.get("/desk/places")
@allow()
def index() -> str:
    return render_template("error.html", code=200, message="index", reasons=[])
