"""What the first children need, made before the web server parts into processes: nobody waits for a cold start."""

from flask import Flask

from dialogue.answering import pages
from dialogue.answering.rules import asks_for_help
from dialogue.web.i18n import LANGUAGES

PAGES = "answering/child/"


def get_ready(app: Flask) -> None:
    """Read the children's pages, their style and the words that ask for help; all processes share them."""
    for name in app.jinja_env.list_templates(filter_func=lambda name: name.startswith(PAGES)):
        app.jinja_env.get_template(name)
    for language in LANGUAGES:
        pages.help_words(language)
    pages.critical_style()
    asks_for_help("")
