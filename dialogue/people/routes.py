"""Doors of the room people."""

from flask import Blueprint, render_template

from dialogue.web.access import allow

bp = Blueprint("people", __name__)


@bp.get("/desk/team")
@allow()
def team() -> str:
    return render_template("error.html", code=200, message="team", reasons=[])


@bp.get("/desk/account")
@allow()
def account() -> str:
    return render_template("error.html", code=200, message="account", reasons=[])


@bp.get("/sign-in")
@allow()
def sign_in() -> str:
    return render_template("error.html", code=200, message="sign_in", reasons=[])


@bp.post("/sign-out")
@allow()
def sign_out() -> str:
    return render_template("error.html", code=200, message="sign_out", reasons=[])
