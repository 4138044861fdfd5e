"""The web server, but careless with one pragma of SQLite: for tests that must notice.

`gunicorn "tests.promises.careless:serving(synchronous='OFF')"`
"""

from flask import Flask

import app
from dialogue.shared.database import PRAGMAS


def serving(**pragmas: str) -> Flask:
    """As app.serving, after these pragmas were set aside."""
    PRAGMAS.update(pragmas)
    return app.serving()
