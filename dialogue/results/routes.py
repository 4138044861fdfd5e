"""Doors of results: all rounds with their answers, one round, its charts and its table to take along."""

from flask import Blueprint, Response, render_template, request

from dialogue.consultations.queries import get_wave
from dialogue.consultations.words import STATE_WORDS, band_words, round_words, title
from dialogue.results import export, queries
from dialogue.results.trends import trends_of
from dialogue.shared.actor import Role
from dialogue.shared.errors import NotFound
from dialogue.web.access import allow, current_actor
from dialogue.web.i18n import language

bp = Blueprint("results", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORDS = {"band_words": band_words, "round_words": round_words, "state_words": STATE_WORDS, "title": title}


@bp.get("/desk/results")
@allow()
def index() -> str:
    """Every round that children can have answered, the latest first."""
    before = request.args.get("before", type=int)
    rounds, more = queries.rounds_of(current_actor(), before)
    return render_template("results/index.html", rounds=rounds, more=more, **WORDS)


@bp.get("/desk/results/<int:wave_id>")
@allow()
def wave(wave_id: int) -> str:
    """What children answered in one round."""
    actor = current_actor()
    wave = get_wave(actor, wave_id)
    town, languages = wave.consultation.municipality, wave.consultation.languages
    tables = queries.publication(wave_id) or {}
    leading = queries.leading_item(tables)
    return render_template(
        "results/wave.html",
        wave=wave,
        consultation=wave.consultation,
        tables=tables,
        leading=leading,
        leading_places={place["place"]: place for place in leading["places"]} if leading else {},
        shown_places=sum("responses" in place and place["place"] > 0 for place in tables.get("places", ())),
        trends=trends_of(wave),
        charts=queries.charts_of(wave_id),
        chart_language=language() if language() in languages else languages[0],
        names=queries.place_names(town.id),
        least=town.smallest_group,
        implausible=queries.implausible_places(wave_id),
        waiting=queries.waiting([wave_id]).get(wave_id, 0),
        reads=actor.has(Role.READER, wave.consultation.department_id) or actor.sees_all,
        **WORDS,
    )


@bp.get("/desk/results/<int:wave_id>/chart/<name>.svg")
@allow()
def chart(wave_id: int, name: str) -> Response:
    """A drawn chart; as a page of its own it may load and run nothing."""
    get_wave(current_actor(), wave_id)
    response = Response(queries.chart(wave_id, name), content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response


@bp.get("/desk/results/<int:wave_id>.csv")
@allow()
def table_csv(wave_id: int) -> Response:
    """The published figures, for any spreadsheet."""
    return _file(export.as_csv(_rows(wave_id)), "text/csv; charset=utf-8", f"dialogue-{wave_id}.csv")


@bp.get("/desk/results/<int:wave_id>.xlsx")
@allow()
def table_xlsx(wave_id: int) -> Response:
    """The same figures as an Excel workbook."""
    return _file(export.as_xlsx(_rows(wave_id)), XLSX, f"dialogue-{wave_id}.xlsx")


def _rows(wave_id: int) -> list[list[str]]:
    wave = get_wave(current_actor(), wave_id)
    tables = queries.publication(wave_id)
    if tables is None:
        raise NotFound
    return export.rows_of(tables, queries.place_names(wave.consultation.municipality_id))


def _file(content: str | bytes, content_type: str, name: str) -> Response:
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
