"""Doors of the room consultations."""

from flask import Blueprint, render_template

from dialogue.web.access import allow

bp = Blueprint("consultations", __name__)


@bp.get("/desk/consultations")
@allow()
def index() -> str:
    return render_template("error.html", code=200, message="index", reasons=[])
