"""Background work of results: open the letter boxes, publish what may be shown, draw it."""

from dataclasses import dataclass, field
from datetime import date
from typing import cast

from flask import current_app
from sqlalchemy import func, select

from dialogue.answering.models import ImportBatch, Letter
from dialogue.consultations.models import State, Wave
from dialogue.results.charts import draw_charts
from dialogue.results.erasing import erase_answers
from dialogue.results.lots import PUBLISH
from dialogue.results.opening import open_box
from dialogue.results.publishing import DRAW, publish
from dialogue.shared.clock import today
from dialogue.shared.database import db, forget_order

__all__ = ["DRAW", "PUBLISH", "draw_charts", "erase_answers", "open_boxes", "publish"]


@dataclass
class Looked:
    """What the last look of this process saw, so that a box in which nothing changed is not opened again."""

    boxes: dict[int, tuple[int, State, int, date]] = field(default_factory=dict)  # letters, state, imports, day
    order_to_forget: bool = True  # the process before this one may have been stopped in between


def open_boxes() -> None:
    """Look into every letter box that changed, open what may be opened, publish it, forget the order."""
    looked = cast(Looked, current_app.extensions.setdefault("dialogue.results", Looked()))
    imports = db.session.scalar(select(func.count()).select_from(ImportBatch).where(ImportBatch.active)) or 0
    letters = select(Letter.wave_id, func.count()).group_by(Letter.wave_id).subquery()
    boxes = select(Wave, letters.c.count).join(letters, letters.c.wave_id == Wave.id)
    for wave, count in db.session.execute(boxes).all():
        state = (count, wave.state, imports, today())
        wave_id = wave.id
        if looked.boxes.pop(wave_id, None) == state or not open_box(wave):
            looked.boxes[wave_id] = state
        else:
            looked.order_to_forget = True
            publish({"wave": wave_id})
    if looked.order_to_forget:
        looked.order_to_forget = not forget_order(Letter)
