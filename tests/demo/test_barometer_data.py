"""The example data of Oudenhove fit together: answers, signals, coding and invented decisions."""

import csv
import hashlib
import tomllib
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "dialogue" / "demo" / "barometer"
QUESTIONS = ("q3", "q7", "q11")
LANGUAGES = ("nl", "en")
DEPARTMENTS = {"jeugd", "mobiliteit", "welzijn"}
OUTCOMES = {"adopted", "partly", "not_adopted"}
ORIGINAL = "711e51fce22a9192055b4c68514691ea60039c20c49c4b78f61275cd904c0616"


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def toml(name: str) -> dict:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def answers() -> dict[tuple[str, str], str]:
    """Every answer that was given, by interview and question."""
    skipped = {"", *toml("mapping.toml")["file"]["skipped"]}
    return {
        (row["fsd_id"], question): row[question].strip()
        for row in rows("child-barometer-2016.csv")
        for question in QUESTIONS
        if row[question].strip() not in skipped
    }


@pytest.fixture(scope="module")
def codings() -> list[tuple[str, str, str]]:
    return [(row["fsd_id"], row["question"], row["signal"]) for row in rows("coding.csv")]


@pytest.fixture(scope="module")
def signals() -> list[dict]:
    return toml("signals.toml")["signal"]


def test_the_file_holds_414_interviews_each_with_its_own_id():
    ids = [row["fsd_id"] for row in rows("child-barometer-2016.csv")]
    assert len(ids) == len(set(ids)) == 414


def test_the_file_is_the_unchanged_original():
    content = (FOLDER / "child-barometer-2016.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == ORIGINAL


def test_no_answer_that_refuses_is_left_in(answers):
    assert not [text for text in answers.values() if "halua vastata" in text.lower()]


def test_every_answer_has_a_coding(answers, codings):
    coded = {(interview, question) for interview, question, _ in codings}
    assert not answers.keys() - coded


def test_every_coding_stands_on_an_answer_that_was_given(answers, codings):
    coded = {(interview, question) for interview, question, _ in codings}
    assert not coded - answers.keys()


def test_every_coding_names_a_known_signal_or_no_request(codings, signals):
    known = {signal["key"] for signal in signals} | {"no_request"}
    assert {signal for _, _, signal in codings} <= known


def test_an_answer_stands_under_a_signal_only_once(codings):
    assert len(codings) == len(set(codings))


def test_an_answer_without_a_request_stands_under_no_signal(codings):
    per_answer = Counter((interview, question) for interview, question, _ in codings)
    without = [(i, q) for i, q, signal in codings if signal == "no_request"]
    assert all(per_answer[answer] == 1 for answer in without)


def test_every_signal_has_at_least_ten_codings(codings, signals):
    counts = Counter(signal for _, _, signal in codings)
    assert {s["key"]: counts[s["key"]] for s in signals if counts[s["key"]] < 10} == {}


def test_there_are_twelve_to_twenty_signals_with_keys_of_their_own(signals):
    keys = [signal["key"] for signal in signals]
    assert 12 <= len(keys) <= 20
    assert len(keys) == len(set(keys))


def test_every_signal_has_a_title_in_every_language_and_a_department(signals):
    for signal in signals:
        assert set(signal["title"]) == set(LANGUAGES), signal["key"]
        assert all(title.strip() for title in signal["title"].values()), signal["key"]
        assert signal["department"] in DEPARTMENTS, signal["key"]


def test_the_mapping_names_columns_and_places_that_are_in_the_file():
    mapping = toml("mapping.toml")
    interviews = rows("child-barometer-2016.csv")
    columns = {question["column"]: question["item"] for question in mapping["question"]}
    assert columns == {"q3": "q1", "q7": "q2", "q11": "q3"}
    assert mapping["file"]["id"] in interviews[0]
    places = {row[mapping["place"]["column"]] for row in interviews}
    assert set(mapping["place"]["values"]) == places


def test_every_example_is_marked_as_invented_and_answers_a_known_signal(signals):
    examples = toml("examples.toml")
    assert (len(examples["proposal"]), len(examples["decision"])) == (3, 1)
    for example in examples["proposal"] + examples["decision"]:
        assert example["invented"] is True
        assert example["signal"] in {signal["key"] for signal in signals}
        assert example["outcome"] in OUTCOMES
        assert example["department"] in DEPARTMENTS


def test_every_example_says_what_and_why_in_every_language():
    examples = toml("examples.toml")
    texts = [e[part] for e in examples["proposal"] + examples["decision"] for part in ("what", "reason")]
    parts = {"you_said", "we_decided", "because", "you_will_see", "disagree"}
    for decision in examples["decision"]:
        assert set(decision["message"]) == parts
        texts += decision["message"].values()
    for text in texts:
        assert set(text) == set(LANGUAGES)
        assert all(value.strip() for value in text.values())


def test_the_licence_and_the_citation_are_given():
    licence = " ".join((FOLDER / "LICENCE.md").read_text(encoding="utf-8").split())
    assert "CC BY 4.0" in licence
    assert (
        "The Office of Ombudsman for Children: Child Barometer 2016 [dataset]. Version 1.0 (2016-12-09). "
        "Finnish Social Science Data Archive [distributor]. https://urn.fi/urn:nbn:fi:fsd:T-FSD3134"
    ) in licence
