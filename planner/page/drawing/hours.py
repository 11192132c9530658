"""Hours as SVG: the strip of a day, and the lanes over a week that show what a treatment rules out until when.

Positions in time are percentages, so that one drawing fits a phone and a desk, and its text keeps its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import NamedTuple

FIRST_HOUR, LAST_HOUR = 5, 23
TICKS = (6, 12, 18)
LANE = 22
"""Pixels from one lane to the next."""
MOST_LANES = 5
WORDS_LEFT = 74
"""Percent of the week from which on a lane's words stand left of its edge: right of it they would leave the week."""


class Stretch(NamedTuple):
    """Bound a time within what is drawn, both in percent of it."""

    first: float
    last: float

    @property
    def width(self) -> float:
        """How much of it lies within."""
        return self.last - self.first


def part_within(opens: datetime, closes: datetime, first: datetime, last: datetime) -> Stretch | None:
    """Return the part of a time that lies within another, in percent; None where there is none.

    Args:
        opens: when the one begins.
        closes: when it ends.
        first: when the other begins.
        last: when it ends.

    """
    whole = (last - first).total_seconds()
    begins = max(0.0, (opens - first).total_seconds() / whole * 100)
    ends = min(100.0, (closes - first).total_seconds() / whole * 100)
    return Stretch(round(begins, 2), round(ends, 2)) if ends > begins else None


def day_strip(
    midnight: datetime,
    hatched: Iterable[tuple[datetime, datetime]],
    treatments: Iterable[tuple[datetime, datetime]],
    workouts: Iterable[tuple[datetime, datetime]],
    *,
    labelled: bool,
) -> str:
    """Return a day from 5 to 23 h: hatch where something is ruled out, treatments, workouts. The words say the same.

    Args:
        midnight: the moment at which the day begins.
        hatched: from when to when something is ruled out.
        treatments: from when to when there is a treatment.
        workouts: from when to when there is a workout.
        labelled: whether the hours are written below it.

    """
    first, last = midnight + timedelta(hours=FIRST_HOUR), midnight + timedelta(hours=LAST_HOUR)
    parts = ['<line class="base-line" x1="0" x2="100%" y1="13" y2="13"/>']
    for opens, closes in hatched:
        if (span := part_within(opens, closes, first, last)) is not None:
            parts.append(f'<rect fill="url(#hatch)" x="{span.first}%" y="4" width="{span.width:.2f}%" height="9"/>')
            if closes < last:
                parts.append(f'<line class="edge-line" x1="{span.last}%" x2="{span.last}%" y1="2" y2="15"/>')
    for hour in TICKS:
        x = round((hour - FIRST_HOUR) / (LAST_HOUR - FIRST_HOUR) * 100, 2)
        parts.append(f'<line class="tick" x1="{x}%" x2="{x}%" y1="11" y2="15"/>')
        if labelled:
            parts.append(f'<text x="{x}%" y="25" text-anchor="middle">{hour}</text>')
    for kind, spans in (("work", workouts), ("treat", treatments)):
        for opens, closes in spans:
            if (span := part_within(opens, closes, first, last)) is not None:
                parts.append(
                    f'<rect class="bar-{kind}" x="{span.first}%" y="3" width="{max(span.width, 2):.2f}%" '
                    f'height="10" rx="2"/>'
                )
    return f'<svg class="strip" aria-hidden="true">{"".join(parts)}</svg>'


class Lane(NamedTuple):
    """Hold one thing that is ruled out: from when until when (None: beyond what is drawn), and its words."""

    opens: datetime
    closes: datetime | None
    words: str


def week_lanes(first: datetime, last: datetime, lanes: Sequence[Lane], more: str, name: str) -> str:
    """Return the lanes over a week, the first five of them; nothing is drawn where nothing is ruled out.

    Args:
        first: when the week begins.
        last: when it ends.
        lanes: the lanes.
        more: the words that say how many are left out, empty where none is.
        name: the whole sentence, for who does not see it.

    """
    shown = [lane for lane in lanes if part_within(lane.opens, lane.closes or last, first, last)][:MOST_LANES]
    if not shown:
        return ""
    parts, words = [], []
    height = LANE * len(shown) + 12 + (LANE if more else 0)
    for number, lane in enumerate(shown):
        span = part_within(lane.opens, lane.closes or last, first, last)
        if span is None:
            continue
        y = 6 + LANE * number
        parts.append(f'<rect fill="url(#hatch)" x="{span.first}%" y="{y + 3}" width="{span.width:.2f}%" height="14"/>')
        if lane.closes is not None and lane.closes <= last:
            parts.append(f'<line class="edge-line" x1="{span.last}%" x2="{span.last}%" y1="{y}" y2="{y + 19}"/>')
        words.append(_words(span, y + 14, lane.words))
    opens = [
        span.first
        for lane in shown
        if lane.opens > first
        if (span := part_within(lane.opens, lane.closes or last, first, last))
    ]
    # Words come last: the bar of a treatment later in the week goes through no word of the one before.
    bars = (
        f'<rect class="bar-treat" x="{x}%" y="4" width="5" height="{height - 8}" rx="2"/>' for x in dict.fromkeys(opens)
    )
    parts += [f'<text x="8" y="{height - 8}">{escape(more)}</text>'] if more else []
    return (
        f'<svg class="lanes" role="img" aria-label="{escape(name)}" height="{height}">{"".join(parts)}'
        f"{''.join(bars)}{''.join(words)}</svg>"
    )


def _words(span: Stretch, y: int, words: str) -> str:
    # On ground of its own, so that it stays readable over hatch and bars.
    width = round(len(words) * 6.4) + 12
    if span.last <= WORDS_LEFT:
        return (
            f'<svg x="{span.last}%" overflow="visible"><rect class="words-ground" x="3" y="{y - 11}" width="{width}" '
            f'height="15"/><text x="7" y="{y}">{escape(words)}</text></svg>'
        )
    end = min(span.last, 100.0)
    return (
        f'<svg x="{end}%" overflow="visible"><rect class="words-ground" x="-{width + 6}" y="{y - 11}" width="{width}" '
        f'height="15"/><text x="-12" y="{y}" text-anchor="end">{escape(words)}</text></svg>'
    )


HATCH = (
    '<svg width="0" height="0" class="hidden" aria-hidden="true"><defs>'
    '<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch-ground" width="7" height="7"/><line class="hatch-line" x1="0" x2="0" y1="0" y2="7"/></pattern>'
    '<pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect class="fill-hurt" width="7" height="7"/><circle class="dot" cx="3.500" cy="3.500" r="1.100"/></pattern>'
    '<pattern id="lines" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="fill-treat" width="7" height="7"/><line class="treat-line" x1="0" x2="0" y1="0" y2="7"/></pattern>'
    '<pattern id="both" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="fill-hurt" width="7" height="7"/><line class="treat-line" x1="0" x2="0" y1="0" y2="7"/></pattern>'
    "</defs></svg>"
)
"""The patterns that the drawings of a page share: once a page."""
