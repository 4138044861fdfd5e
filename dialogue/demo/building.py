"""Builds the example municipality, from questions to evidence, as its people would have done it over the last year."""

import random

from sqlalchemy import select

from dialogue.answering.importing import import_responses
from dialogue.consultations.always_open import start_always_open
from dialogue.consultations.models import Wave
from dialogue.consultations.round_services import close_wave
from dialogue.demo import advised, answered, interviews, said
from dialogue.demo.asked import Asked, ask, prepare
from dialogue.demo.asked import interviews as ask_interviews
from dialogue.demo.reading import days, on
from dialogue.demo.town import Town, build
from dialogue.people.models import Municipality
from dialogue.results.jobs import open_boxes
from dialogue.shared.database import db, writing

CHANCE = 2026
BEGAN = -200  # days from today
INTERVIEWED = (-40, -30)
TO_SCHOOL = {
    "nl": "Hoe kom jij naar school?",
    "en": "How do you get to school?",
    "fr": "Comment vas-tu à l’école ?",
    "de": "Wie kommst du zur Schule?",
    "ar": "كيف تذهب إلى المدرسة؟",
    "tr": "Okula nasıl gidiyorsun?",
    "uk": "Як ти добираєшся до школи?",
    "pl": "Jak docierasz do szkoły?",
}


def example() -> Municipality | None:
    """The example municipality, when it is there."""
    return db.session.scalar(select(Municipality).where(Municipality.is_example, Municipality.slug == "oudenhove"))


def build_example() -> None:
    """Make the example; takes some seconds. Each step commits by itself, the municipality first."""
    chance = random.Random(CHANCE)  # noqa: S311
    with on(days(BEGAN)), writing():
        town = build()
    _barometer(town)
    _school_streets(town, chance)
    _meeting_places(town, chance)
    _always_open(town, chance)
    _to_school(town, chance)
    with writing():
        prepare(town, _playground())


def _barometer(town: Town) -> None:
    opens, closes = (days(day) for day in INTERVIEWED)
    with on(opens), writing():
        wave = ask_interviews(town, opens, closes, interviews.SOURCE)
    with on(closes):
        import_responses(interviews.FILE, interviews.MAPPING, wave.id)
        _close(town, "wim", wave)
        open_boxes()
    with on(closes + answered.READ):
        signals = interviews.bundle(town, wave)
    with on(closes + answered.DECIDED):
        interviews.answer(town, signals)


def _school_streets(town: Town, chance: random.Random) -> None:
    asked = Asked(
        department="mobiliteit",
        by="ada",
        title={"nl": "Schoolstraten in Oudenhove", "en": "School streets in Oudenhove"},
        bands="B",
        starter="mobility",
        questions=("MOB-1", "MOB-5", "KERN-5"),
        opens=days(-160),
        closes=days(-140),
        hear_back=days(-105),
        purpose="We willen dat kinderen veilig naar school kunnen.",
        still_open="Welke straten een schoolstraat worden.",
        decided_by="Schepen Ben Claes en het college",
        feeds_plan="Mobiliteitsplan, actie AC-2.3.1",
    )
    with on(asked.opens), writing():
        wave = ask(town, asked)
    with on(asked.opens):
        said.send_as_dani(wave, town.places["linde"], "de auto's rijden te snel")
        said.send(town, wave, "schoolstraten", {"linde": 96, "vaart": 71, "opvang": 14}, chance)
    with on(asked.closes):
        _close(town, "ada", wave)
        open_boxes()
    signals = answered.bundle(town, "schoolstraten", wave, "ada")
    answered.decide_all(town, signals, "ada")
    advised.advise(town, "schoolstraten", wave, signals)


def _meeting_places(town: Town, chance: random.Random) -> None:
    asked = Asked(
        department="jeugd",
        by="cleo",
        title={"nl": "Waar spreek jij af?", "en": "Where do you meet?"},
        bands="CD",
        starter="public_space",
        questions=("RUI-1", "RUI-3", "KERN-5"),
        opens=days(-62),
        closes=days(-41),
        hear_back=days(-3),
        purpose="We willen plekken waar jongeren graag zijn.",
        still_open="Welke plekken er komen en wanneer het jeugdhuis open is.",
        decided_by="De schepen van Jeugd en het college",
        feeds_plan="Jeugdbeleidsplan",
    )
    with on(asked.opens), writing():
        wave = ask(town, asked)
    with on(asked.opens):
        said.send(town, wave, "afspreken", {"kring": 58, "bib": 44, "sport": 33, "": 17}, chance)
    with on(asked.closes):
        _close(town, "cleo", wave)
        open_boxes()
    signals = answered.bundle(town, "afspreken", wave, "cleo")
    answered.decide_all(town, signals, "cleo")
    advised.advise(town, "afspreken", wave, signals)
    with on(asked.closes + answered.PROPOSED):
        answered.propose_all(town, signals, "cleo")


def _always_open(town: Town, chance: random.Random) -> None:
    with on(days(-20)), writing():
        consultation = start_always_open(town.actor("cora"), town.municipality, town.departments["jeugd"])
        consultation.invented = True
        wave = consultation.waves[0]
    said.send(town, wave, "altijd", {"kring": 26, "bib": 18}, chance)
    open_boxes()


def _to_school(town: Town, chance: random.Random) -> None:
    asked = Asked(
        department="mobiliteit",
        by="ada",
        title=TO_SCHOOL,
        bands="ABCD",
        starter="mobility",
        questions=(),
        opens=days(-9),
        closes=days(19),
        hear_back=days(49),
        purpose="We maken een nieuw plan voor fietspaden en oversteekplaatsen.",
        still_open="Waar we eerst werken, en waar er licht bij komt.",
        decided_by="Schepen Ben Claes en het college",
        feeds_plan="Mobiliteitsplan 2027",
    )
    with on(asked.opens), writing():
        wave = ask(town, asked)
    said.send(town, wave, "naar_school", {"linde": 64, "vaart": 57, "kring": 31, "bib": 7}, chance)
    open_boxes()


def _playground() -> Asked:
    return Asked(
        department="mobiliteit",
        by="ada",
        title={"nl": "Speelplein Noord", "en": "Playground North"},
        bands="AB",
        starter="public_space",
        questions=(),
        opens=days(5),
        closes=days(33),
        hear_back=days(70),
        purpose="Het speelplein in Noord wordt vernieuwd.",
        still_open="",
        decided_by="Schepen Ben Claes en het college",
        feeds_plan="",
    )


def _close(town: Town, by: str, wave: Wave) -> None:
    with writing():
        close_wave(town.actor(by), db.session.get_one(Wave, wave.id))
