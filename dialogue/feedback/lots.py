"""What is said once per receipt: kept under a mark that joins nothing, counted in lots of ten or more, and shown by the
rules for small groups.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask import current_app
from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from dialogue.feedback.reaction_rules import moves_at, shown
from dialogue.results.disclosure import SMALLEST_GROUP, rounded
from dialogue.shared.database import Model, db, upsert, writing
from dialogue.shared.traces import leave_no_trace

_seen: dict[str, frozenset[Any]] = {}  # per database and table: what was new at the last look


@dataclass(frozen=True)
class Lot:
    """What was said to one question: the rows with it, what they say now, and what stands in the figures."""

    about: str  # "reactions|7|answer": the question, told apart from every other
    among: ColumnElement[bool]
    said: InstrumentedAttribute[Any]
    counted: InstrumentedAttribute[Any]
    smallest_group: int

    @property
    def new(self) -> ColumnElement[bool]:
        """What is not in the figures as it is now."""
        return self.counted != self.said


@dataclass(frozen=True)
class Figures:
    """What everybody may see of the answers to one question."""

    words: Any
    answered: str  # "± 35", or "" with too few
    rows: list[tuple[Any, str]]  # what was said and by which share; empty where no share may be shown
    most: Any  # what nearly all said, where that is all that may be shown


def keep(table: type[Model], row: Mapping[str, Any], said: str) -> None:
    """Keep this row durably; one with the same tag says from now on what this one does. Never inside `writing()`."""
    again = {said: row[said]}
    kept = upsert(table).values(counted="", **row).on_conflict_do_update(index_elements=["tag"], set_=again)
    with writing(in_turn=False) as session:
        session.execute(kept)


def counts(lot: Lot, column: InstrumentedAttribute[Any]) -> Counter[str]:
    """How often each was said, by `said` or as `counted`: raw, never for showing."""
    found = select(column, func.count()).where(lot.among).group_by(column)
    return Counter({value: count for value, count in db.session.execute(found) if value})


def figures(words: Any, said: Mapping[str, int], options: Mapping[Any, Any], smallest_group: int) -> Figures:
    """What may be shown of these counts; `options` are those that were offered, each with how it is said."""
    answers = shown(said, smallest_group, tuple(options))
    shares = {option: answers.cells.get(option) for option in options}
    rows = [
        (options[option], f"{round(100 * share / answers.answered)} %" if share is not None else "–")
        for option, share in shares.items()
    ]
    open_ = any(share is not None for share in shares.values())
    most = next((name for option, name in options.items() if option == answers.most), "")
    return Figures(words, rounded(answers.answered) if answers.answered else "", rows if open_ else [], most)


def move_figures(lot: Lot, *, closed: bool = False) -> None:
    """Let the figures follow, all at once, as soon as enough is new: so that nobody's part can be told from it.

    Once nothing more can be said (`closed`), ten are enough. What was taken back (it says "") goes for good.
    """
    if not _enough_new(lot, closed):
        return
    table = lot.said.class_
    with writing() as session:
        if _enough_new(lot, closed):
            session.execute(update(table).where(lot.among, lot.new).values({lot.counted.key: lot.said}))
            session.execute(delete(table).where(lot.among, lot.said == "", lot.counted == ""))


def forget_arrival(said: InstrumentedAttribute[Any], counted: InstrumentedAttribute[Any]) -> None:
    """Write all that is not in the figures yet anew, by key and at once, when there is something new among it.

    Else how rows lie and who wrote them would tell what came together, from one receipt to several questions.
    """
    table, here = said.class_, f"{db.engine.url}|{said.class_.__tablename__}"
    new = frozenset(tuple(row) for row in db.session.execute(select(table.tag, said).where(counted != said)))
    changed = _seen.get(here) != new
    if changed and new:
        with writing() as session:
            rows = session.execute(delete(table).where(counted != said).returning(*table.__table__.columns)).mappings()
            again = sorted(map(dict, rows), key=lambda row: bytes(row["tag"]))
            if again:
                session.execute(insert(table), again)
    leave_no_trace(cast(type[Model], table), changed=changed)
    _seen[here] = new


def _enough_new(lot: Lot, closed: bool) -> bool:
    rows = select(func.count()).where(lot.among)
    new, counted = db.session.scalar(rows.where(lot.new)) or 0, db.session.scalar(rows.where(lot.counted != "")) or 0
    pepper = current_app.extensions["dialogue"].keys.pepper
    least = max(lot.smallest_group, SMALLEST_GROUP)
    return new >= (least if closed else moves_at(pepper, lot.about, counted, lot.smallest_group))
