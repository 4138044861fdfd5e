"""The annex of one proof: what shows that a measure was carried out, and where it can be seen."""

from flask_babel import gettext as _

from dialogue.decisions.models import Proof
from dialogue.decisions.words import body_words
from dialogue.evidence.words import about, answer_words
from dialogue.shared.paper import Paper, Picture
from dialogue.web.i18n import day

PHOTO_SHARE = 0.6


def is_document(shown: Proof) -> bool:
    """Whether a document was brought, which goes along as a file of its own."""
    return shown.file is not None and not shown.file.is_photo


def proof(paper: Paper, shown: Proof) -> None:
    """What was done after which decision, who saw it on which day, and where it stands."""
    measure, decision = shown.measure, shown.measure.decision
    rows = [
        [_("Wat er gedaan is"), measure.title],
        [_("Na de beslissing"), f"{answer_words(decision)}. {decision.what}"],
        [_("Van wie en wanneer"), f"{body_words(decision.body)}, {day(decision.decided_on)}"],
        [_("Over wat kinderen zeiden"), about(decision)],
        [_("Gezien op"), day(shown.seen_on)],
    ]
    paper.table([_("Gegeven"), _("Waarde")], rows)
    file = shown.file
    if file and file.shown_by_id:
        paper.picture(Picture(file.stored.content, "jpg", file.alt, PHOTO_SHARE))
    if shown.uri:
        paper.link(shown.uri)
    if is_document(shown):
        paper.paragraph(_("Dit bewijs gaat als bestand mee in de ZIP."))
    elif not shown.uri and not (file and file.shown_by_id):
        paper.paragraph(_("Dit bewijs ligt bij de dienst %(name)s.", name=measure.department.name))
