"""The dossier for criterion 3.4, in Word and as PDF: one page of text with a picture, then numbered annexes.

Whatever was refused or is late stands in it in full: a dossier with successes only is not believed.
"""

from flask_babel import gettext as _
from flask_babel import ngettext

from dialogue.evidence.annexes import annexes
from dialogue.evidence.chapters import Chains, Numbers
from dialogue.evidence.chart import coverage_svg
from dialogue.evidence.figures import figures
from dialogue.evidence.queries import Gathered
from dialogue.evidence.sheets import Sheets
from dialogue.evidence.words import named
from dialogue.feedback.rules import Part
from dialogue.feedback.words import counted
from dialogue.shared.paper import Paper, Picture
from dialogue.shared.word import Word
from dialogue.web.i18n import day

ON_PAGE_ONE = ("reach", "answered", "impact", "done", "days_to_decision", "told")


def word(found: Gathered, chosen: Chains) -> bytes:
    """The dossier as a Word document; `chosen` are the chains, one list of signals per decision."""
    return _written(Word(*_about(found)), found, chosen)


def sheets(found: Gathered, chosen: Chains) -> bytes:
    """The same dossier as a PDF (PDF/UA-1)."""
    return _written(Sheets(*_about(found)), found, chosen)


def _about(found: Gathered) -> tuple[str, str, str]:
    """Title, author and language."""
    town = found.municipality
    return _("Criterium 3.4: invloed op beleid en praktijk"), town.name, f"{town.language}-{town.country}"


def _written(paper: Paper, found: Gathered, chosen: Chains) -> bytes:
    numbered = annexes(found, chosen)
    numbers = {key: annex.number for key, annex in numbered.items()}
    _page_one(paper, found, numbers)
    paper.contents(_("Bijlagen"), [annex.heading for annex in numbered.values()])
    for annex in numbered.values():
        paper.annex(annex.heading)
        annex.write(paper, numbers)
    return paper.bytes()


def _page_one(paper: Paper, found: Gathered, numbers: Numbers) -> None:
    covered, counts = found.coverage, found.coverage.counts
    paper.title(_about(found)[0])
    if found.municipality.is_example:
        paper.paragraph(_("Voorbeeld: deze gemeente bestaat niet echt. Antwoorden en besluiten zijn verzonnen."))
    where = {"town": found.municipality.name, "period": named(found.period)}
    paper.paragraph(_("%(town)s, %(period)s. Gemaakt op %(day)s.", day=day(found.today), **where))
    paper.paragraph(
        _(
            "Kinderen en jongeren kregen in deze periode %(rounds)s. Wat ze zeiden, bundelden we in %(signals)s. "
            "Elk signaal volgen we tot er een beslissing met een reden is, en tot de kinderen die gehoord hebben.",
            rounds=ngettext("%(num)s ronde met vragen", "%(num)s rondes met vragen", len(found.waves)),
            signals=ngettext("%(num)s signaal", "%(num)s signalen", covered.total),
        )
    )
    parts = counted(covered)
    answered = covered.total - counts[Part.WAITING] - counts[Part.WITHDRAWN]
    title = _("%(answered)s van %(total)s signalen kregen een antwoord", answered=answered, total=covered.total)
    alt = f"{title}: {', '.join(part.words for part in parts)}."
    paper.picture(Picture(coverage_svg(parts, title), "svg", alt))
    paper.heading(_("De cijfers"))
    paper.bullets([f"{one.name}: {one.value}." for one in figures(found) if one.key in ON_PAGE_ONE])
    _not_done(paper, found, numbers)


def _not_done(paper: Paper, found: Gathered, numbers: Numbers) -> None:
    """How much was refused, is late or waits, and where it stands."""
    refused, late, waiting = len(found.refused), len(found.late), len(found.waiting)
    all_of_it, behind = numbers["decisions"], numbers["late"]
    decisions = ngettext("%(num)s beslissing", "%(num)s beslissingen", refused)
    promises = ngettext("%(num)s belofte", "%(num)s beloften", late)
    signals = ngettext("%(num)s signaal", "%(num)s signalen", waiting)
    paper.heading(_("Wat we niet deden, of te laat"))
    paper.bullets(
        [
            _(
                "Nee, ja voor een stuk, of doorgegeven: %(what)s, elk met een reden (bijlage %(number)s).",
                what=decisions,
                number=all_of_it,
            ),
            _("Te laat, nu of toen het gebeurde: %(what)s (bijlage %(number)s).", what=promises, number=behind),
            _("Wacht nog op een antwoord: %(what)s (bijlage %(number)s).", what=signals, number=behind),
        ]
    )
    paper.paragraph(_("We tonen ze allemaal, ook op onze openbare pagina."))
