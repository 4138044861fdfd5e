"""Which language a page speaks, and how it writes days and numbers. The texts in the code are Dutch."""

from datetime import date, datetime

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, format_date, format_decimal, get_locale
from markupsafe import Markup

from dialogue.shared.clock import CALENDAR

LANGUAGES = {"nl": "Nederlands", "en": "English", "fr": "Français", "de": "Deutsch"}  # each in its own words
DEFAULT = "nl"
QUOTES = {"fr": ("«\u00a0", "\u00a0»"), "de": ("„", "“")}  # the others: “…”


def init(app: Flask) -> None:
    """Set up translations, and the filters that write days, numbers and words as a language does."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", DEFAULT)
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    Babel(app, locale_selector=language, timezone_selector=lambda: CALENDAR.key)
    app.jinja_env.filters.update(day=day, day_short=day_short, number=format_decimal)
    app.jinja_env.filters.update(in_language=in_language, quoted=quoted, capital=capital, small=small)
    app.context_processor(lambda: {"languages": LANGUAGES, "language": str(get_locale() or DEFAULT)})


def language() -> str:
    """The language of this page: asked for in the address, else the staff member's, else the browser's.

    Jobs and commands, which have no page, speak Dutch unless they force a language.
    """
    if not has_request_context():
        return DEFAULT
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    if getattr(g, "actor", None):
        return g.actor.language if g.actor.language in LANGUAGES else DEFAULT
    likes = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality)  # fr-BE is fr
    return next((tag for tag in likes if tag in LANGUAGES), DEFAULT)


def day(value: date | datetime | None) -> str:
    """12 maart 2026 (nothing for None)."""
    return format_date(_local(value), f"{_day_pattern(value)} y") if value else ""


def day_short(value: date | datetime | None) -> str:
    """12 maart (nothing for None)."""
    return format_date(_local(value), _day_pattern(value)) if value else ""


def in_language(texts: dict[str, str] | None, wanted: str | None = None) -> str:
    """`texts` (per language) in the wanted language, else in Dutch, else in the first there is."""
    texts = texts or {}
    wanted = wanted or str(get_locale() or DEFAULT)
    return texts.get(wanted) or texts.get(DEFAULT) or next((text for text in texts.values() if text), "")


def quoted(text: str) -> Markup:
    """`text` between the quotation marks of the page's language, in its own direction of writing."""
    begin, end = QUOTES.get(str(get_locale()), ("“", "”"))
    return Markup("{}<bdi>{}</bdi>{}").format(begin, text, end)


def capital(text: str) -> str:
    """With a capital to begin, the rest as it is: German nouns keep theirs."""
    return f"{text[:1].upper()}{text[1:]}"


def small(text: str) -> str:
    """With a small letter to begin, for within a sentence; the rest as it is."""
    return f"{text[:1].lower()}{text[1:]}"


def _day_pattern(value: date | datetime) -> str:
    """The day and month: a German day is an ordinal number, in French only the first is."""
    ordinal = {"de": "d. MMMM"} | ({"fr": "d'er' MMMM"} if _local(value).day == 1 else {})
    return ordinal.get(str(get_locale()), "d MMMM")


def _local(value: date | datetime) -> date:
    return value.astimezone(CALENDAR).date() if isinstance(value, datetime) else value
