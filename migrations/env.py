"""Alembic's environment: migrations run through the application's engine, under the one write lock."""

from alembic import context
from flask import current_app

from dialogue.shared.database import db, file_lock

config = context.config


def run() -> None:
    """Upgrade or compare, with SQLite's own transactions."""
    settings = current_app.extensions["dialogue"].settings
    with file_lock(settings.lock), db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=False, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()


run()
