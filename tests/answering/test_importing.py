"""Answers collected elsewhere: all rows or none, once, and every problem by row and column."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from dialogue.answering import importing
from dialogue.answering.importing import Outcome, import_responses
from dialogue.answering.letterbox import installation_key, unseal
from dialogue.answering.models import Concern, ImportBatch
from dialogue.answering.queries import letters_waiting
from dialogue.consultations.models import Channel, Consultation, State
from dialogue.ledger.models import Entry
from dialogue.shared.database import db
from dialogue.shared.errors import NotFound, Refused
from tests.answering.sendings import letter_count, letters
from tests.builders import Cast, a_consultation, a_place, change

MAPPING = """
[file]
id = "nr"
skipped = ["-", "geen antwoord"]
[wave]
band = "B"
channel = "paper"
[place]
column = "school"
[place.values]
"linde" = "Basisschool De Linde"
[[question]]
column = "veilig"
item = "q1"
[question.values]
"heel onveilig" = "a"
"veilig" = "c"
"weet niet" = "?"
[[question]]
column = "wens"
item = "q2"
"""
CSV = "nr;veilig;wens;school\n1;heel onveilig;Meer bomen;linde\n2; weet niet ;-;\n3;geen antwoord;Een bank;linde\n"
Import = Callable[..., Outcome]


@pytest.fixture
def consultation(cast: Cast) -> Consultation:
    a_place(cast.town)
    return a_consultation(cast.mobility, state=State.CLOSED)


@pytest.fixture
def take_in(tmp_path: Path, consultation: Consultation) -> Import:
    def run(csv: str | bytes = CSV, mapping: str = MAPPING, wave_id: int | None = None, **kwargs: Any) -> Outcome:
        (tmp_path / "answers.csv").write_bytes(csv if isinstance(csv, bytes) else csv.encode())
        (tmp_path / "mapping.toml").write_text(mapping)
        wave = wave_id or consultation.waves[-1].id
        return import_responses(tmp_path / "answers.csv", tmp_path / "mapping.toml", wave, **kwargs)

    return run


def bodies() -> list[dict[str, Any]]:
    return [unseal(installation_key(), letter.body, letter.tag) for letter in letters()]


@pytest.mark.parametrize("csv", [CSV, "\ufeff" + CSV, CSV.replace(";", ","), CSV.replace("\n", "\r\n")])
def test_rows_become_letters_of_their_channel_and_place(take_in: Import, consultation: Consultation, csv: str) -> None:
    assert take_in(csv).rows == 3
    found = sorted(bodies(), key=lambda body: str(body["answers"]))
    assert [body["answers"] for body in found] == [{"q1": "?"}, {"q1": "a"}, {}]
    assert {body["channel"] for body in found} == {"paper"}
    assert sorted(said["text"] for body in found for said in body["words"]) == ["Een bank", "Meer bomen"]
    assert [body["place"] == 0 for body in found] == [True, False, False]
    assert letters_waiting(consultation.waves[-1].id) == 3


def test_the_same_file_and_mapping_are_taken_in_once(take_in: Import) -> None:
    take_in()
    again = take_in()
    assert (again.already, again.rows) == (True, 3)
    assert letter_count() == 3
    assert db.session.query(Entry).filter_by(verb="responses.imported").count() == 1


def test_every_problem_is_named_and_nothing_is_kept(take_in: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    rows = ["1;veilig;goed;linde", "2;veilig;goed;", "2;soms;goed;linde", ";veilig;goed;eik", f"5;veilig;{'x' * 141};"]
    outcome = take_in("nr;veilig;wens;school\n" + "\n".join(rows) + "\n6;veilig\n")
    assert [(problem.row, problem.column) for problem in outcome.problems] == [
        (4, "nr"),
        (4, "veilig"),
        (5, "nr"),
        (5, "school"),
        (6, "wens"),
        (7, "nr"),
    ]
    assert all(problem.sentence for problem in outcome.problems)
    assert outcome.rows == 6
    assert letter_count() == 0
    assert db.session.query(ImportBatch).count() == 0


def test_a_dry_run_reads_all_and_writes_nothing(take_in: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "writing", None)
    assert take_in(dry_run=True).rows == 3
    assert letter_count() == 0


def test_letters_of_an_import_that_is_not_complete_do_not_wait_in_the_box(
    take_in: Import, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr(importing, "CHUNK", 1)
    take_in(progress=lambda _rows: seen.append((letter_count(), letters_waiting(consultation.waves[-1].id))))
    assert seen == [(1, 0), (2, 0), (3, 0)]
    assert letters_waiting(consultation.waves[-1].id) == 3


def test_an_import_that_was_cut_off_is_begun_anew(take_in: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(importing, "CHUNK", 1)
        broken.setattr(importing, "_take_out", lambda batch_id: None)
        broken.setattr(importing, "_activate", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take_in()
    assert letter_count() == 3
    assert take_in().rows == 3
    assert letter_count() == 3


def test_an_error_half_way_leaves_nothing(take_in: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_activate", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take_in()
    assert letter_count() == 0
    assert db.session.query(ImportBatch).count() == 0


def test_words_that_ask_for_help_reach_the_safeguarding_contact(take_in: Import) -> None:
    take_in(CSV + "4;veilig;Papa slaat mij;eik\n")
    assert db.session.query(Concern).count() == 0
    take_in(CSV + "4;veilig;Papa slaat mij;linde\n")
    assert db.session.query(Concern).one().text == "Papa slaat mij"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('id = "nr"', 'id = "volgnummer"'), "no column 'volgnummer'"),
        (('channel = "paper"', 'channel = "self"'), "channel"),
        (('channel = "paper"', 'channel = "interview"'), "only answers on paper"),
        (('channel = "paper"', 'channel = "brief"'), "cannot be read"),
        (('band = "B"', 'band = "D"'), "band D"),
        (('item = "q2"', 'item = "q7"'), "no question q7"),
        (("[wave]", "[wave"), "cannot be read"),
        (("[file]", "[other]"), "has no 'file'"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(take_in: Import, change: tuple[str, str], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        take_in(mapping=MAPPING.replace(*change))
    assert db.session.query(ImportBatch).count() == 0


@pytest.mark.parametrize("csv", [b"nr;veilig;wens;school\n1;\xff;;\n", b'nr;veilig;wens;school\n"1;a'])
def test_a_file_that_is_no_csv_is_refused(take_in: Import, csv: bytes) -> None:
    with pytest.raises(Refused, match="UTF-8"):
        take_in(csv)
    assert letter_count() == 0


@pytest.mark.parametrize("state", [State.DRAFT, State.ANSWERED])
def test_a_round_that_is_not_open_or_closed_takes_nothing(take_in: Import, cast: Cast, state: State) -> None:
    other = a_consultation(cast.youth, state=state, channel=Channel.INTERVIEW)
    with pytest.raises(Refused, match="round is"):
        take_in(wave_id=other.waves[-1].id)


def test_a_round_that_does_not_exist_is_not_found(take_in: Import) -> None:
    with pytest.raises(NotFound):
        take_in(wave_id=999)


def test_the_only_round_for_answers_from_elsewhere_need_not_be_named(
    app: Flask, take_in: Import, consultation: Consultation, tmp_path: Path
) -> None:
    take_in(dry_run=True)
    call = ["import-responses", str(tmp_path / "answers.csv"), "--mapping", str(tmp_path / "mapping.toml")]
    runner = app.test_cli_runner()
    assert "Say into which round" in runner.invoke(args=call).output
    change(consultation, channel=Channel.PAPER)
    assert "3 rows are in the letter box" in runner.invoke(args=call).output


def test_the_command_says_what_happened(
    app: Flask, take_in: Import, consultation: Consultation, tmp_path: Path
) -> None:
    take_in(dry_run=True)
    wave_id = str(consultation.waves[-1].id)
    call = ["import-responses", str(tmp_path / "answers.csv"), "--mapping", str(tmp_path / "mapping.toml"), "--wave"]
    runner = app.test_cli_runner()
    assert "3 rows are good" in runner.invoke(args=[*call, wave_id, "--dry-run"]).output
    assert "3 rows are in the letter box" in runner.invoke(args=[*call, wave_id]).output
    assert "before" in runner.invoke(args=[*call, wave_id]).output
    (tmp_path / "answers.csv").write_text(CSV + "4;soms;x;linde\n")
    failed = runner.invoke(args=[*call, wave_id])
    assert failed.exit_code == 1
    assert "row 5, column veilig" in failed.output
    assert runner.invoke(args=[*call, "999"]).exit_code == 1
    assert letter_count() == 3
