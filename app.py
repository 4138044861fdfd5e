"""The program: `flask --app app …` for commands (it finds `create_app`), `gunicorn "app:serving()"` for the web."""

import gc

from flask import Flask

from dialogue import create_app
from dialogue.answering.readiness import get_ready
from dialogue.shared.database import db
from dialogue.shared.errors import refuse_to_start
from dialogue.shared.startup import why_not_serve
from dialogue.web import logs


def serving() -> Flask:
    """The web application; refuses to start where it could not keep its promises."""
    app = create_app(serves=True)
    with app.app_context():
        reasons = why_not_serve(app.extensions["dialogue"])
        db.session.remove()
        db.engine.dispose()  # gunicorn forks its workers from here: none inherits a connection
    refuse_to_start(reasons)
    logs.start()
    get_ready(app)
    gc.collect()
    gc.freeze()  # what is loaded stays, in memory that the workers share
    return app
