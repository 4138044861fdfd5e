"""Doors of the evidence for the label: figures of a period, the chains that are shown, and the documents."""

import io

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.decisions.advice_queries import advice_behind
from dialogue.decisions.turn_queries import earlier
from dialogue.decisions.words import OF_MEASURES, body_words, child_words
from dialogue.duties.words import kind_words
from dialogue.evidence import services
from dialogue.evidence.annexes import annexes
from dialogue.evidence.figures import figures
from dialogue.evidence.queries import Gathered, chains_for, documents_of, dossier_of, gather, get_dossier
from dialogue.evidence.rules import FEWEST, MOST
from dialogue.evidence.steps import steps
from dialogue.evidence.words import about, answer_words, duty_end, file_name, named
from dialogue.feedback.periods import KINDS, SCHOOL, Period, period, period_of, periods
from dialogue.feedback.queries import signal_days
from dialogue.feedback.stories import answered_words, questions_of
from dialogue.feedback.versions import told
from dialogue.feedback.words import PART_LABELS, chip_css, chip_words, counted
from dialogue.people.queries import get_department, municipality
from dialogue.shared.actor import Role
from dialogue.shared.bundles import content, zipped
from dialogue.shared.clock import today
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound
from dialogue.shared.models import Bundle
from dialogue.signals.basis_queries import said
from dialogue.signals.words import said_words
from dialogue.web.access import allow, current_actor

bp = Blueprint("evidence", __name__)
MIMETYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
PERIOD = "/desk/evidence/<kind>/<int:year>"
DOSSIER = "/desk/evidence/dossier/<int:dossier_id>"


@bp.get("/desk/evidence")
@allow(Role.COORDINATOR)
def index() -> str:
    days = signal_days(current_actor().municipality_id)
    return _page(period_of(SCHOOL, days[1] if days else today()))


@bp.get(PERIOD, endpoint="period")
@allow(Role.COORDINATOR)
def period_(kind: str, year: int) -> str:
    return _page(_period(kind, year))


@bp.get(f"{PERIOD}/department/<int:department_id>")
@allow(Role.COORDINATOR)
def department(kind: str, year: int, department_id: int) -> str:
    actor = current_actor()
    chosen, wanted = _period(kind, year), get_department(actor, department_id)
    [line] = [line for line in steps(gather(actor.municipality_id, chosen)) if line.department.id == wanted.id]
    return render_template("evidence/department.html", period=chosen, line=line, named=named, chip_words=chip_words)


@bp.post(f"{PERIOD}/chains")
@allow(Role.COORDINATOR)
def chains(kind: str, year: int) -> ResponseReturnValue:
    actor, chosen = current_actor(), _period(kind, year)
    ticked = list(dict.fromkeys(request.form.getlist("decision", type=int)))
    offered = [decision.id for decision in gather(actor.municipality_id, chosen).decisions]
    with writing():
        services.choose(actor, chosen, ticked, offered)
    flash(_("De keuze is bewaard. Deze beslissingen staan straks als voorbeeld in het document."))
    return _to(chosen)


@bp.post(f"{PERIOD}/document")
@allow(Role.COORDINATOR)
def make(kind: str, year: int) -> ResponseReturnValue:
    actor, chosen = current_actor(), _period(kind, year)
    with writing():
        services.ask_for_documents(actor, chosen)
    flash(_("De documenten worden gemaakt. Je mag intussen iets anders doen."))
    return _to(chosen)


@bp.get(f"{DOSSIER}.docx")
@allow(Role.COORDINATOR)
def docx(dossier_id: int) -> Response:
    return _document(dossier_id, "docx")


@bp.get(f"{DOSSIER}.pdf")
@allow(Role.COORDINATOR)
def pdf(dossier_id: int) -> Response:
    return _document(dossier_id, "pdf")


@bp.get(f"{DOSSIER}.zip")
@allow(Role.COORDINATOR)
def everything(dossier_id: int) -> Response:
    bundle, name = _made(dossier_id, "zip")
    return send_file(zipped(bundle), "application/zip", as_attachment=True, download_name=name)


def _document(dossier_id: int, ending: str) -> Response:
    bundle, name = _made(dossier_id, ending)
    file = io.BytesIO(content(bundle, name))
    return send_file(file, MIMETYPES[ending], as_attachment=True, download_name=name)


def _made(dossier_id: int, ending: str) -> tuple[Bundle, str]:
    """The files of a dossier of the actor's town, and what a file of it is called; raises NotFound."""
    dossier = get_dossier(current_actor(), dossier_id)
    bundle = documents_of(dossier).bundle
    if bundle is None:
        raise NotFound
    town = municipality(dossier.municipality_id)
    return bundle, file_name(town.slug, period_of(dossier.period, dossier.begins), ending)


def _period(kind: str, year: int) -> Period:
    found = period(kind, year)
    if found is None:
        raise NotFound
    return found


def _to(chosen: Period) -> ResponseReturnValue:
    return redirect(url_for("evidence.period", kind=chosen.kind, year=chosen.year))


def _periods(municipality_id: int) -> list[Period]:
    """Every school year, calendar year and plan period since the first signal, the newest first."""
    first, last = signal_days(municipality_id) or (today(), today())
    return [one for kind in KINDS for one in periods(kind, first, max(last, today()))]


def _page(chosen: Period) -> str:
    actor = current_actor()
    found: Gathered = gather(actor.municipality_id, chosen)
    dossier = dossier_of(actor.municipality_id, chosen)
    picked = dossier.chains if dossier else []
    chosen_chains = chains_for(picked, found)
    return render_template(
        "evidence/index.html",
        found=found,
        period=chosen,
        periods=_periods(actor.municipality_id),
        figures=figures(found),
        counted=counted(found.coverage),
        steps=steps(found),
        dossier=dossier,
        documents=documents_of(dossier),
        annexes=annexes(found, chosen_chains).values(),
        picked=picked,
        chosen=chosen_chains,
        fewest=FEWEST,
        most=MOST,
        **_words(found),
    )


def _words(found: Gathered) -> dict[str, object]:
    return OF_MEASURES | {
        "municipality": found.municipality,
        "today": found.today,
        "named": named,
        "about": about,
        "answer_words": answer_words,
        "kind_words": kind_words,
        "duty_end": duty_end,
        "said": lambda signal: said_words(said(signal)),
        "questions_of": questions_of,
        "advice_behind": advice_behind,
        "answered_words": answered_words,
        "child_words": child_words,
        "body_words": body_words,
        "earlier": earlier,
        "chip_css": chip_css,
        "chip_words": chip_words,
        "part_labels": PART_LABELS,
        "text_for": told,
    }
