"""Liveness and readiness: is this installation able to keep an answer now?"""

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from dialogue.shared.database import db
from dialogue.shared.startup import why_not_serve

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> tuple[Response, int]:
    """200 when ready, else 503 with the reasons."""
    try:
        db.session.execute(text("SELECT 1"))
        reasons = why_not_serve(current_app.extensions["dialogue"])
    except SQLAlchemyError as error:
        reasons = [f"The database does not answer: {type(error).__name__}."]
    return jsonify(ready=not reasons, reasons=reasons), 503 if reasons else 200
