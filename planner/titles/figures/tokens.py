"""Tokens: a figure or a word of a title, and what one figure means by itself or beside its neighbour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from planner.titles.words import Joining

Sort = Literal[
    "word",
    "name",
    "time",
    "distance",
    "repeat",
    "number",
    "percent",
    "zone",
    "effort",
    "pulse",
    "pace",
    "offset",
    "climb",
    "sign",
]
MILE = 1609.344
YARD = 0.9144
METRES_FROM = 100
"""Of this many on, "m" after a number means metres, 400m; below it miles or minutes, unless it is repeated: 6 x 60m."""
MOST_MILES = 30
EACH = frozenset({"a", "je", "of", "de"})


class Token(NamedTuple):
    """Hold a figure or a word of a title: a time in minutes, a distance in metres, from `low` to `high`.

    `doubtful` says that its unit is a guess. `text` is folded.
    """

    sort: Sort
    text: str
    low: float = 0
    high: float = 0
    doubtful: bool = False

    @property
    def middle(self) -> float:
        """The middle of its range."""
        return (self.low + self.high) / 2


def counts_the_next(before: Sequence[Token]) -> bool:
    """Whether words say how many there are of the figure after them: "6 Steigerungen à 80 m"."""
    return bool(before) and before[-1].text in EACH and any(token.sort == "number" for token in before[-4:-1])


def is_the_whole(tokens: Sequence[Token], number: int, joining: Joining) -> bool:
    """Whether a figure is said to be the whole: "total 6", "6 total", "in the middle of 9"."""
    before = [token.text for token in tokens[max(0, number - 2) : number]]
    after = tokens[number + 1].text if number + 1 < len(tokens) else ""
    within = any(before[-len(pieces) :] == pieces for pieces in (phrase.split() for phrase in joining.within))
    return within or after in joining.total or before[-1:] in [[word] for word in joining.total]


def repeated_token(token: Token) -> Token:
    """Return a time that is repeated as what it is: "8 x 60 m" are metres, "8 x 1:30" minutes and seconds."""
    figures = [float(digits) for digits in re.findall(r"\d+", token.text)]
    if re.fullmatch(r"\d+\s*m", token.text):
        return Token("distance", token.text, figures[0], figures[0])
    if re.fullmatch(r"\d:\d\d", token.text):
        minutes = figures[0] + figures[1] / 60
        return Token("time", token.text, minutes, minutes)
    return token


def span_of(first: Token, last: Token) -> Token | None:
    """Return the range between two figures, None where they are no two ends of one."""
    low = first.low
    if first.sort == "number" and last.sort != "number":
        figures = re.findall(r"\d+(?:[.,]\d+)?", last.text)
        low = first.low * (last.high / float(figures[0].replace(",", ".")) if figures else 1)
    text = f"{first.text}-{last.text}"
    # "45m - 1h10" and "20m-25m": a doubtful unit is what the other end says.
    if first.doubtful and last.sort == first.sort and not last.doubtful:
        first = first._replace(doubtful=False)
    return Token(last.sort, text, low, last.high, last.doubtful) if 0 < low <= last.high else None


def clock_token(text: str) -> Token:
    """Return h:mm:ss, h:mm below ten hours, else mm:ss, as minutes."""
    parts = [int(digits) for digits in re.findall(r"\d+", text)]
    if len(parts) == 3:
        minutes = parts[0] * 60 + parts[1] + parts[2] / 60
    elif parts[0] < 10:
        minutes = float(parts[0] * 60 + parts[1])
    else:
        minutes = parts[0] + parts[1] / 60
    return Token("time", text, minutes, minutes, doubtful=len(parts) == 2 and 10 <= parts[0] < 24 and parts[1] != 0)


def metres_token(raw: str, figure: float) -> Token:
    """Return what "m" means after a number: metres, British miles ("6M"), or minutes ("45m")."""
    text = raw.casefold().strip()
    if re.search(r"\d[.,]\d{3}\s*m", text):
        figure = float(re.sub(r"[.,]", "", re.match(r"[\d.,]+", text).group()))  # type: ignore[union-attr]
    if not text.endswith("m") or figure >= METRES_FROM:
        return Token("distance", text, figure, figure)
    if raw.strip().endswith("M") and figure <= MOST_MILES:
        return Token("distance", text, figure * MILE, figure * MILE)
    if figure < 15 or figure != int(figure):
        return Token("distance", text, figure * MILE, figure * MILE, doubtful=True)
    return Token("time", text, figure, figure, doubtful=figure < MOST_MILES)
