"""The Word document for criterion 3.4: one page of text with a picture, then numbered annexes.

Whatever was refused or is late stands in it in full: a dossier with successes only is not believed.
"""

from flask_babel import gettext as _
from flask_babel import ngettext

from dialogue.evidence import annexes
from dialogue.evidence.annexes import Chains
from dialogue.evidence.chart import coverage_png
from dialogue.evidence.figures import figures
from dialogue.evidence.queries import Gathered
from dialogue.evidence.word import Word
from dialogue.evidence.words import named
from dialogue.feedback.rules import Part
from dialogue.feedback.words import counted
from dialogue.web.i18n import day

ON_PAGE_ONE = ("reach", "answered", "impact", "done", "days_to_decision", "told")


def document(found: Gathered, chosen: Chains) -> bytes:
    """The whole document; `chosen` are the chains, one list of signals per decision."""
    town = found.municipality
    word = Word(_("Criterium 3.4: invloed op beleid en praktijk"), town.name, f"{town.language}-{town.country}")
    _page_one(word, found)
    word.new_page()
    annexes.chains(word, chosen)
    annexes.decisions(word, found)
    annexes.late(word, found)
    annexes.numbers(word, found)
    annexes.seal(word, found)
    return word.bytes()


def _page_one(word: Word, found: Gathered) -> None:
    covered, counts = found.coverage, found.coverage.counts
    word.heading(_("Criterium 3.4: invloed op beleid en praktijk"), 0)
    if found.municipality.is_example:
        word.paragraph(_("Voorbeeld: deze gemeente bestaat niet echt. Antwoorden en besluiten zijn verzonnen."))
    where = {"town": found.municipality.name, "period": named(found.period)}
    word.paragraph(_("%(town)s, %(period)s. Gemaakt op %(day)s.", day=day(found.today), **where))
    word.paragraph(
        _(
            "Kinderen en jongeren kregen in deze periode %(rounds)s. Wat ze zeiden, bundelden we in %(signals)s. "
            "Elk signaal volgen we tot er een beslissing met een reden is, en tot de kinderen die gehoord hebben.",
            rounds=ngettext("%(num)s ronde met vragen", "%(num)s rondes met vragen", len(found.waves)),
            signals=ngettext("%(num)s signaal", "%(num)s signalen", covered.total),
        )
    )
    parts = counted(covered)
    answered = covered.total - counts[Part.WAITING]
    title = _("%(answered)s van %(total)s signalen kregen een antwoord", answered=answered, total=covered.total)
    alt = f"{title}: {', '.join(part.words for part in parts)}."
    word.picture(coverage_png(parts, title), alt)
    word.heading(_("De cijfers"), 2)
    word.bullets([f"{one.name}: {one.value}." for one in figures(found) if one.key in ON_PAGE_ONE])
    word.heading(_("Wat we niet deden, of te laat"), 2)
    word.paragraph(
        _(
            "%(no)s beslissingen zeggen nee, of ja voor een stuk, of geven het signaal door: "
            "elk met een reden (bijlage 2). "
            "%(late)s beloften waren of zijn te laat, en %(waiting)s signalen wachten nog op een antwoord (bijlage 3). "
            "We tonen ze allemaal, ook op onze openbare pagina.",
            no=len(found.refused),
            late=len(found.late),
            waiting=counts[Part.WAITING],
        )
    )
