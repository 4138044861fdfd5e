"""Commands of people: the first administrator of a municipality, and letting in who lost phone and codes."""

import re

import click
from flask import current_app, url_for

from dialogue.people import team, towns, ways
from dialogue.people.queries import person_by_email
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused, refuse_to_start
from dialogue.shared.operators import installation, stop, stop_without_tables
from dialogue.shared.startup import why_not_seal


@click.command("create-admin")
@click.option("--municipality", prompt="Name of the municipality")
@click.option("--slug", prompt="Its name in web addresses (small letters, digits, dashes)")
@click.option(
    "--country", prompt="Country", type=click.Choice(sorted(towns.COUNTRIES)), default="BE", show_default=True
)
@click.option("--name", prompt="Name of the administrator")
@click.option("--email", prompt="E-mail address of the administrator")
def create_admin(municipality: str, slug: str, country: str, name: str, email: str) -> None:
    """Make a municipality with its first administrator, or a new link for one; prints the link."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        stop(f"{slug!r} cannot stand in an address: use small letters, digits and dashes, like sint-niklaas.")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        stop(f"{email!r} is not an e-mail address.")
    stop_without_tables()
    refuse_to_start(why_not_seal(installation()))
    try:
        with writing():
            town = towns.found_municipality(municipality.strip(), slug, country)
            person = towns.first_administrator(town, name.strip(), email)
            _invitation, token = team.new_link("command", person)
    except Refused as refusal:
        stop(str(refusal))
    with current_app.test_request_context():
        path = url_for("people.join", token=token)
    click.echo("Open this link once, within seven days, and choose a password:")
    click.echo(installation().settings.public_url + path)


@click.command("reset-second-step")
@click.argument("email")
def reset_second_step(email: str) -> None:
    """Let somebody who lost phone and recovery codes sign in with the password alone, when no administrator can."""
    try:
        with writing():
            person = person_by_email(email)
            if person is None:
                raise Refused(f"Nobody has the address {email}.")
            ways.reset("command", person)
    except Refused as refusal:
        stop(str(refusal))
    click.echo("The password is enough now; the person is signed out everywhere, and is told at the next sign-in.")
