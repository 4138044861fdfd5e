"""Doors of the room results."""

from flask import Blueprint, render_template

from dialogue.web.access import allow

bp = Blueprint("results", __name__)


@bp.get("/desk/results")
@allow()
def index() -> str:
    return render_template("error.html", code=200, message="index", reasons=[])
