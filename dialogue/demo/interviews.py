"""The 414 real interviews of the Child Barometer 2016, grouped into signals; what was answered is invented."""

import csv
import secrets
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from sqlalchemy import select

from dialogue.answering.models import Contribution, Reading
from dialogue.answering.receipt import KEY_SIZE
from dialogue.consultations.models import Wave
from dialogue.decisions.models import Body, Decision, Outcome
from dialogue.decisions.rules import Verdict
from dialogue.decisions.services import decide, propose
from dialogue.demo.telling import Beside, tell
from dialogue.demo.town import Town
from dialogue.feedback.jobs import count_reactions
from dialogue.feedback.reaction_models import Asked, Opinion
from dialogue.feedback.reactions import react
from dialogue.shared.clock import today
from dialogue.shared.database import db, writing
from dialogue.shared.sounds import checked_sound
from dialogue.shared.text import clean
from dialogue.signals.models import Signal
from dialogue.signals.services import make_signal
from dialogue.signals.word_services import mark

FOLDER = Path(__file__).parent / "barometer"
FILE, MAPPING = FOLDER / "child-barometer-2016.csv", FOLDER / "mapping.toml"
NO_REQUEST = "no_request"
SOURCE = (
    "The Office of Ombudsman for Children: Child Barometer 2016 [dataset]. Version 1.0 (2016-12-09). Finnish Social "
    "Science Data Archive [distributor]. https://urn.fi/urn:nbn:fi:fsd:T-FSD3134 (CC BY 4.0)"
)
Said = tuple[str, str]  # item key and text, as they came out of the box


def bundle(town: Town, wave: Wave) -> dict[str, Signal]:
    """Lay every opened answer with the signals that coding.csv names for it."""
    by_signal: dict[str, list[bytes]] = defaultdict(list)
    coded = _coded()
    for words in db.session.scalars(select(Contribution).where(Contribution.wave_id == wave.id)):
        if words.reading != Reading.CONCERN:
            for signal in coded.get((words.item, words.text), [NO_REQUEST]):
                by_signal[signal].append(words.key)
    actor, signals = town.actor("wim"), {}
    with writing():
        for told in _toml("signals")["signal"]:
            department = town.departments[told["department"]]
            signals[told["key"]] = make_signal(actor, wave, told["title"], by_signal[told["key"]], department.id)
        mark(actor, wave, by_signal[NO_REQUEST], Reading.NO_REQUEST)
    return signals


def answer(town: Town, signals: dict[str, Signal]) -> None:
    """The invented proposals, and the one invented decision with its message."""
    told = _toml("examples")
    for proposal in told["proposal"]:
        with writing():
            signal = db.session.get_one(Signal, signals[proposal["signal"]].id)
            actor = town.actor(_speaker(proposal["department"]))
            propose(actor, signal, Outcome(proposal["outcome"]), proposal["what"]["nl"], proposal["reason"]["nl"])
    for decision in told["decision"]:
        _decide(town, signals[decision["signal"]], decision)


def _decide(town: Town, signal: Signal, told: dict[str, Any]) -> None:
    verdict = Verdict(
        Outcome(told["outcome"]),
        told["what"]["nl"],
        told["reason"]["nl"],
        Body(told["body"]),
        today(),
        changes_practice=True,
    )
    with writing():
        decision = decide(town.actor("cora"), [db.session.get_one(Signal, signal.id)], verdict)
    texts = {language: {part: text[language] for part, text in told["message"].items()} for language in ("nl", "en")}
    youngest = told["youngest"]
    texts["A-nl"] = youngest["nl"]
    sound = checked_sound((FOLDER / youngest["sound"]).read_bytes(), youngest["voice"])
    with writing():
        beside = {"A-nl": Beside(youngest["picture"], sound)}
        message = tell(town.actor("wim"), db.session.get_one(Decision, decision.id), texts, beside)
    _react(message.id, told["reactions"])


def _react(message_id: int, told: dict[str, int]) -> None:
    """So many children say so, each with a receipt of their own."""
    for opinion, count in told.items():
        for _ in range(count):
            react(secrets.token_bytes(KEY_SIZE), message_id, Asked.ANSWER, Opinion(opinion))
    count_reactions()


def _speaker(department: str) -> str:
    return {"jeugd": "cleo", "mobiliteit": "ada", "welzijn": "wim"}[department]


def _coded() -> dict[Said, list[str]]:
    """Item and text -> signals. Answers with the same words have the same meaning."""
    items = {question["column"]: question["item"] for question in _toml("mapping")["question"]}
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = {row["fsd_id"]: row for row in csv.DictReader(file)}
    coded: dict[Said, list[str]] = defaultdict(list)
    with (FOLDER / "coding.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said = (items[row["question"]], clean(rows[row["fsd_id"]][row["question"]]))
            if row["signal"] not in coded[said]:
                coded[said].append(row["signal"])
    return coded


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
