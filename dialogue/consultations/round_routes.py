"""Doors of rounds: open, renew, close, and another one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.consultations import round_services, rules
from dialogue.consultations.models import Consultation, Wave
from dialogue.consultations.poster_routes import bp
from dialogue.consultations.queries import current_instruments, get_for_writing, get_wave_for_writing
from dialogue.shared.actor import Role
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from dialogue.web.access import allow, current_actor


@bp.post("/desk/rounds/<int:wave_id>/open")
@allow(Role.MAKER)
def open_wave(wave_id: int) -> ResponseReturnValue:
    with writing():
        wave = _wave(wave_id)
        round_services.open_wave(current_actor(), wave)
    flash(_("De ronde is open: kinderen kunnen antwoorden."))
    return to_consultation(wave.consultation)


@bp.get("/desk/rounds/<int:wave_id>/renew")
@allow(Role.MAKER)
def renew_check(wave_id: int) -> str:
    wave = _wave(wave_id)
    current = current_instruments(wave)
    return render_template(
        "consultations/renew.html",
        consultation=wave.consultation,
        wave=wave,
        reasons=rules.why_not_renew(wave.consultation, wave, current),
        versions=rules.renewed(wave.consultation, current),
    )


@bp.post("/desk/rounds/<int:wave_id>/renew")
@allow(Role.MAKER)
def renew(wave_id: int) -> ResponseReturnValue:
    with writing():
        wave = _wave(wave_id)
        round_services.renew(current_actor(), wave)
    flash(_("Kinderen krijgen vanaf nu de nieuwe vragen."))
    return to_consultation(wave.consultation)


@bp.get("/desk/rounds/<int:wave_id>/close")
@allow(Role.MAKER)
def close_check(wave_id: int) -> str:
    wave = _wave(wave_id)
    reasons = rules.why_not_close(wave, today())
    return render_template("consultations/close.html", consultation=wave.consultation, wave=wave, reasons=reasons)


@bp.post("/desk/rounds/<int:wave_id>/close")
@allow(Role.MAKER)
def close_wave(wave_id: int) -> ResponseReturnValue:
    with writing():
        wave = _wave(wave_id)
        round_services.close_wave(current_actor(), wave)
    flash(_("De ronde is gesloten."))
    return to_consultation(wave.consultation)


@bp.post("/desk/consultations/<int:consultation_id>/rounds")
@allow(Role.MAKER)
def add_round(consultation_id: int) -> ResponseReturnValue:
    actor = current_actor()
    with writing():
        consultation = get_for_writing(actor, consultation_id)
        round_services.add_round(actor, consultation)
    flash(_("Er staat een nieuwe ronde klaar. Kies de dagen."))
    return redirect(url_for("consultations.promise", consultation_id=consultation_id))


def _wave(wave_id: int) -> Wave:
    return get_wave_for_writing(current_actor(), wave_id)


def to_consultation(consultation: Consultation) -> ResponseReturnValue:
    """Back to the page of this consultation."""
    return redirect(url_for("consultations.show", consultation_id=consultation.id))
