"""Alembic's environment: migrations run through the application's engine, while nobody else writes."""

from contextlib import nullcontext

from alembic import context
from flask import current_app

from dialogue.shared.database import db, on_postgresql
from dialogue.shared.postgresql import WRITES, take_turn
from dialogue.shared.sqlite import file_lock

config = context.config


def run() -> None:
    """Upgrade or compare, in one transaction."""
    settings = current_app.extensions["dialogue"].settings
    engine = db.engine.execution_options(**WRITES) if on_postgresql() else db.engine
    with nullcontext() if on_postgresql() else file_lock(settings.lock), engine.connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=False, compare_type=True)
        with context.begin_transaction():
            if on_postgresql():
                take_turn(connection)
            context.run_migrations()


run()
