"""`flask --app app …`: what an operator does with an installation."""

import os
import secrets
import time

import click
from flask import Flask, current_app
from sqlalchemy import select

from dialogue import jobs
from dialogue.shared import keys
from dialogue.shared.database import db, writing
from dialogue.shared.models import Installation
from dialogue.shared.settings import Settings


def init(app: Flask) -> None:
    """Register all commands."""
    for command in (setup, make_keys, run_jobs):
        app.cli.add_command(command)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["dialogue"].settings
    return settings


@click.command("make-keys")
def make_keys() -> None:
    """Make the keys that are missing; an existing key is never replaced."""
    keys.make(_settings().keys)
    click.echo(f"Keys are in {_settings().keys}: keep a copy apart from the database.")


@click.command("setup")
def setup() -> None:
    """Give a migrated database its salt and the check value of its keys (once)."""
    if db.session.scalar(select(Installation)):
        return
    with writing() as session:
        check = current_app.extensions["dialogue"].keys.check_value()
        session.add(Installation(id=1, salt=secrets.token_bytes(16), keys_check=check))


@click.command("jobs")
@click.option("--once", is_flag=True, help="Do what is due and stop.")
@click.option("--every", default=5.0, show_default=True, help="Seconds between two looks.")
def run_jobs(once: bool, every: float) -> None:
    """Open letter boxes, draw charts, close rounds, note duties: all work that is not a page."""
    parent = os.getppid()
    while True:
        jobs.run_all()
        if once or os.getppid() != parent:
            return
        time.sleep(every)
