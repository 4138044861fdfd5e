"""What stands in the dossier of measures and of what still has no answer: how far all of it is."""

from flask_babel import gettext as _

from dialogue.decisions.models import Measure
from dialogue.decisions.progress import progress_of
from dialogue.decisions.words import budget_words, measure_words, progress_words
from dialogue.evidence.queries import Gathered
from dialogue.evidence.tables import table
from dialogue.feedback.dead_ends import report
from dialogue.feedback.fate_words import FATE_LABELS, UNIT_LABELS, count_words
from dialogue.feedback.fates import Fate, Report, Unit
from dialogue.results.disclosure import rounded
from dialogue.shared.paper import Paper
from dialogue.web.i18n import day


def measures(paper: Paper, found: Gathered) -> None:
    """Every measure after these decisions: by when, how far, who helps, what it costs, and its plan codes."""
    head = [_("Maatregel"), _("Wanneer"), _("Hoe ver"), _("Wie helpt mee"), _("Budget"), _("Plancodes")]
    planned = [measure for decision in found.decisions for measure in decision.measures]
    paper.heading(_("De maatregelen"), 2)
    table(paper, head, [_row(measure) for measure in planned])


def _row(measure: Measure) -> list[str]:
    when = (
        _("klaar op %(day)s", day=day(measure.done_on)) if measure.done_on else _("tegen %(day)s", day=day(measure.due))
    )
    helper, codes = (measure.means.helper, measure.means.plan_codes) if measure.means else ("", [])
    return [
        measure.title,
        when,
        _how_far(measure),
        helper or "–",
        budget_words(measure) or "–",
        ", ".join(codes) or "–",
    ]


def _how_far(measure: Measure) -> str:
    progress = progress_of(measure)
    return "; ".join(filter(None, [measure_words(measure.state), progress_words(progress) if progress else ""]))


def unanswered(paper: Paper, found: Gathered) -> None:
    """How far everything is that children ever said here, by the query of the report and of the page for everybody."""
    all_of_it = report(found.municipality.id)
    counts = {unit: all_of_it.counts(unit) for unit in Unit}
    paper.heading(_("Nog zonder antwoord: hoe ver alles is"), 2)
    paper.paragraph(
        _(
            "Alles wat ooit gezegd werd, elk één keer geteld, op %(day)s. Behalve signalen is alles afgerond.",
            day=day(found.today),
        )
    )
    rows = [
        [str(FATE_LABELS[fate]), *(_shown(all_of_it, unit, counts[unit][fate]) for unit in Unit)]
        for fate in Fate
        if any(counts[unit][fate] for unit in Unit)
    ]
    table(paper, [_("Hoe ver"), *(str(UNIT_LABELS[unit]) for unit in Unit)], rows)


def _shown(all_of_it: Report, unit: Unit, count: int) -> str:
    """So many, as it may leave the house: letters and words are rounded too."""
    return count_words(all_of_it, unit, count) if unit in (Unit.SIGNALS, Unit.TICKS) else rounded(count)
