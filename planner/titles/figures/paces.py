"""How fast a title says that something is run, and whether its figures are the rungs of a ladder."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from planner.titles.figures.tokens import MILE, Sort, Token

RUNGS = 3
"""So many figures in a row are a ladder; fewer are a choice, or a rest beside its repeat."""
SMALL_RUNGS = 4
LONGEST_RUNG: dict[Sort, float] = {"distance": 3_300, "time": 10, "number": 2_400}
SHORTEST_METRES = 100
"""From here on a rung without a unit counts metres of the track; small ones are minutes, or kilometres."""
LARGEST_SMALL_RUNG = 8


def pace_token(text: str) -> Token:
    """Return a pace or a speed in seconds a kilometre: "4:30/km", "7:15-7:30/mi", "12 km/h"."""
    miles = re.search(r"mph|mi(?!n)|meile|milla", text) is not None
    clocks = [int(minutes) * 60 + int(seconds) for minutes, seconds in re.findall(r"(\d{1,2})[:'.](\d{2})", text)]
    if not re.search(r"km\s*/\s*(?:h|std)|kmh|kph|mph", text):
        seconds = [clock / (MILE / 1000) if miles else float(clock) for clock in clocks]
    else:
        speeds = [float(figure.replace(",", ".")) for figure in re.findall(r"\d+(?:[.,]\d+)?", text)]
        seconds = [3600 / (speed * (MILE / 1000 if miles else 1)) for speed in speeds if speed]
    return Token("pace", text, min(seconds, default=0), max(seconds, default=0))


def offset_token(text: str) -> Token:
    """Return by how many seconds a kilometre a pace is slower than another: "+30-45 s/km"."""
    miles = re.search(r"mi|meile", re.sub(r"min", "", text)) is not None
    seconds = [float(figure.replace(",", ".")) for figure in re.findall(r"\d+(?:[.,]\d+)?", text)]
    seconds = [figure / (MILE / 1000) if miles else figure for figure in seconds]
    return Token("offset", text, min(seconds), max(seconds))


def pace_range(first: Token, last: Token) -> Token | None:
    """Return the range between two paces whose unit stands once: "5:00 bis 5:20 pro km"; None where it is none."""
    clocks = first.sort == "time" and re.fullmatch(r"\d{1,2}:\d\d", first.text) is not None
    return pace_token(f"{first.text}-{last.text}") if clocks and last.sort == "pace" and ":" in last.text else None


def fastest_pace(tokens: Sequence[Token], at: Collection[str], slowest: float) -> float | None:
    """Return the fastest pace that stands in a title, in seconds a kilometre.

    Args:
        tokens: the figures and words of the title.
        at: the words before a pace without a unit: "8 km @ 4:30".
        slowest: the pace at which anybody still runs; a clock slower than it is how long something lasts.

    """
    paces = [token.low for token in tokens if token.sort == "pace" and token.low]
    for number, token in enumerate(tokens[1:], start=1):
        if tokens[number - 1].text not in at or not re.fullmatch(r"\d:\d\d(?:-\d:\d\d)?", token.text):
            continue
        before = next((earlier for earlier in reversed(tokens[:number]) if earlier.sort == "distance"), None)
        metres = before.high if before is not None else 0
        if metres / 1000 * slowest < token.low * 60:
            miles = before is not None and re.search(r"mi|\d\s*m$", before.text) is not None
            paces.append(token.low / (MILE / 1000) if miles and metres >= MILE else token.low)
    return min(paces, default=None)


def splits(tokens: Sequence[Token]) -> list[float]:
    """Return the paces of splits in a row, in seconds a kilometre: "7 miles: 7:24, 7:09, 6:45"."""
    clocks = [re.fullmatch(r"(\d):(\d\d)", token.text) for token in tokens]
    rows = [n for n in range(2, len(tokens)) if clocks[n] and clocks[n - 2] and tokens[n - 1].text == ","]
    if len(rows) < RUNGS - 1:
        return []
    miles = any(token.sort == "distance" and re.search(r"mi|\d\s*m$", token.text) for token in tokens)
    seconds = [int(clock[1]) * 60 + int(clock[2]) for clock in clocks if clock is not None]
    return [clock / (MILE / 1000) if miles else float(clock) for clock in seconds]


def clock_before(tokens: Sequence[Token], place: int) -> float | None:
    """Return the clock before a word for a pace in seconds a kilometre: "at 9:30 pace"; None where there is none.

    It is that of a mile, the faster one, where no kilometres stand in the title.
    """
    near = tokens[max(0, place - 2) : place]  # "9:30 average pace"
    figure = next((token for token in reversed(near) if token.sort != "word"), Token("sign", ""))
    if figure.sort == "pace":
        return figure.low or None
    clock = figure.text
    if not re.fullmatch(r"\d{1,2}:\d\d(?:-\d{1,2}:\d\d)?", clock):
        return None
    minutes, seconds = (int(figure) for figure in re.findall(r"\d+", clock)[:2])
    in_kilometres = any(token.sort == "distance" and re.search(r"k", token.text) for token in tokens)
    return (minutes * 60 + seconds) / (1 if in_kilometres else MILE / 1000)


def is_ladder(tokens: Sequence[Token], *, climbing: bool = True) -> bool:
    """Whether short figures follow one another, parted by one sign: "3k/2k/1k", "200-400-600", "1-2-3-2-1".

    With `climbing` off, only those that do not simply grow.
    """
    rungs: list[Token] = []
    sign = ""
    for number, token in enumerate((*tokens, Token("sign", "\n"))):
        if token.sort in LONGEST_RUNG and (not rungs or tokens[number - 1].text == sign):
            rungs.append(token)
            continue
        if rungs and token.text in {"/", "-", ","} and sign in {"", token.text} and tokens[number - 1] is rungs[-1]:
            sign = token.text
            continue
        if _are_rungs(rungs) and (climbing or not _climbs(rungs)):
            return True
        rungs, sign = ([token], "") if token.sort in LONGEST_RUNG else ([], "")
    return False


def _climbs(figures: Sequence[Token]) -> bool:
    """Whether each figure is larger than the one before: "3/5/8 km" is a choice among runners, as often as a ladder."""
    ends = [end for figure in figures for end in sorted({figure.low, figure.high})]
    return all(first < second for first, second in pairwise(ends))


def _are_rungs(figures: Sequence[Token]) -> bool:
    count = sum(1 + (figure.low < figure.high) for figure in figures)  # "200-400" was read as the two ends of a range
    if count < RUNGS or any(figure.high > LONGEST_RUNG[figure.sort] for figure in figures):
        return False
    bare = [figure.high for figure in figures if figure.sort == "number"]
    if len(bare) < len(figures):
        return len({figure.sort for figure in figures} - {"number"}) == 1
    metres = all(figure >= SHORTEST_METRES and figure % 50 == 0 for figure in bare)
    small = count >= SMALL_RUNGS and all(figure <= LARGEST_SMALL_RUNG for figure in bare)
    return metres or small
