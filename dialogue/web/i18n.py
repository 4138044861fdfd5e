"""Which language a page speaks, and how it writes days and numbers. The texts in the code are Dutch."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, format_date, format_decimal, get_locale
from markupsafe import Markup

from dialogue.shared.clock import CALENDAR


class Language(NamedTuple):
    """`whole`: also the pages of staff and the words of receipts are there in it.

    The others speak on the pages of children and for everybody, in the example questions and in what makers write
    themselves; our texts in them were not yet read by native speakers (docs/languages.md).
    """

    name: str  # in its own words and script
    whole: bool = True
    direction: str = "ltr"


SPOKEN = {
    "nl": Language("Nederlands"),
    "en": Language("English"),
    "fr": Language("Français"),
    "de": Language("Deutsch"),
    "ar": Language("العربية", whole=False, direction="rtl"),
    "tr": Language("Türkçe", whole=False),
    "uk": Language("Українська", whole=False),
    "pl": Language("Polski", whole=False),
}
LANGUAGES = {code: language.name for code, language in SPOKEN.items()}
WHOLE = {code: name for code, name in LANGUAGES.items() if SPOKEN[code].whole}
DEFAULT = "nl"
FOR_EVERYBODY = ("child", "public", None)  # blueprints whose pages are there in every language; None: no such page
QUOTES = {"fr": ("«\u00a0", "\u00a0»"), "de": ("„", "“"), "ar": ("«", "»"), "uk": ("«", "»"), "pl": ("„", "”")}
TURKISH_SMALL = {"I": "ı", "İ": "i"}


def init(app: Flask) -> None:
    """Set up translations, and the filters that write days, numbers and words as a language does."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", DEFAULT)
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    Babel(app, locale_selector=language, timezone_selector=lambda: CALENDAR.key)
    app.jinja_env.filters.update(day=day, day_short=day_short, number=format_decimal)
    app.jinja_env.filters.update(in_language=in_language, quoted=quoted, capital=capital, small=small)
    app.jinja_env.filters.update(spoken=spoken, written=written, apart=Markup("<bdi>{}</bdi>").format)
    app.jinja_env.globals.update(direction=direction, in_tongue=in_tongue)
    app.jinja_env.globals.update(asked_language=asked_language, whole_languages=WHOLE)
    app.context_processor(lambda: {"languages": LANGUAGES, "language": spoken_here()})


def language() -> str:
    """The language of this page: asked for in the address, else the staff member's, else the browser's.

    Jobs and commands, which have no page, speak Dutch unless they force a language.
    """
    if not has_request_context():
        return DEFAULT
    actor = getattr(g, "actor", None)
    known = WHOLE if actor or request.blueprint not in FOR_EVERYBODY else LANGUAGES
    if asked_language() in known:
        return asked_language()
    if actor:
        return actor.language if actor.language in known else DEFAULT
    return next((one for one in liked() if one in known), DEFAULT)


def asked_language() -> str:
    """The language that the address asks for; "" for none."""
    wanted = request.args.get("lang", "")
    return wanted if wanted in LANGUAGES else ""


def liked() -> list[str]:
    """The languages of ours that the browser asks for, best first; fr-BE is fr."""
    tags = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality)
    return [tag for tag in dict.fromkeys(tags) if tag in LANGUAGES]


def spoken_here() -> str:
    """The language of what is being written now."""
    return str(get_locale() or DEFAULT)


def direction(code: str) -> str:
    """How a language is written: "ltr" or "rtl"."""
    return SPOKEN[code].direction if code in SPOKEN else "ltr"


def in_tongue(code: str) -> Markup:
    """Attributes for an element whose words are in this language; none where the whole page is."""
    return Markup("") if code == spoken_here() else Markup(' lang="{}" dir="{}"').format(code, direction(code))


def written(text: str, code: str) -> str:
    """`text`, which is in language `code`, as it may stand in the page: apart where the page speaks another."""
    return Markup("<bdi{}>{}</bdi>").format(in_tongue(code), text) if text and code != spoken_here() else text


def spoken(texts: Mapping[str, str] | None) -> str:
    """`texts` (per language) as `in_language`, as it may stand in the page."""
    return written(in_language(texts), found_in(texts))


def day(value: date | datetime | None) -> str:
    """12 maart 2026 (nothing for None)."""
    return format_date(_local(value), f"{_day_pattern(value)} y") if value else ""


def day_short(value: date | datetime | None) -> str:
    """12 maart (nothing for None)."""
    return format_date(_local(value), _day_pattern(value)) if value else ""


def in_language(texts: Mapping[str, str] | None, wanted: str | None = None) -> str:
    """`texts` (per language) in the wanted language, else in Dutch, else in the first there is."""
    return (texts or {}).get(found_in(texts, wanted), "")


def found_in(texts: Mapping[str, str] | None, wanted: str | None = None) -> str:
    """In which language `in_language` finds its text; "" where there is none."""
    texts = texts or {}
    wishes = (wanted or spoken_here(), DEFAULT, *texts)
    return next((code for code in wishes if texts.get(code)), "")


def left_to_right(number: str) -> str:
    """A telephone number that stays in its order between words written from right to left, in plain text."""
    return f"\u2066{number}\u2069" if direction(spoken_here()) == "rtl" else number


def quoted(text: str) -> Markup:
    """`text` between the quotation marks of the page's language, in its own direction of writing."""
    begin, end = QUOTES.get(spoken_here(), ("“", "”"))
    return Markup("{}<bdi>{}</bdi>{}").format(begin, text, end)


def capital(text: str) -> str:
    """With a capital to begin, the rest as it is: German nouns keep theirs."""
    return f"{text[:1].upper()}{text[1:]}"


def small(text: str) -> str:
    """With a small letter to begin, for within a sentence; the rest as it is."""
    turkish = TURKISH_SMALL.get(text[:1]) if spoken_here() == "tr" else None
    return f"{turkish or text[:1].lower()}{text[1:]}"


def _day_pattern(value: date | datetime) -> str:
    """The day and month: a German day is an ordinal number, in French only the first is."""
    ordinal = {"de": "d. MMMM"} | ({"fr": "d'er' MMMM"} if _local(value).day == 1 else {})
    return ordinal.get(spoken_here(), "d MMMM")


def _local(value: date | datetime) -> date:
    return value.astimezone(CALENDAR).date() if isinstance(value, datetime) else value
