"""The annex of one round: what may be shown of its answers, as charts and tables; never by place."""

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from dialogue.consultations.models import Wave
from dialogue.consultations.words import band_words
from dialogue.results.export import as_xlsx, rows_of
from dialogue.results.queries import Tables, charts_named
from dialogue.shared.bands import Band
from dialogue.shared.paper import Paper, Picture
from dialogue.web.i18n import day, in_language

CHART = 0.55  # of the width of the page
Item = Mapping[str, Any]  # as dialogue.results.publishing makes it


def results(paper: Paper, wave: Wave, tables: Tables) -> None:
    """All questions of a round, per age."""
    consultation = wave.consultation
    languages, wanted = consultation.languages, str(get_locale())
    charts = charts_named(wave.id, wanted if wanted in languages else languages[0])
    paper.paragraph(
        _(
            "%(department)s vroeg dit vanaf %(day)s. Er kwamen %(count)s antwoorden.",
            department=consultation.department.name,
            day=day(wave.opened_at),
            count=tables["responses"],
        )
    )
    for band in tables["bands"]:
        years = band_words(Band(band["band"]))
        paper.heading(_("%(years)s: %(count)s antwoorden", years=years, count=band["responses"]), 2)
        if not band["items"]:
            paper.paragraph(_("Hier waren alleen vragen in eigen woorden."))
        for item in band["items"]:
            _question(paper, item, charts.get(f"{band['band']}-{item['key']}"))
    for too_few in tables["too_few"]:
        paper.paragraph(_("%(band)s: te weinig antwoorden om te tonen.", band=band_words(Band(too_few))))
    paper.paragraph(
        _(
            "Aandelen zijn van wie een antwoord koos. Aantallen zijn afgerond. Kleine groepen en aantallen van 1 tot 4 "
            "tonen we niet, zodat niemand te herkennen is; – staat waar je die anders kon narekenen."
        )
    )


def _question(paper: Paper, item: Item, chart: str | None) -> None:
    """A question with its finding, chart and table."""
    question = in_language(item["questions"])
    paper.heading(question, 3)
    if not item["answered"]:
        paper.paragraph(_("Te weinig antwoorden om te tonen."))
        return
    if item["most"]:
        paper.paragraph(in_language(item["most"]))
        return
    rows = [[in_language(row["labels"]), row["shown"]] for row in item["rows"]]
    if chart:
        figures = ", ".join(" ".join(row) for row in rows)
        alt = f"{in_language(item['titles']) or question}: {figures}"
        paper.picture(Picture(chart.encode(), "svg", alt, share=CHART))
    paper.table([_("Antwoord"), _("Aandeel")], rows)
    if item["positive"]:
        paper.paragraph(_("Positief: %(share)s %% (%(low)s–%(high)s %%).", **item["positive"]))
    paper.paragraph(
        _(
            "%(count)s kinderen kozen een antwoord, %(unknown)s weten het niet.",
            count=item["answered"],
            unknown=item["dont_know"],
        )
    )


def workbook(tables: Tables) -> bytes:
    """The same figures for a spreadsheet."""
    return as_xlsx(rows_of(tables, {}))
