"""An application with a mail server, which is a mailbox of the test."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from dialogue import create_app
from dialogue.duties import jobs as duty_jobs
from dialogue.shared.database import db
from tests.builders import Cast, the_cast
from tests.conftest import settings_in
from tests.duties.mailbox import Mailbox, served
from tests.duties.notices.looking import FROM, at


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def posted(box: Mailbox) -> Iterator[str]:
    with served(box) as address:
        yield f"smtp://{address}"


@pytest.fixture
def app(instance: Path, posted: str) -> Iterator[Flask]:
    """As everywhere, with a mail server."""
    settings = replace(settings_in(instance, "https://dialoog.oudenhove.example"), smtp_url=posted, mail_from=FROM)
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
        duty_jobs._looked_on.clear()


@pytest.fixture
def cast(app: Flask) -> Cast:
    with at(date(2026, 11, 1)):
        return the_cast()
