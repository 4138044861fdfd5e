"""How a chart looks: SVG in the colours and letters of our pages, with a title that states the finding."""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from textwrap import fill
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from dialogue.results.trends import Trend
from dialogue.shared.bands import RULES, Band

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "dialogue" / "shared" / "fonts"
TOKENS = ROOT / "static" / "css" / "tokens.css"
FAMILY = "Atkinson Hyperlegible Next"
WEIGHTS = ("Regular", "Bold")
OTHER_LETTERS = "Noto Sans"  # Polish, Turkish and Ukrainian ones that it does not have
INKS = {"positive": "leaf", "negative": "coral", "indigo": "indigo"}
BAND_INKS = {"A": "heard", "B": "told", "C": "said", "D": "done"}
PALEST = 0.55  # the option nearest to the other side
WIDTH, ROW, TITLE, TITLE_LINE = 6.2, 0.52, 0.52, 0.34  # inches
APART = 0.16  # of the height, between two names
Item = Mapping[str, Any]  # as dialogue.results.publishing makes it


@cache
def tokens() -> dict[str, str]:
    """The colours of our pages by name."""
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", TOKENS.read_text(encoding="utf-8")))


def draw_bars(item: Item, language: str) -> str:
    """Shares of one question as bars, each with its name and figure; a hidden figure has no bar."""
    rows = item["rows"]
    longest = max((row["share"] or 0 for row in rows), default=0) or 1
    name_width = 0.85 * longest

    def paint(axes: Any) -> None:
        axes.set(xlim=(-name_width, longest * 1.22), ylim=(len(rows) - 0.5, -0.5))
        for position, (row, ink) in enumerate(zip(rows, _shades(rows), strict=True)):
            share = row["share"] or 0
            axes.barh(position, share, height=0.62, color=ink)
            axes.text(-name_width, position, fill(row["labels"][language], 22), va="center", linespacing=1)
            axes.text(share + 0.03 * longest, position, row["shown"], va="center", fontweight="bold")

    return _drawn(item["titles"].get(language, ""), len(rows) * ROW, paint)


def draw_lines(trend: Trend, language: str) -> str:
    """Positive shares per round with their intervals, a line per band, named at its end."""
    with force_locale(language):
        title, round_ = trend.title(), str(_("ronde"))
        names = {band: str(_("%(years)s jaar", years=RULES[Band(band)].years)) for band in trend.lines}
    points = [point for line in trend.lines.values() for point in line]
    first, last = min(point[0] for point in points), max(point[0] for point in points)
    low, high = min(point[2] for point in points) // 10 * 10, -(-max(point[3] for point in points) // 10) * 10
    span, height = last - first, high - low

    def paint(axes: Any) -> None:
        axes.set(xlim=(first - 0.25 * span, last + 0.85 * span), ylim=(low - 0.2 * height, high + 0.1 * height))
        for share in (low, (low + high) // 2, high):
            axes.axhline(share, color=tokens()["line"], linewidth=1, zorder=0)
            axes.text(first - 0.24 * span, share + 0.01 * height, f"{share} %", color=tokens()["soft"], va="bottom")
        for number in sorted({point[0] for point in points}):
            axes.text(number, low - 0.06 * height, f"{round_} {number}", color=tokens()["soft"], ha="center", va="top")
        heights = _apart({band: line[-1][1] for band, line in trend.lines.items()}, APART * height)
        for band, line in trend.lines.items():
            rounds, shares, bottoms, tops = zip(*line, strict=True)
            ink, name = tokens()[BAND_INKS[band]], f"{names[band]}: {shares[-1]} %"
            axes.plot(rounds, shares, color=ink, linewidth=2.5)
            axes.vlines(rounds, bottoms, tops, color=ink, linewidth=1.5)
            axes.text(last + 0.07 * span, heights[band], name, color=ink, va="center", fontweight="bold")

    return _drawn(title, 5.5 * ROW, paint)


def _apart(heights: Mapping[str, float], gap: float) -> dict[str, float]:
    """The same heights, pushed up where two names would lie over each other."""
    apart: dict[str, float] = {}
    for name in sorted(heights, key=lambda name: heights[name]):
        apart[name] = max([heights[name], *(height + gap for height in apart.values())])
    return apart


def _shades(rows: Sequence[Item]) -> list[str]:
    """An ink per row: bad news strongest first, good news strongest last, all others alike."""
    inks = [row["ink"] for row in rows]
    shades = []
    for position, ink in enumerate(inks):
        alike = [place for place, other in enumerate(inks) if other == ink]
        step = alike.index(position) / max(1, len(alike) - 1)
        strength = {"positive": step, "negative": 1 - step}.get(ink, 1) if len(alike) > 1 else 1
        shades.append(_mixed(tokens()[INKS[ink]], PALEST + (1 - PALEST) * strength))
    return shades


def _mixed(colour: str, strength: float) -> str:
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02x}" for part in parts)


def _drawn(title: str, height: float, paint: Callable[[Any], None]) -> str:
    """The SVG of axes without a frame that `paint` fills, under a title; the same input gives the same bytes."""
    from matplotlib import font_manager, rc_context  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    for font in (f"{name.replace(' ', '')}-{weight}.ttf" for name in (FAMILY, OTHER_LETTERS) for weight in WEIGHTS):
        font_manager.fontManager.addfont(FONTS / font)
    settings = {
        "font.family": [FAMILY, OTHER_LETTERS],
        "font.size": 16,
        "text.color": tokens()["ink"],
        "svg.hashsalt": "dialogue",
    }
    lines, file = fill(title, 40), io.StringIO()
    top = TITLE + TITLE_LINE * lines.count("\n") if lines else 0
    with rc_context(settings):
        figure = Figure(figsize=(WIDTH, top + height))
        figure.text(0, 1, lines, fontsize=19, fontweight="bold", va="top", linespacing=1.15)
        axes = figure.add_axes((0, 0, 1, height / (top + height)))
        axes.set_axis_off()
        paint(axes)
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": "Dialogue"})
    return _plain(file.getvalue())


def _plain(svg: str) -> str:
    """The drawing without styles, so that it may be served under a policy that allows nothing."""
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL)
    return re.sub(r' style="([^"]*)"', lambda found: "".join(_attributes(found[1])), svg)


def _attributes(style: str) -> Iterator[str]:
    for declaration in filter(None, style.split(";")):
        name, value = declaration.split(":", 1)
        yield f' {name.strip()}="{value.strip()}"'
