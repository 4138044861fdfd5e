"""Doors of the room desk."""

from flask import Blueprint, render_template

from dialogue.web.access import allow

bp = Blueprint("desk", __name__)


@bp.get("/desk")
@allow()
def today() -> str:
    return render_template("error.html", code=200, message="today", reasons=[])
