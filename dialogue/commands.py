"""`flask --app app …`: what an operator does with an installation."""

import os
import secrets
import time
from pathlib import Path
from typing import Any, cast

import click
from flask import Flask, current_app
from sqlalchemy import select

from dialogue import jobs
from dialogue.answering.commands import import_command
from dialogue.backup import back_up, back_up_keys, put_back
from dialogue.demo.commands import demo
from dialogue.duties.commands import bounced
from dialogue.health_check import complaints
from dialogue.ledger.queries import head, holds, verify
from dialogue.people.commands import create_admin, reset_second_step
from dialogue.shared import keys
from dialogue.shared.database import db, writing
from dialogue.shared.errors import BackupRefused, refuse_to_start
from dialogue.shared.models import Installation
from dialogue.shared.operators import installation, stop, stop_without_tables
from dialogue.shared.startup import why_not_serve
from dialogue.shared.watching import note_look
from dialogue.web import logs

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


def init(app: Flask) -> None:
    """Register all commands."""
    for command in (
        setup,
        make_keys,
        create_admin,
        reset_second_step,
        run_jobs,
        verify_ledger,
        backup,
        restore,
        check,
        import_command,
        bounced,
        demo,
    ):
        app.cli.add_command(command)


@click.command("make-keys")
def make_keys() -> None:
    """Make the keys that are missing; an existing key is never replaced."""
    folder = installation().settings.keys
    keys.make(folder)
    click.echo(f"Keys are in {folder}: keep a copy apart from the database.")


@click.command("setup")
def setup() -> None:
    """Give a migrated database its salt and the check value of its keys (once), and note the public address."""
    settings = installation().settings
    stop_without_tables()
    settings.address_file.write_text(settings.public_url)
    if db.session.scalar(select(Installation)):
        return
    with writing() as session:
        check_value = installation().keys.check_value()
        session.add(Installation(id=1, salt=secrets.token_bytes(16), keys_check=check_value))


@click.command("jobs")
@click.option("--once", is_flag=True, help="Do what is due and stop.")
@click.option("--every", default=5.0, show_default=True, help="Seconds between two looks.")
@click.option("--metrics", type=click.IntRange(1, 65535), help="Port for Prometheus (else DIALOGUE_METRICS_PORT).")
def run_jobs(once: bool, every: float, metrics: int | None) -> None:
    """Open letter boxes, draw charts, close rounds, note duties: all work that is not a page."""
    parent, settings = os.getppid(), installation().settings
    refuse_to_start(why_not_serve(installation()))
    if not once:
        logs.start()
        _tell_prometheus(metrics or settings.metrics_port)
    while True:
        jobs.run_all()
        note_look(settings)
        if once or os.getppid() != parent:
            return
        time.sleep(every)


def _tell_prometheus(port: int) -> None:
    if port:
        from dialogue.metrics import serve  # noqa: PLC0415 - the web does not need it

        serve(cast(Any, current_app)._get_current_object(), port)


@click.command("verify-ledger")
@click.option("--head", "known_head", help="A head that was published before, for instance in a dossier.")
def verify_ledger(known_head: str | None) -> None:
    """Check every entry of the record of decisions; names the first bad one and stops with 1."""
    bad = verify()
    if bad is not None:
        stop(f"Entry {bad} is the first that was changed, removed or put in.")
    if known_head and not holds(known_head):
        stop(f"All entries fit together, but none has the head {known_head}: the end was cut off or rewritten.")
    click.echo(f"All entries fit together. Head: {head()}")


@click.command("backup")
@click.argument("file", type=FILE, required=False)
@click.option("--keys", "key_folder", type=FOLDER, help="Copy the keys to this folder; keep them apart from FILE.")
def backup(file: Path | None, key_folder: Path | None) -> None:
    """Copy the database to FILE while everything goes on; the keys only when asked, and apart."""
    if not file and not key_folder:
        stop("Name a FILE for the database, or a folder with --keys, or both.")
    if file and key_folder and file.resolve().parent == key_folder.resolve():
        stop("Keep the keys and the database apart: choose another folder for one of them.")
    settings = installation().settings
    try:
        if file:
            back_up(settings, file)
            click.echo(f"The database is in {file} (without keys).")
        if key_folder:
            back_up_keys(settings, key_folder)
            click.echo(f"The keys are in {key_folder}.")
    except BackupRefused as refusal:
        stop(str(refusal))


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Move the database that is there aside.")
def restore(file: Path, replace: bool) -> None:
    """Put a backup in place, after checking that it is whole and belongs to the keys. Stop web and jobs first."""
    try:
        aside = put_back(installation(), file, replace=replace)
    except BackupRefused as refusal:
        stop(str(refusal))
    if aside:
        click.echo(f"The old database is now {aside}.")
    click.echo("The copy is in place. Run `flask --app app db upgrade`, then start web and jobs.")


@click.command("check")
def check() -> None:
    """Say in plain words what is wrong; stops with 1 when something is."""
    found = complaints(installation())
    for complaint in found:
        click.echo(f"- {complaint}")
    if found:
        raise SystemExit(1)
    click.echo("All is well.")
