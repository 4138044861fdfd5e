"""`flask demo`: make the example municipality when it is not there, and print where to look."""

import json
from typing import Any

import click
from flask import current_app
from sqlalchemy import select

from dialogue.consultations.models import Consultation, State, Wave
from dialogue.demo.building import build_example, example
from dialogue.demo.reading import texts
from dialogue.demo.said import DANI
from dialogue.people.models import Municipality
from dialogue.places.models import Place
from dialogue.shared.database import db
from dialogue.shared.settings import Settings


@click.command("demo")
@click.option("--json", "as_json", is_flag=True, help="Print the links and accounts for programs.")
def demo(as_json: bool) -> None:
    """Make the example municipality (once), and print the links to open and the accounts of its people."""
    if current_app.extensions["dialogue"].settings.production:
        raise click.ClickException("The example has known passwords: it is never made in production.")
    if example() is None:
        click.echo("Making the example municipality …", err=True)
        build_example()
    links = doors()
    click.echo(json.dumps(links, indent=2) if as_json else _spoken(links))


def doors() -> dict[str, Any]:
    """Where to look, and as whom: `place`, `consultation`, `public`, `desk`, `evidence`, `receipt`, `accounts`."""
    town = example()
    if town is None:
        raise click.ClickException("The example municipality is not there.")
    base = _address()
    told = texts("town")
    accounts = {
        person["account"]: {"email": f"{person['key']}@{town.slug}.example", "password": told["password"]}
        for person in told["person"]
    }
    return {
        "place": f"{base}/p/{_place(town).code}",
        "consultation": f"{base}/c/{_open(town).code}",
        "public": f"{base}/m/{town.slug}",
        "desk": f"{base}/desk",
        "evidence": f"{base}/desk/evidence",
        "receipt": f"{base}/r#{DANI.replace(' ', '-')}",
        "accounts": accounts,
    }


def _address() -> str:
    """The address this installation was set up with, so that it is right in another shell than that of `make run`."""
    settings: Settings = current_app.extensions["dialogue"].settings
    return settings.address_file.read_text() if settings.address_file.exists() else settings.public_url


def _place(town: Municipality) -> Place:
    name = next(place["name"] for place in texts("town")["place"] if place["key"] == "linde")
    chosen = select(Place).where(Place.municipality_id == town.id, Place.name == name)
    return db.session.scalars(chosen).one()


def _open(town: Municipality) -> Consultation:
    """The open consultation that is asked in all bands."""
    chosen = select(Consultation).join(Wave).where(Consultation.municipality_id == town.id, Wave.state == State.OPEN)
    chosen = chosen.where(Consultation.always_open.is_(False)).order_by(Consultation.id.desc())
    return db.session.scalars(chosen.limit(1)).one()


def _spoken(links: dict[str, Any]) -> str:
    rows = [
        ("A child scans the code of a school", links["place"]),
        ("What came of Dani's answer", links["receipt"]),
        ("What everybody can read", links["public"]),
        ("Staff", links["desk"]),
        ("Proof for the label", links["evidence"]),
    ]
    lines = ["", "Dialogue, with an example municipality (all people and answers are invented):", ""]
    lines += [f"  {what:36} {link}" for what, link in rows]
    lines += ["", f"  Password of all example people: {links['accounts']['maker']['password']}"]
    lines += [f"  {role:36} {account['email']}" for role, account in links["accounts"].items()]
    return "\n".join([*lines, ""])
