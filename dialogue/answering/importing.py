"""Answers collected elsewhere (interviews, paper, workshops), from a CSV file: all rows or none.

Rows go in as letters of an inactive batch, five hundred at a time so that no child waits for the lock; one statement
makes the batch active. The same file with the same mapping is taken in once.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from flask import current_app
from sqlalchemy import delete, insert, select, update

from dialogue.answering.import_file import Row, Source, rows_of
from dialogue.answering.letterbox import FINGERPRINT_SIZE, installation_key, seal
from dialogue.answering.mapping import Problem, read_plan, why_not_import
from dialogue.answering.models import Concern, ImportBatch, Letter
from dialogue.answering.receipt import tag
from dialogue.answering.services import help_wanted, letter_body
from dialogue.answering.writer import Row as ConcernRow
from dialogue.consultations.models import Wave
from dialogue.consultations.queries import current_instrument
from dialogue.ledger.services import record
from dialogue.places.queries import places_of
from dialogue.shared.database import db, writing
from dialogue.shared.errors import NotFound, Refused, refuse

CHUNK = 500


@dataclass
class Outcome:
    """What an import came to: how many rows, what is wrong with them, or that it was done before."""

    rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    already: bool = False


def import_responses(
    path: Path,
    mapping: Path,
    wave_id: int,
    *,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda rows: None,
) -> Outcome:
    """Take in the file; opens `writing()` per chunk. Raises NotFound, or Refused with what is wrong as a whole."""
    source = _source(path, mapping, wave_id)
    done = _batch(source)
    if done and done.active:
        return Outcome(done.rows, already=True)
    if dry_run:
        return _go_through(source, lambda chunk: None, progress)
    if done:
        _take_out(done.id)  # left behind by an import that was cut off
    batch_id = _begin(source)
    concerns: list[ConcernRow] = []
    try:
        outcome = _go_through(source, lambda chunk: concerns.extend(_put_in(source, batch_id, chunk)), progress)
        if not outcome.problems:
            _activate(source, batch_id, outcome.rows, concerns)
    except BaseException:
        _take_out(batch_id)
        raise
    if outcome.problems:
        _take_out(batch_id)
    return outcome


def _source(path: Path, mapping: Path, wave_id: int) -> Source:
    plan = read_plan(mapping.read_text(encoding="utf-8-sig"))
    wave = db.session.get(Wave, wave_id)
    if wave is None:
        raise NotFound
    instrument = current_instrument(wave, plan.band)
    reasons = why_not_import(plan, wave.state, wave.consultation.channel, instrument.document if instrument else None)
    if reasons or instrument is None:
        raise Refused(*reasons)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(mapping.read_bytes())
    places = {place.name: place.id for place in places_of(wave.consultation.municipality_id)}
    return Source(path, plan, digest.hexdigest(), wave, instrument, places)


def _go_through(source: Source, put_in: Callable[[list[Row]], None], progress: Callable[[int], None]) -> Outcome:
    """Read all rows, a chunk at a time; after the first problem nothing more is put in, but all is still read."""
    outcome = Outcome()
    rows = rows_of(source)
    while chunk := list(islice(rows, CHUNK)):
        outcome.rows += len(chunk)
        outcome.problems += [problem for row in chunk for problem in row.problems]
        if not outcome.problems:
            put_in(chunk)
        progress(outcome.rows)
    return outcome


def _batch(source: Source) -> ImportBatch | None:
    same = select(ImportBatch).where(ImportBatch.wave_id == source.wave.id, ImportBatch.sha256 == source.sha256)
    return db.session.scalar(same)


def _begin(source: Source) -> int:
    batch = ImportBatch(wave_id=source.wave.id, name=source.path.name, sha256=source.sha256)
    with writing() as session:
        session.add(batch)
    return batch.id


def _put_in(source: Source, batch_id: int, chunk: list[Row]) -> list[ConcernRow]:
    """Seal and keep the letters of a chunk; returns the concerns in it, which wait for the batch to be active."""
    letters = [_letter(source, batch_id, row) for row in chunk]
    about = source.instrument.wave_id, source.instrument.band
    concerns = [concern for row in chunk for concern in help_wanted(*about, row.words.values())]
    with writing() as session:
        session.add_all(letters)
    return concerns


def _letter(source: Source, batch_id: int, row: Row) -> Letter:
    pepper = current_app.extensions["dialogue"].keys.pepper
    tag_ = tag(pepper, "import", bytes.fromhex(source.sha256), f"{source.wave.id}/{row.id}".encode())
    body = letter_body(source.instrument, row.place_id, source.plan.channel, row.answers, row.words, {})
    return Letter(
        tag=tag_,
        wave_id=source.wave.id,
        fingerprint=secrets.token_bytes(FINGERPRINT_SIZE),  # nobody sends this again
        body=seal(installation_key(), body, tag_),
        batch_id=batch_id,
    )


def _activate(source: Source, batch_id: int, rows: int, concerns: list[ConcernRow]) -> None:
    with writing() as session:
        refuse(
            why_not_import(source.plan, source.wave.state, source.wave.consultation.channel, source.instrument.document)
        )
        session.execute(update(ImportBatch).where(ImportBatch.id == batch_id).values(active=True, rows=rows))
        if concerns:
            session.execute(insert(Concern), concerns)
        record(
            "command",
            "responses.imported",
            f"wave:{source.wave.id}",
            department_id=source.wave.consultation.department_id,
            after={"sha256": source.sha256, "rows": rows},
        )


def _take_out(batch_id: int) -> None:
    """Remove an import that is not complete."""
    tags = db.session.scalars(select(Letter.tag).where(Letter.batch_id == batch_id)).all()
    for start in range(0, len(tags), CHUNK):
        with writing() as session:
            session.execute(delete(Letter).where(Letter.tag.in_(tags[start : start + CHUNK])))
    with writing() as session:
        session.execute(delete(ImportBatch).where(ImportBatch.id == batch_id, ImportBatch.active.is_(False)))
