"""Coverage as a picture: a grid of years for a desk, bars for a phone, drawn by Vega-Lite on the server.

The SVG holds geometry and text in attributes, no style, no script and no address of another host; its letters are the
page's own. Colours are those of the look: the blue half for what can be decided on, ochre for what is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import vl_convert
from markupsafe import Markup

from wayfare.app.covered import GROUPS, Counts

__all__ = ["COLOURS", "SHADES", "Cell", "bars", "grid", "shade_of"]

INK, INK_SOFT, EDGE = "#17262b", "#47595f", "#6a7d81"
COLOURS: Final[Mapping[str, str]] = {"sure": "#174a7e", "unsure": "#9fc3e0", "assumed": "#ebcda6", "missing": "#ffffff"}
SHADES: Final = ("#ffffff", "#dbe8f3", "#9fc3e0", "#3f78ab", "#174a7e")
"""None, less than an eighth, less than a quarter, less than half, more."""
_VERSION: Final = "5.20"
_SIZE: Final = re.compile(r' width="\d+(\.\d+)?" height="\d+(\.\d+)?"', re.ASCII)
_CONFIG: Final[dict[str, Any]] = {
    "aria": False, "font": "sans-serif", "view": {"stroke": None}, "background": None,
    "axis": {"domain": False, "ticks": False, "grid": False, "labelColor": INK, "labelFontSize": 13, "title": None,
             "labelPadding": 6},
    "legend": {"disable": True},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid: its row by number, its year, and the colour it is drawn in."""

    row: int
    year: int
    colour: str


def shade_of(counts: Counts) -> str:
    """The shade for the share of years on which a decision can rest."""
    every, sure = sum(counts.values()), counts["sure"]
    return SHADES[0] if not sure else SHADES[1 + sum(sure * part >= every for part in (8, 4, 2))]


def grid(rows: Sequence[str], cells: Sequence[Cell], *, label_width: int) -> Markup:
    """Rows by year, for a wide screen."""
    none = f"datum.c === '{SHADES[0]}'"
    return _drawn({
        "width": {"step": 26}, "height": {"step": 21},
        "data": {"values": [{"r": cell.row, "y": cell.year, "c": cell.colour} for cell in cells]},
        "encoding": {
            "x": {"field": "y", "type": "ordinal", "scale": {"paddingInner": 0.08},
                  "axis": {"orient": "top", "labelAngle": 0, "values": _labelled(cells)}},
            "y": _row_axis(rows, label_width, 13),
        },
        "layer": [
            {"transform": [{"filter": f"!({none})"}], "mark": "rect",
             "encoding": {"color": {"field": "c", "type": "nominal", "scale": None}}},
            {"transform": [{"filter": none}],
             "mark": {"type": "rect", "fill": SHADES[0], "stroke": EDGE, "strokeDash": [1, 2], "strokeWidth": 1}},
        ],
    })  # fmt: skip


def bars(rows: Sequence[str], counts: Sequence[Counts], *, label_width: int, width: int = 330) -> Markup:
    """A bar for each row, parted by how sure its years are, at the true size of a phone."""
    values, order = [], list(GROUPS)
    for row, held in enumerate(counts):
        total, end = sum(held.values()) or 1, 0.0
        for group in order:
            begin, end = end, end + held[group] / total
            values.append({"r": row, "a": begin, "b": end, "g": group})
    return _drawn({
        "width": width - label_width - 10, "height": {"step": 21}, "data": {"values": values},
        "mark": {"type": "bar", "height": 13, "strokeWidth": 1},
        "encoding": {
            "x": {"field": "a", "type": "quantitative", "axis": None, "scale": {"domain": [0, 1]}},
            "x2": {"field": "b"},
            "y": _row_axis(rows, label_width, 14),
            "color": {"field": "g", "type": "nominal",
                      "scale": {"domain": list(COLOURS), "range": list(COLOURS.values())}},
            "stroke": {"value": EDGE},
            "strokeDash": {"condition": {"test": "datum.g === 'missing'", "value": [1, 2]}, "value": [1, 0]},
        },
    })  # fmt: skip


def _labelled(cells: Sequence[Cell]) -> list[int]:
    """Each fifth year."""
    return sorted({cell.year for cell in cells if not cell.year % 5})


def _row_axis(rows: Sequence[str], label_width: int, size: int) -> dict[str, Any]:
    """Rows by number, labelled with their names, for two figures may be called alike."""
    names = "[" + ",".join(_quoted(name) for name in rows) + "]"
    return {
        "field": "r", "type": "ordinal", "scale": {"domain": list(range(len(rows)))},
        "axis": {"labelExpr": f"{names}[datum.value]", "labelLimit": label_width, "labelFontSize": size,
                 "minExtent": label_width},
    }  # fmt: skip


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _drawn(spec: Mapping[str, Any]) -> Markup:
    """The picture as SVG inside a page, as wide as its place; words for who cannot see it stand in the page."""
    svg = vl_convert.vegalite_to_svg({**spec, "config": _CONFIG}, vl_version=_VERSION)
    svg = svg.replace(' xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" class="marks"', "", 1)
    return Markup(_SIZE.sub(' aria-hidden="true" focusable="false"', svg, count=1))
