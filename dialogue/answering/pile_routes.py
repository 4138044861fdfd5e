"""Staff doors of a pile of paper that is typed over, for who makes consultations.

POST /desk/rounds/<wave>/paper     begin a pile
GET  /desk/paper/<pile>            the next sheet, or with ?again=1 the last one
POST /desk/paper/<pile>            keep it
POST /desk/paper/<pile>/undo       take the last one away
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dialogue.answering import pile_services
from dialogue.answering.paper_routes import bp, paper_page, pile_form
from dialogue.answering.pile_models import Pile
from dialogue.answering.pile_queries import all_on, get_pile, sheets, turn_of
from dialogue.answering.pile_rules import as_typed, read_typed
from dialogue.consultations.queries import get_wave_for_writing
from dialogue.places.queries import get_place
from dialogue.shared.actor import Role
from dialogue.shared.database import writing
from dialogue.shared.errors import Refused
from dialogue.web.access import allow, current_actor

__all__ = ["bp"]
Answer = str | tuple[str, int] | Response


@bp.post("/desk/rounds/<int:wave_id>/paper")
@allow(Role.MAKER)
def begin_pile(wave_id: int) -> Answer:
    """Begin a pile: its form, its place and how many sheets were counted."""
    actor = current_actor()
    wave = get_wave_for_writing(actor, wave_id)
    form = pile_form(wave)
    if not form.validate_on_submit():
        return paper_page(wave, form), 422
    with writing():
        wave = get_wave_for_writing(actor, wave_id)
        place = get_place(actor, form.place.data) if form.place.data else None
        instrument = next(one for one in wave.instruments if one.id == form.instrument.data)
        pile = pile_services.begin(actor, wave, instrument, place, form.expected.data, twice=form.twice.data)
    return redirect(_at(pile))


@bp.get("/desk/paper/<int:pile_id>")
@allow(Role.MAKER)
def pile(pile_id: int) -> Answer:
    """An empty sheet, or the last one to mend."""
    actor = current_actor()
    pile = get_pile(actor, pile_id)
    typed = sheets(pile, turn_of(actor, pile))
    if not request.args.get("again"):
        return _sheet_page(pile, len(typed) + 1)
    if not typed:
        return redirect(_at(pile))
    return _sheet_page(pile, len(typed), as_typed(pile.instrument.document, all_on(typed[-1])), again=True)


@bp.post("/desk/paper/<int:pile_id>")
@allow(Role.MAKER)
def keep_sheet(pile_id: int) -> Answer:
    """Keep what was typed; what cannot be read is shown again."""
    actor, form = current_actor(), request.form
    pile = get_pile(actor, pile_id)
    turn, number, again = turn_of(actor, pile), _number(form), bool(form.get("again"))
    read = read_typed(pile.instrument.document, form)
    reasons = [_("Er is niets ingevuld. Is het formulier leeg? Tel het dan niet mee.")] if read.is_blank else []
    if reasons or read.problems:
        return _sheet_page(pile, number, form, reasons, read.problems, again=again), 422
    kept = pile_services.sealed(pile, turn, number, read, again=again)
    try:
        with writing():
            pile_services.keep_sheet(actor, pile_id, kept)
    except Refused as error:
        return _sheet_page(get_pile(actor, pile_id), number, form, error.reasons, again=again), 422
    if kept.asking:
        flash(
            _("Dit formulier vraagt om hulp. De vertrouwenspersoon krijgt het nu te lezen. Leg het blad apart."),
            "error",
        )
    return redirect(_at(pile))


@bp.post("/desk/paper/<int:pile_id>/undo")
@allow(Role.MAKER)
def undo_sheet(pile_id: int) -> Response:
    """Take the last sheet away."""
    with writing():
        pile_services.take_away(current_actor(), pile_id, _number(request.form))
    flash(_("Het laatste formulier is weg."))
    return redirect(url_for("answering.pile", pile_id=pile_id))


def _sheet_page(
    pile: Pile,
    number: int,
    typed: Mapping[str, str] | None = None,
    reasons: Sequence[str] = (),
    problems: Mapping[str, str] | None = None,
    *,
    again: bool = False,
) -> str:
    shown: dict[str, Any] = {"number": number, "typed": typed or {}, "reasons": reasons, "problems": problems or {}}
    return render_template("answering/pile.html", pile=pile, again=again, **shown)


def _number(form: Mapping[str, str]) -> int:
    """Which sheet the form says it is; 0, which there never is, for nonsense."""
    return whole(form.get("number", ""))


def whole(text: str) -> int:
    """A small number as typed; 0 for nonsense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _at(pile: Pile) -> str:
    return url_for("answering.pile", pile_id=pile.id)
