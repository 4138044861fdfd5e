"""The consultations of the example, each in another state."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dialogue.consultations.models import Channel, Consultation, Wave
from dialogue.consultations.round_services import open_wave
from dialogue.consultations.rules import HEAR_BACK
from dialogue.consultations.services import Promise, draft, set_promise
from dialogue.demo.town import Town
from dialogue.shared.bands import Band


@dataclass(frozen=True)
class Asked:
    """What is asked, of whom, and when."""

    department: str
    by: str
    title: dict[str, str]  # in each language in which it is asked
    bands: str
    starter: str
    questions: Collection[str]  # indicators that stay; all when empty
    opens: date
    closes: date
    hear_back: date
    purpose: str
    still_open: str
    decided_by: str
    feeds_plan: str


def prepare(town: Town, asked: Asked) -> Consultation:
    """A consultation with its promise, not open yet. Call inside `with writing():`."""
    actor = town.actor(asked.by)
    consultation = draft(
        actor,
        town.departments[asked.department],
        asked.title,
        bands=[Band(band) for band in asked.bands],
        languages=asked.title,
        starter_key=asked.starter,
    )
    consultation.invented = True
    for version in consultation.versions:
        if asked.questions:
            version.items = [item for item in version.items if item["indicator"] in asked.questions]
    days = (asked.opens, asked.closes, asked.hear_back)
    set_promise(
        actor,
        consultation,
        Promise(asked.purpose, asked.still_open, asked.decided_by, asked.feeds_plan, *days),
    )
    return consultation


def ask(town: Town, asked: Asked) -> Wave:
    """The same, opened."""
    wave = prepare(town, asked).waves[0]
    open_wave(town.actor(asked.by), wave)
    return wave


def interviews(town: Town, opens: date, closes: date, source: str) -> Wave:
    """The Child Barometer 2016: three open questions, told to an interviewer; nobody can fill it in."""
    actor = town.actor("wim")
    titles = {"nl": "Kinderen van zes jaar vertellen (Finland, 2016)", "en": "Six-year-olds tell (Finland, 2016)"}
    consultation = draft(
        actor,
        town.departments["welzijn"],
        titles,
        bands=[Band.A],
        languages=["nl", "en"],
        channel=Channel.INTERVIEW,
    )
    consultation.source = source
    consultation.versions[0].items = [_own_words(key, nl, en) for key, nl, en in BAROMETER]
    consultation.versions[0].next_item = len(BAROMETER) + 1
    set_promise(
        actor,
        consultation,
        Promise(
            "We willen weten wat kinderen van zes jaar belangrijk vinden.",
            "Hoe school, opvang en speelplekken beter kunnen.",
            "Het college van burgemeester en schepenen",
            "Meerjarenplan, actieplan kindvriendelijke gemeente",
            opens,
            closes,
            closes + 2 * HEAR_BACK,
        ),
    )
    wave = consultation.waves[0]
    open_wave(actor, wave)
    return wave


BAROMETER = (
    ("q1", "Waar ben jij goed in?", "What are you good at?"),
    ("q2", "Wat is pesten, vind jij?", "What is bullying, in your view?"),
    ("q3", "Waar word jij blij van?", "What makes you happy?"),
)


def _own_words(key: str, nl: str, en: str) -> dict[str, object]:
    words = {language: {"question": question, "help": ""} for language, question in (("nl", nl), ("en", en))}
    config = {"most_characters": 1000}
    return {"key": key, "kind": "own_words", "indicator": "", "picture": "", "config": config, "words": words}
