"""Doors for everybody: what we ask, what happened with it, and the receipt. No session, no cookie, no token:
there is no authority here to abuse, and nothing of a visitor is kept.
"""

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from dialogue.answering.queries import salt
from dialogue.answering.receipt import ROUNDS
from dialogue.consultations.queries import open_now, town_of
from dialogue.decisions.words import body_words, child_words
from dialogue.duties.queries import shown_after
from dialogue.duties.words import kind_words
from dialogue.feedback import queries, receipts
from dialogue.feedback.late import late_promises
from dialogue.feedback.periods import SCHOOL, Period, period, period_of, periods
from dialogue.feedback.rules import Chain, Part
from dialogue.feedback.stories import answered_words, page_of, questions_of, reading_of
from dialogue.feedback.words import COVERAGE_LABELS, PART_LABELS, chip_css, chip_words, counted
from dialogue.ledger.queries import head
from dialogue.people.models import Municipality
from dialogue.people.queries import municipality_by_slug
from dialogue.places.queries import place_by_code
from dialogue.shared.clock import today
from dialogue.shared.codes import typed_code
from dialogue.shared.errors import NotFound
from dialogue.signals.queries import said, signals_of_contribution, signals_of_response
from dialogue.signals.words import said_words
from dialogue.web.i18n import LANGUAGES
from dialogue.web.limits import WRONG_RECEIPTS, spend

bp = Blueprint("public", __name__)
LATEST = 6
BIGGEST = 2**31 - 1
NEUTRAL = "https://www.wikipedia.org/"  # where the way out leads while no town is known


@bp.url_defaults
def keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    """A language that was asked for stays while going from page to page."""
    if request and request.args.get("lang") in LANGUAGES:
        values.setdefault("lang", request.args["lang"])


@bp.after_request
def tell_nobody(response: Response) -> Response:
    """Where a visitor goes next never learns that they were here; no browser keeps the page."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/m/<slug>")
def town(slug: str) -> str:
    municipality = _municipality(slug)
    latest = [chain for chain in queries.coverage(municipality.id).chains if chain.decision][:LATEST]
    return _shown("town", municipality, waves=open_now(municipality.id), chains=latest)


@bp.get("/m/<slug>/what-happened")
def what_happened(slug: str) -> str:
    municipality = _municipality(slug)
    chosen, years = _school_year(municipality.id)
    covered = queries.coverage(municipality.id, chosen.begins, chosen.ends)
    part = next((part for part in Part if part == request.args.get("part")), None)
    shown, before = page_of(covered, part, request.args.get("before", type=int))
    return _shown(
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
        shown_after=max(shown_after(municipality.id), 1),
        kind_words=kind_words,
    )


@bp.get(f"/m/<slug>/signal/<int(max={BIGGEST}):signal_id>")
def signal(slug: str, signal_id: int) -> str:
    municipality = _municipality(slug)
    [chain] = queries.chains_of([queries.get_public_signal(municipality.id, signal_id)])
    return _shown("signal", municipality, chain=chain)


@bp.get("/m/<slug>/record")
def record(slug: str) -> str:
    return _shown("record", _municipality(slug), head=head(), entries=queries.ledger_length())


@bp.get("/m/<slug>/p/<code>")
def place(slug: str, code: str) -> str:
    municipality = _municipality(slug)
    found = place_by_code(typed_code(code))
    if found is None or found.municipality_id != municipality.id:
        raise NotFound
    rounds = set(queries.waves_with_place(found.id, municipality.smallest_group))
    all_chains = queries.coverage(municipality.id).chains
    here = [chain for chain in all_chains if chain.signal.wave_id in rounds]
    return _shown("place", municipality, place=found, here=bool(here), chains=(here or all_chains)[:LATEST])


@bp.get("/r")
def receipt() -> str:
    return _receipt_form("")


@bp.post("/r")
def receipt_post() -> ResponseReturnValue:
    typed = request.form.get("words", "")[: receipts.LONGEST_TYPED]
    try:
        spend(WRONG_RECEIPTS)
    except TooManyRequests as wait:
        return _receipt_form(typed, trouble="many"), 429, {"Retry-After": str(wait.retry_after)}
    keys = receipts.sent_keys(request.form.get("keys", "")) or receipts.keys_of_words(typed)
    found = receipts.opened(keys)
    if not found:
        return _receipt_form(typed, trouble="unknown"), 422
    spend(WRONG_RECEIPTS, -1)  # a right one costs nothing
    return _thread(found)


def _receipt_form(typed: str, trouble: str = "") -> str:
    return _shown("receipt", None, typed=typed, trouble=trouble, salt=salt().hex(), rounds=ROUNDS)


def _thread(found: receipts.Opened) -> str:
    answered = signals_of_response(found.response) if found.response else []
    written = [signal for one in found.contributions for signal in signals_of_contribution(one)]
    chains = queries.chains_of(dict.fromkeys([*written, *answered]))
    return _shown(
        "receipt_opened",
        found.wave.consultation.municipality,
        wave=found.wave,
        waits=found.waits,
        reading=reading_of(found.contributions),
        news=sorted((c for c in chains if c.message), key=_told_at, reverse=True),
        chains=chains,
    )


def _told_at(chain: Chain) -> Any:
    return chain.message and chain.message.published_at


def _municipality(slug: str) -> Municipality:
    found = municipality_by_slug(slug)
    if found is None:
        raise NotFound
    return found


def _school_year(municipality_id: int) -> tuple[Period, list[Period]]:
    """The school year that was asked for, else the newest with a signal; and all there are."""
    first, last = queries.signal_days(municipality_id) or (today(), today())
    asked = period(SCHOOL, request.args.get("year", 0, type=int))
    return asked or period_of(SCHOOL, last), periods(SCHOOL, first, max(last, today()))


def _shown(name: str, municipality: Municipality | None, **context: object) -> str:
    return render_template(
        f"feedback/{name}.html",
        municipality=municipality,
        town=town_of(municipality.id) if municipality else None,
        neutral=NEUTRAL,
        today=today(),
        said=lambda signal: said_words(said(signal)),
        questions_of=questions_of,
        answered_words=answered_words,
        child_words=child_words,
        body_words=body_words,
        chip_css=chip_css,
        chip_words=chip_words,
        part_labels=PART_LABELS,
        coverage_labels=COVERAGE_LABELS,
        **context,
    )
