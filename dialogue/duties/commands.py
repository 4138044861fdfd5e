"""Commands of duties: take in mail that came back."""

from typing import BinaryIO

import click

from dialogue.duties.bouncing import came_back
from dialogue.shared.bounces import MOST_BYTES, read_bounce


@click.command("bounced")
@click.argument("file", type=click.File("rb"), default="-")
def bounced(file: BinaryIO) -> None:
    """Take in one mail that came back (standard input): the coordinators get it instead.

    Any other mail is left alone and said to be so: never an error, or the mail server would send that back as well.
    """
    bounce = read_bounce(file.read(MOST_BYTES))
    if bounce is None:
        click.echo("This does not say that a mail failed for good; nothing was done.")
    elif notice := came_back(bounce):
        click.echo(f"Did not reach {notice.staff_member.email}: {bounce.said}. The coordinators get it instead.")
    else:
        click.echo("This is about no mail of ours, or about one that was noted before; nothing was done.")
