"""Doors of consultations: list, new, one consultation, its basics, its promise, and what still misses."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.consultations import rules, services
from dialogue.consultations.forms import BasicsForm, DraftForm, PromiseForm
from dialogue.consultations.queries import (
    consultations_of,
    current_instruments,
    get_for_reading,
    get_for_writing,
    may_write,
)
from dialogue.consultations.round_routes import bp, to_consultation
from dialogue.consultations.words import band_words
from dialogue.duties.queries import late
from dialogue.people.queries import departments, get_department
from dialogue.questions.checking import minutes
from dialogue.shared.actor import Role
from dialogue.shared.bands import Band
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from dialogue.web.access import allow, current_actor

A_PAGE = 50


@bp.get("/desk/consultations")
@allow()
def index() -> str:
    search = request.args.get("q", "").strip()
    visible = consultations_of(current_actor())
    found = [c for c in visible if any(search.casefold() in text.casefold() for text in c.titles.values())]
    last = request.args.get("after", type=int)
    begin = next((place for place, c in enumerate(found, 1) if c.id == last), 0)
    shown = found[begin : begin + A_PAGE]
    more = shown[-1].id if len(found) > begin + A_PAGE else None
    return render_template("consultations/index.html", consultations=shown, any=visible, search=search, more=more)


@bp.get("/desk/consultations/new")
@allow(Role.MAKER)
def new() -> str:
    return render_template("consultations/new.html", form=_draft_form(bands=[Band.B], languages=["nl"]))


@bp.post("/desk/consultations/new")
@allow(Role.MAKER)
def create() -> ResponseReturnValue:
    actor, form = current_actor(), _draft_form()
    if not form.validate():
        return render_template("consultations/new.html", form=form), 422
    with writing():
        consultation = services.draft(
            actor,
            get_department(actor, form.department_id.data),
            form.titles,
            bands=form.bands.data,
            languages=form.languages.data,
            starter_key=form.starter.data,
            channel=form.channel.data,
        )
    flash(_("De bevraging staat klaar. Zeg nu wat je kinderen belooft."))
    return redirect(url_for("consultations.promise", consultation_id=consultation.id))


@bp.get("/desk/consultations/<int:consultation_id>")
@allow()
def show(consultation_id: int) -> str:
    actor = current_actor()
    consultation = get_for_reading(actor, consultation_id)
    wave = rules.latest(consultation)
    base = current_app.extensions["dialogue"].settings.public_url
    return render_template(
        "consultations/show.html",
        consultation=consultation,
        wave=wave,
        writes=may_write(actor, consultation),
        reads=actor.has(Role.READER, consultation.department_id) or actor.sees_all,
        reasons=rules.why_not_open(consultation, wave, today()),
        changed=bool(rules.renewed(consultation, current_instruments(wave))),
        minutes={version.band: minutes(version.items, version.band) for version in consultation.versions},
        address=f"{base}/c/{consultation.code}",
        today=today(),
    )


@bp.route("/desk/consultations/<int:consultation_id>/basics", methods=["GET", "POST"])
@allow(Role.MAKER)
def basics(consultation_id: int) -> ResponseReturnValue:
    actor = current_actor()
    consultation = get_for_writing(actor, consultation_id)
    titles = {f"title_{language}": text for language, text in consultation.titles.items()}
    bands = [version.band for version in consultation.versions]
    form = BasicsForm(data=titles | {"bands": bands, "languages": consultation.languages})
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("consultations/basics.html", consultation=consultation, form=form), status
    with writing():
        consultation = get_for_writing(actor, consultation_id)
        services.set_basics(actor, consultation, form.titles, form.bands.data, form.languages.data)
    flash(_("Bewaard."))
    return to_consultation(consultation)


@bp.route("/desk/consultations/<int:consultation_id>/promise", methods=["GET", "POST"])
@allow(Role.MAKER)
def promise(consultation_id: int) -> ResponseReturnValue:
    actor = current_actor()
    consultation = get_for_writing(actor, consultation_id)
    form = PromiseForm(rules.latest(consultation))
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("consultations/promise.html", consultation=consultation, form=form), status
    promised = form.promise
    with writing():
        services.set_promise(actor, get_for_writing(actor, consultation_id), promised)
    flash(_("De belofte is bewaard."))
    return to_consultation(consultation)


@bp.get("/desk/consultations/<int:consultation_id>/check")
@allow(Role.MAKER)
def check(consultation_id: int) -> str:
    consultation = get_for_writing(current_actor(), consultation_id)
    wave = rules.latest(consultation)
    owed = [
        duty
        for duty in late(consultation.municipality_id, today())
        if duty.kind == "feedback" and duty.department_id == consultation.department_id
    ]
    return render_template(
        "consultations/check.html",
        consultation=consultation,
        wave=wave,
        reasons=rules.why_not_open(consultation, wave, today()),
        advice=rules.advice(consultation),
        ages=", ".join(band_words(version.band) for version in consultation.versions),
        owed=owed,
    )


def _draft_form(**data: object) -> DraftForm:
    actor = current_actor()
    own = [d for d in departments(actor.municipality_id) if actor.has(Role.MAKER, d.id)]
    return DraftForm(own, data={"starter": ""} | data)
