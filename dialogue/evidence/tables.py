"""A table in a dossier: where there is nothing to tell, it says so."""

from collections.abc import Sequence

from flask_babel import gettext as _

from dialogue.shared.paper import Paper


def table(paper: Paper, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table; where there is nothing to tell, the word for it."""
    if rows:
        paper.table(head, rows)
    else:
        paper.paragraph(_("Niets."))
