"""The one picture of the dossier: what became of every signal, as a bar with its numbers (SVG)."""

import io
from collections.abc import Sequence

from dialogue.feedback.rules import Part
from dialogue.feedback.words import Counted
from dialogue.results.drawing import FAMILY, FONTS, tokens

INKS = {Part.DONE: "done", Part.YES: "said", Part.NO: "decided", Part.STUDY: "sun", Part.WAITING: "line"}
INKS[Part.WITHDRAWN] = "soft"
DARK = (Part.DONE, Part.YES, Part.NO, Part.WITHDRAWN)
WIDTH, HEIGHT = 6.3, 1.5  # inches


def coverage_svg(parts: Sequence[Counted], title: str) -> bytes:
    """The coverage bar with a title that states the finding; matplotlib is loaded at first use."""
    from matplotlib import font_manager, rc_context  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    for font in ("Regular", "Bold"):
        font_manager.fontManager.addfont(FONTS / f"AtkinsonHyperlegibleNext-{font}.ttf")
    shown = [part for part in parts if part.count]
    total, file = sum(part.count for part in shown), io.BytesIO()
    with rc_context({"font.family": FAMILY, "font.size": 10, "text.color": tokens()["ink"]}):
        figure = Figure(figsize=(WIDTH, HEIGHT))
        figure.text(0.01, 0.97, title, fontsize=12, fontweight="bold", va="top")
        axes = figure.add_axes((0.01, 0.05, 0.98, 0.62))
        axes.set_axis_off()
        axes.set(xlim=(0, total or 1), ylim=(-1.15, 0.5))
        start = 0
        for place, part in enumerate(shown):
            axes.barh(0, part.count, left=start, height=0.9, color=tokens()[INKS[part.part]])
            ink = "white" if part.part in DARK else tokens()["ink"]
            axes.text(
                start + part.count / 2, 0, str(part.count), ha="center", va="center", color=ink, fontweight="bold"
            )
            corner = total * place / len(shown)
            axes.barh(-0.92, total * 0.018, left=corner, height=0.3, color=tokens()[INKS[part.part]])
            axes.text(corner + total * 0.028, -0.95, part.words, va="center")
            start += part.count
        figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()
