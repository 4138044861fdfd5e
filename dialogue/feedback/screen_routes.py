"""Doors for a class: what became of what was said here, one message at a time on a large screen; and its sounds."""

from flask import Response, current_app
from markupsafe import Markup

from dialogue.consultations.models import Consultation, State, Wave
from dialogue.consultations.queries import by_code
from dialogue.feedback.public_routes import BIGGEST, asked_age, municipality_of, place_of
from dialogue.feedback.receipt_routes import bp, public_page
from dialogue.feedback.rules import Chain
from dialogue.feedback.sounds import told_sound
from dialogue.feedback.stories import ages_told, chains_at, chains_from
from dialogue.people.models import Municipality
from dialogue.places.qr import qr_svg
from dialogue.shared.codes import typed_code
from dialogue.shared.errors import NotFound
from dialogue.web.i18n import in_language
from dialogue.web.uploads import handed_out

__all__ = ["bp"]
MOST = 12  # messages: more than a class looks at


@bp.get("/m/<slug>/p/<code>/screen")
def place_screen(slug: str, code: str) -> str:
    municipality = municipality_of(slug)
    place = place_of(municipality, code)
    chains, here = chains_at(municipality, place.id)
    return _screen(municipality, place.name, chains, f"/p/{place.code}", here=here)


@bp.get("/m/<slug>/p/<code>/<consultation>/<int(max=9999):number>/screen")
def round_screen(slug: str, code: str, consultation: str, number: int) -> str:
    """What came of one round, for a class at this place that took part in it."""
    municipality = municipality_of(slug)
    place, asked = place_of(municipality, code), _asked(municipality, consultation)
    where, chains = f"{place.name} · {in_language(asked.titles)}", chains_from(_begun(asked, number))
    return _screen(municipality, where, chains, f"/p/{place.code}")


@bp.get("/m/<slug>/c/<code>/screen")
def consultation_screen(slug: str, code: str) -> str:
    municipality = municipality_of(slug)
    asked = _asked(municipality, code)
    where, chains = in_language(asked.titles), chains_from(_begun(asked))
    return _screen(municipality, where, chains, f"/m/{slug}/what-happened")


def _asked(municipality: Municipality, code: str) -> Consultation:
    found = by_code(typed_code(code))
    if found is None or found.municipality_id != municipality.id:
        raise NotFound
    return found


def _begun(consultation: Consultation, number: int | None = None) -> list[Wave]:
    """Its rounds that children know of (only that with this number); raises NotFound where there are none."""
    found = [wave for wave in consultation.waves if wave.state != State.DRAFT and number in (None, wave.number)]
    if not found:
        raise NotFound
    return found


@bp.get(f"/sound/<int(max={BIGGEST}):sound_id>")
def sound(sound_id: int) -> Response:
    return handed_out(told_sound(sound_id), shown=True)


def _screen(municipality: Municipality, where: str, chains: list[Chain], path: str, **more: object) -> str:
    """What was taken back by the town itself stands on its own page; here is what children said and still stands."""
    shown = [chain for chain in chains if not chain.withdrawn][:MOST]
    ages, address = ages_told(shown), f"{current_app.extensions['dialogue'].settings.public_url}{path}"
    more = {"where": where, "chains": shown, "ages": ages, "address": address, "here": True} | more
    qr = Markup(qr_svg(address))  # noqa: S704
    return public_page("screen", municipality, asked_age(ages), qr=qr, **more)
