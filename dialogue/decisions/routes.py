"""Doors of the room decisions."""

from flask import Blueprint, render_template

from dialogue.web.access import allow

bp = Blueprint("decisions", __name__)


@bp.get("/desk/decisions")
@allow()
def index() -> str:
    return render_template("error.html", code=200, message="index", reasons=[])


@bp.get("/desk/measures")
@allow()
def measures() -> str:
    return render_template("error.html", code=200, message="measures", reasons=[])
