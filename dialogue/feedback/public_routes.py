"""Doors for everybody: what we ask, and what happened with it. No session, no cookie, no token, for there is no
authority here to abuse; nothing of a visitor is kept.
"""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, Response, g, render_template, request

from dialogue.consultations.queries import open_now, town_of
from dialogue.decisions.advice_queries import advice_behind, advice_of, advice_on
from dialogue.decisions.proof_files import shown_photo
from dialogue.decisions.turn_queries import earlier
from dialogue.decisions.words import OF_MEASURES, body_words, child_words
from dialogue.duties.queries import shown_after
from dialogue.duties.words import kind_words
from dialogue.feedback import queries
from dialogue.feedback.dead_ends import stages
from dialogue.feedback.fate_words import reached
from dialogue.feedback.follow_ups import figures_of, questions_about
from dialogue.feedback.late import late_promises
from dialogue.feedback.periods import SCHOOL, Period, period, period_of, periods
from dialogue.feedback.reactions import reactions_to
from dialogue.feedback.reviews import reviews_of
from dialogue.feedback.rules import Part
from dialogue.feedback.stories import ages_told, answered_words, chains_at, page_of, questions_of
from dialogue.feedback.versions import told
from dialogue.feedback.words import COVERAGE_LABELS, PART_LABELS, chip_css, chip_words, counted
from dialogue.ledger.queries import head
from dialogue.people.models import Municipality
from dialogue.people.queries import municipality_by_slug
from dialogue.places.models import Place
from dialogue.places.queries import place_by_code
from dialogue.shared.bands import Band
from dialogue.shared.clock import today
from dialogue.shared.codes import typed_code
from dialogue.shared.errors import NotFound
from dialogue.signals.basis_queries import said
from dialogue.signals.change_queries import changes_in, changes_of
from dialogue.signals.words import band_words, said_words
from dialogue.web.i18n import asked_language
from dialogue.web.uploads import handed_out

bp = Blueprint("public", __name__)
LATEST = 6
BIGGEST = 2**31 - 1
NEUTRAL = "https://www.wikipedia.org/"  # where the way out leads while no town is known


@bp.url_defaults
def keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    """A language that was asked for stays while going from page to page."""
    if kept := g.get("pinned") or (request and asked_language()):
        values.setdefault("lang", kept)


@bp.after_request
def tell_nobody(response: Response) -> Response:
    """Where a visitor goes next never learns that they were here; no browser keeps the page."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/m/<slug>")
def town(slug: str) -> str:
    municipality = municipality_of(slug)
    latest = [chain for chain in queries.coverage(municipality.id).chains if chain.decision][:LATEST]
    return public_page("town", municipality, waves=open_now(municipality.id), chains=latest)


@bp.get("/m/<slug>/what-happened")
def what_happened(slug: str) -> str:
    municipality = municipality_of(slug)
    chosen, years = _school_year(municipality.id)
    covered = queries.coverage(municipality.id, chosen.begins, chosen.ends)
    part = next((part for part in Part if part == request.args.get("part")), None)
    shown, before = page_of(covered, part, request.args.get("before", type=int))
    return public_page(
        "what_happened",
        municipality,
        covered=covered,
        counted=counted(covered),
        chains=shown,
        before=before,
        part=part,
        year=chosen,
        years=years,
        late=late_promises(municipality.id, today()),
        reached=reached([chain.signal.id for chain in covered.chains], stages(municipality.id)),
        changes=changes_in(municipality.id, chosen.begins, chosen.ends),
        shown_after=max(shown_after(municipality.id), 1),
        kind_words=kind_words,
        advice=advice_of(municipality.id, chosen.begins, chosen.ends),
    )


@bp.get(f"/m/<slug>/signal/<int(max={BIGGEST}):signal_id>")
def signal(slug: str, signal_id: int) -> str:
    municipality = municipality_of(slug)
    [chain] = queries.chains_of([queries.get_public_signal(municipality.id, signal_id)])
    ages = ages_told([chain])
    asked_again = [figures_of(question) for question in questions_about([signal_id])]
    shown = {"chain": chain, "ages": ages, "asked_again": asked_again, "changes": changes_of(signal_id)}
    return public_page("signal", municipality, asked_age(ages), advice=advice_on([signal_id]).get(signal_id), **shown)


@bp.get(f"/m/<slug>/photo/<int(max={BIGGEST}):proof_id>")
def photo(slug: str, proof_id: int) -> Response:
    return handed_out(shown_photo(municipality_of(slug).id, proof_id), shown=True)


@bp.get("/m/<slug>/record")
def record(slug: str) -> str:
    return public_page("record", municipality_of(slug), head=head(), entries=queries.ledger_length())


@bp.get("/m/<slug>/p/<code>")
def place(slug: str, code: str) -> str:
    municipality = municipality_of(slug)
    found = place_of(municipality, code)
    chains, here = chains_at(municipality, found.id)
    return public_page("place", municipality, place=found, here=here, chains=chains[:LATEST])


def place_of(municipality: Municipality, code: str) -> Place:
    """The place of this municipality with this code; raises NotFound."""
    found = place_by_code(typed_code(code))
    if found is None or found.municipality_id != municipality.id:
        raise NotFound
    return found


def municipality_of(slug: str) -> Municipality:
    """The municipality of this address; raises NotFound."""
    found = municipality_by_slug(slug)
    if found is None:
        raise NotFound
    return found


def asked_age(ages: Collection[Band]) -> str:
    """The age that the address asks for, where there is a text of its own for it; else ""."""
    wanted = request.args.get("age", "")
    return wanted if wanted in ages else ""


def _school_year(municipality_id: int) -> tuple[Period, list[Period]]:
    """The school year that was asked for, else the newest with a signal; and all there are."""
    first, last = queries.signal_days(municipality_id) or (today(), today())
    asked = period(SCHOOL, request.args.get("year", 0, type=int))
    return asked or period_of(SCHOOL, last), periods(SCHOOL, first, max(last, today()))


def public_page(name: str, municipality: Municipality | None, band: str = "", **context: object) -> str:
    """A page for everybody, with what all of them can say; messages are read as by this age, where that is known."""
    return render_template(
        f"feedback/{name}.html",
        municipality=municipality,
        band=band,
        band_words=band_words,
        town=town_of(municipality.id) if municipality else None,
        neutral=NEUTRAL,
        today=today(),
        said=lambda signal: said_words(said(signal)),
        questions_of=questions_of,
        advice_behind=advice_behind,
        answered_words=answered_words,
        child_words=child_words,
        body_words=body_words,
        chip_css=chip_css,
        chip_words=chip_words,
        part_labels=PART_LABELS,
        coverage_labels=COVERAGE_LABELS,
        text_for=lambda message: told(message, band),
        reactions_to=reactions_to,
        reviews=reviews_of(municipality.id) if municipality else {},
        earlier=earlier,
        **OF_MEASURES,
        **context,
    )
