"""How pictures are drawn: colours that the colour-blind tell apart, and a figure as SVG that a page can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

BLUE, RED, GREEN, PURPLE, ORANGE = "#3a87c4", "#d55e00", "#009e73", "#b8679b", "#c98a00"
INK = "#010203"  # stands for the colour of the text around the picture
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "grpo-symbolic", "svg.fonttype": "path", "font.size": 10, "font.family": "DejaVu Sans",
    "mathtext.fontset": "dejavusans", "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": INK,
    "axes.titlesize": 10, "axes.titlelocation": "left", "xtick.color": INK, "ytick.color": INK,
    "axes.facecolor": "none", "figure.facecolor": "none", "axes.spines.top": False, "axes.spines.right": False,
    "legend.frameon": False, "lines.linewidth": 1.8, "grid.color": INK, "grid.alpha": 0.12, "axes.grid": True,
}
NAMED = re.compile(r'\bid="([^"]+)"')
REFERRED = re.compile(r'(url\(#|href="#)([^")]+)')


@contextmanager
def figure(rows: int, columns: int, width: float, height: float, **shared: Any) -> Iterator[tuple[Any, Any]]:
    """A figure in the style of the page, with its axes as a table."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        drawn = Figure(figsize=(width, height), layout="constrained")
        yield drawn, drawn.subplots(rows, columns, squeeze=False, **shared)


def svg(drawn: Any, name: str) -> str:
    """The figure as an element of a page: names that no other picture has, and the page's own colour for ink."""
    text = StringIO()
    drawn.savefig(text, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    found = text.getvalue()
    found = found[found.index("<svg"):]
    found = re.sub(r"<metadata>.*?</metadata>", "", found, flags=re.DOTALL)
    found = re.sub(r"<style[^>]*>.*?</style>", "", found, flags=re.DOTALL)
    found = NAMED.sub(rf'id="{name}-\1"', found)
    found = REFERRED.sub(rf"\1{name}-\2", found)
    return found.replace(INK, "currentColor").replace("<svg ", '<svg stroke-linejoin="round" aria-hidden="true" ', 1)
