"""Liveness and readiness: is this installation able to keep an answer now, and what needs somebody soon?"""

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from dialogue.shared.database import db
from dialogue.shared.startup import Dialogue, why_not_serve
from dialogue.shared.watching import warnings

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> tuple[Response, int]:
    """200 when ready, else 503 with the reasons. Warnings never make it 503: children can answer all the same."""
    dialogue: Dialogue = current_app.extensions["dialogue"]
    soon: list[str] = []
    try:
        db.session.execute(text("SELECT 1"))
        reasons = why_not_serve(dialogue)
        if not reasons:
            soon = list(warnings(dialogue.settings))
    except SQLAlchemyError as error:
        reasons = [f"The database does not answer: {type(error).__name__}."]
    return jsonify(ready=not reasons, reasons=reasons, warnings=soon), 503 if reasons else 200
