"""What commands of operators share: the installation they run in, and stopping with a sentence."""

from typing import NoReturn, cast

import click
from flask import current_app
from sqlalchemy import inspect

from dialogue.shared.database import db
from dialogue.shared.startup import Dialogue


def installation() -> Dialogue:
    """The settings and keys of this installation."""
    return cast(Dialogue, current_app.extensions["dialogue"])


def stop_without_tables() -> None:
    """Stop where no migration made the tables yet."""
    if not inspect(db.engine).has_table("installation"):
        stop("The database is empty: run `flask --app app db upgrade` first.")


def stop(message: str) -> NoReturn:
    """Say what is wrong and stop with 1."""
    click.echo(message, err=True)
    raise SystemExit(1)
