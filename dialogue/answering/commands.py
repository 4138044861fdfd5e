"""Commands of answering: take in answers that were collected elsewhere."""

import sys
from pathlib import Path

import click
from flask_babel import force_locale

from dialogue.answering.importing import import_responses
from dialogue.answering.queries import rounds_for_imports
from dialogue.shared.errors import NotFound, Refused, refuse_to_start
from dialogue.shared.operators import installation
from dialogue.shared.startup import why_not_seal

MOST_SHOWN = 200
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import-responses")
@click.argument("file", type=FILE)
@click.option("--mapping", required=True, type=FILE, help="A TOML file that says which column answers which question.")
@click.option("--wave", "wave_id", type=int, help="The number of the round; not needed when only one can take them in.")
@click.option("--dry-run", is_flag=True, help="Only say what is wrong.")
def import_command(file: Path, mapping: Path, wave_id: int | None, dry_run: bool) -> None:
    """Take in answers from a CSV file: all rows, or none when one has a problem."""
    refuse_to_start(why_not_seal(installation()))
    wave_id = wave_id or _only_round()
    with force_locale("en"):
        try:
            outcome = import_responses(file, mapping, wave_id, dry_run=dry_run, progress=_progress)
        except NotFound as error:
            raise click.ClickException(f"There is no round {wave_id}.") from error
        except Refused as error:
            raise click.ClickException("\n".join(str(reason) for reason in error.reasons)) from error
    for problem in outcome.problems[:MOST_SHOWN]:
        click.echo(f"row {problem.row}, column {problem.column}: {problem.sentence}", err=True)
    if outcome.problems:
        raise click.ClickException(f"{len(outcome.problems)} problems in {outcome.rows} rows; nothing was taken in.")
    if outcome.already:
        click.echo(f"This file with this mapping was taken in before ({outcome.rows} rows); nothing was done.")
    else:
        click.echo(f"{outcome.rows} rows are good." if dry_run else f"{outcome.rows} rows are in the letter box.")


def _only_round() -> int:
    rounds = rounds_for_imports()
    if len(rounds) != 1:
        listed = "".join(f"\n  --wave {wave.id}  {next(iter(wave.consultation.titles.values()))}" for wave in rounds)
        raise click.ClickException(f"Say into which round:{listed or ' there is none for answers from elsewhere.'}")
    return rounds[0].id


def _progress(rows: int) -> None:
    click.echo(f"{rows} rows …", file=sys.stderr)
