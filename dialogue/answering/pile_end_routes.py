"""Staff doors of the end of a pile of paper: is all there, do both agree, and into the letter box with it.

GET  /desk/paper/<pile>/end        how many there are, against how many were counted
POST /desk/paper/<pile>/settle     which of two people was right, where they typed something else
POST /desk/paper/<pile>/send       put all in the letter box
POST /desk/paper/<pile>/drop       throw away what was typed
"""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from dialogue.answering import pile_services
from dialogue.answering.pile_models import Pile
from dialogue.answering.pile_queries import SECOND, differences, get_pile, may_type, sheets, turn_of, typed_in
from dialogue.answering.pile_routes import Answer, bp, whole
from dialogue.questions.items import Item
from dialogue.questions.kinds import DONT_KNOW, KINDS, SKIPPED
from dialogue.shared.actor import Role
from dialogue.shared.database import db, writing
from dialogue.shared.errors import Refused
from dialogue.web.access import allow, current_actor

__all__ = ["bp"]


@bp.get("/desk/paper/<int:pile_id>/end")
@allow(Role.MAKER)
def end_pile(pile_id: int) -> str:
    """Whether all that was counted is typed."""
    return _end_page(get_pile(current_actor(), pile_id))


@bp.post("/desk/paper/<int:pile_id>/settle")
@allow(Role.MAKER)
def settle_pile(pile_id: int) -> Response:
    """Keep which of two people was right. Fields: <number of the sheet>.<question>, 1 or 2."""
    parts = ((name.partition("."), turn) for name, turn in request.form.items() if turn in ("1", "2"))
    right = {(whole(number), key): int(turn) for (number, _dot, key), turn in parts}
    with writing():
        pile_services.settle(current_actor(), pile_id, right)
    return redirect(url_for("answering.end_pile", pile_id=pile_id))


@bp.post("/desk/paper/<int:pile_id>/send")
@allow(Role.MAKER)
def send_pile(pile_id: int) -> Answer:
    """Put the whole pile in the letter box."""
    actor = current_actor()
    pile = get_pile(actor, pile_id)
    turn_of(actor, pile)
    wave_id, letters = pile.wave_id, pile_services.letters_of(pile)
    read = [sheet.body for sheet in sheets(pile)]
    try:
        with writing():
            count = pile_services.send(actor, pile_id, letters, read)
    except Refused as error:
        return _end_page(get_pile(actor, pile_id), error.reasons), 422
    flash(ngettext("%(num)s formulier zit in de brievenbus.", "%(num)s formulieren zitten in de brievenbus.", count))
    return redirect(url_for("answering.paper", wave_id=wave_id))


@bp.post("/desk/paper/<int:pile_id>/drop")
@allow(Role.MAKER)
def drop_pile(pile_id: int) -> Response:
    """Throw away what was typed."""
    with writing():
        pile_services.drop(current_actor(), pile_id)
    flash(_("Wat getypt was, is weg. De formulieren op papier heb je nog."))
    return redirect(url_for("answering.paper", wave_id=db.session.get_one(Pile, pile_id).wave_id))


def _end_page(pile: Pile, reasons: Sequence[str] = ()) -> str:
    return render_template(
        "answering/pile_end.html",
        pile=pile,
        typed=typed_in(pile),
        typed_again=typed_in(pile, SECOND),
        differences=differences(pile),
        mine=may_type(current_actor(), pile),
        in_words=_in_words,
        reasons=reasons,
    )


def _in_words(item: Item, value: str) -> str:
    """An answer as staff read it."""
    if value in (DONT_KNOW, SKIPPED):
        return _("Weet ik niet") if value else _("Overgeslagen")
    return KINDS[item["kind"]].in_words(item, value, next(iter(item["words"])))
