"""How long a session is, from the figures of its title and text: the first place that says it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planner.reading.amounts import Scanner, Token
from planner.reading.folding import folded_title
from planner.reading.session import Length, MinutesFrom
from planner.reading.words import ReadingWords

BREAKS = frozenset("+;|•\n,:&.")
RACES_IN_METRES = frozenset({1_500, 3_000, 5_000, 10_000, 15_000, 20_000, 21_100})
BARE_MINUTES_FROM = 20
"""A number without a unit is minutes from here on; below, miles or kilometres, and only the person knows which."""
TOTAL_FROM_MINUTES = 30
"""So long a time beside repeats is that of the whole session, not of its warm-up."""


class Figure(NamedTuple):
    """Hold an amount of a title, and what stands around it: is it repeated or a rest, said to be the total, inside?"""

    token: Token
    repeats: float
    aside: bool
    total: bool
    inside: bool
    segment: int

    @property
    def value(self) -> float:
        """Its minutes or metres, all repeats together."""
        return self.token.middle * self.repeats


class Lengths:
    """Tell how long sessions are."""

    def __init__(self, words: ReadingWords, scanner: Scanner) -> None:
        self.words = words
        self.scanner = scanner
        joining = words.joining
        self._between, self._around = frozenset(joining.between), frozenset(joining.around)
        self._at, self._part_of, self._total = map(frozenset, (joining.at, joining.part_of, joining.total))
        self._goal = frozenset(joining.goal)
        names = "|".join(re.escape(one) for one in sorted(words.fields.duration, key=len, reverse=True))
        self._duration = re.compile(rf"^\W*(?:{names})\s*:\s*(.+)$", re.MULTILINE)
        names = "|".join(re.escape(one) for one in sorted(words.fields.distance, key=len, reverse=True))
        self._distance = re.compile(rf"^\W*(?:{names})\s*:\s*(.+)$", re.MULTILINE)

    def of(
        self,
        title: Sequence[Token],
        text: str,
        *,
        seconds: int | None = None,
        event_minutes: float | None = None,
        units: str | None = None,
        running: bool = True,
        long: bool = False,
    ) -> Length:
        """Return how long a session is, from the first of: the feed, the event, a field, the title, the text.

        `seconds` is what a feed estimates, `event_minutes` the event's own length; `units` is what a bare number
        counts ("miles" or "km"), if the person says so.
        """
        if seconds:
            return Length(minutes=seconds / 60, origin="feed")
        if event_minutes is not None and self._believable(event_minutes):
            return Length(minutes=event_minutes, origin="event")
        folded = folded_title(text)
        if (told := self._field(self._duration, folded, "time")) is not None:
            return Length(minutes=told.middle, origin="text", doubtful=told.doubtful)
        own = self._whole(title, "time", "title")
        if own.minutes is not None and not (own.doubtful and long):
            return own
        first = next((line for line in folded.splitlines() if line.strip()), "")
        if "•" in first and (ranged := self._whole(self.scanner.tokens(first), "time", "text")).minutes is not None:
            return ranged
        if (far := self._whole(title, "distance", "distance")).metres is not None:
            return far
        if (bare := self._bare(title, units, running=running)) is not None:
            return bare
        return self._of_text(folded)

    def _believable(self, minutes: float) -> bool:
        return self.words.shortest_event_minutes <= minutes <= self.words.longest_event_minutes

    def _field(self, pattern: re.Pattern[str], folded: str, sort: str) -> Token | None:
        for found in pattern.finditer(folded):
            for token in self.scanner.tokens(found.group(1)):
                if token.sort == sort and token.high:
                    return token
        return None

    def _of_text(self, folded: str) -> Length:
        """Return what the text says: a field for the distance, or a line that gives one time or one distance."""
        if (told := self._field(self._distance, folded, "distance")) is not None:
            return Length(metres=told.middle, origin="distance")
        lines = [line for line in folded.splitlines() if line.strip()][:2]
        scanned = [self.scanner.tokens(line) for line in lines]
        if any(token.sort == "repeat" for tokens in scanned for token in tokens):
            return Length()
        for sort, origin in (("time", "text"), ("distance", "distance")):
            for tokens in scanned:
                found = self._whole(tokens, sort, origin)  # type: ignore[arg-type]
                if found.minutes is not None or found.metres is not None:
                    return found
        return Length()

    def _bare(self, title: Sequence[Token], units: str | None, *, running: bool) -> Length | None:
        """Return what a number without a unit means: "30 tempo" is minutes, "Long Run - 10" what the person counts in."""
        figures = [token for token in title if token.sort == "number" and 1 <= token.low]
        if len(figures) != 1 or any(token.sort == "repeat" for token in title):
            return None
        number = title.index(figures[0])
        before = title[number - 1].text if number else ""
        if before in {*self.words.weeks.week, *self.words.weeks.day, "#"}:
            return None
        low = figures[0].low
        if units is not None and low <= 60:
            metres = figures[0].middle * (1609.344 if units == "miles" else 1000)
            return Length(metres=metres, origin="distance")
        if low >= BARE_MINUTES_FROM and low <= 300 and figures[0].text.isdigit():
            return Length(minutes=figures[0].middle, origin="title", doubtful=running and low < 30)
        return None

    # ------------------------------------------------------------ the whole of a title's figures

    def _whole(self, tokens: Sequence[Token], sort: str, origin: MinutesFrom) -> Length:
        """Return the whole time or distance that some tokens give, or nothing."""
        figures = [one for one in self._figures(tokens) if one.token.sort == sort]
        whole = self._whole_of(figures, tokens)
        if whole is None:
            return Length()
        value, doubtful = whole
        return Length(
            *((value, None) if sort == "time" else (None, value)),
            origin=origin,
            doubtful=doubtful,
        )

    def _whole_of(self, figures: list[Figure], tokens: Sequence[Token]) -> tuple[float, bool] | None:
        totals = [one for one in figures if one.total]
        plain = [one for one in figures if one.repeats == 1 and not one.aside]
        simple = [one for one in plain if not one.inside] or plain
        repeated = [one for one in figures if one.repeats > 1 and not one.aside]
        structured = any(token.sort == "repeat" for token in tokens)
        if totals:
            return totals[0].value, totals[0].token.doubtful
        if not plain:
            return None
        doubtful = any(one.token.doubtful for one in plain)
        if simple and (not structured or simple[0].token.sort == "time"):
            longest = max(simple, key=lambda one: one.value)
            enough = TOTAL_FROM_MINUTES if longest.token.sort == "time" else None
            if structured and enough is not None and longest.value >= enough:
                return longest.value, doubtful
        if len({one.segment for one in simple}) == 1 and not structured:
            return simple[0].value, doubtful
        if not simple:
            return None
        if any(one.inside for one in figures) and not structured:
            return simple[0].value, doubtful
        parts = [*simple, *repeated]
        if structured and not repeated and len(simple) < 2:
            return (simple[0].value, doubtful) if simple[0].value >= self._enough(simple[0]) else None
        if structured and len(simple) == 1 and simple[0].value >= self._enough(simple[0]):
            return simple[0].value, doubtful
        if self._holds_the_rest(parts):
            return max(one.value for one in parts), doubtful
        between = [one.value for one in figures if one.aside and one.repeats > 1]
        return sum(one.value for one in parts) + sum(between), doubtful

    def _enough(self, figure: Figure) -> float:
        return TOTAL_FROM_MINUTES if figure.token.sort == "time" else 5_000

    def _holds_the_rest(self, parts: list[Figure]) -> bool:
        """Whether the first figure is the sum of the others: "13 miles: 2 mile warm up, 8 miles at MP, 3 miles"."""
        values = [one.value for one in parts]
        return len(values) > 2 and abs(values[0] - sum(values[1:])) <= 0.3 * values[0]

    def _figures(self, tokens: Sequence[Token]) -> Iterable[Figure]:
        """Yield the times and distances of a title with what they are for."""
        segment, repeats, inside, depth = 0, 1.0, False, 0
        started_inside = False
        last_repeat_depth = 0
        for number, token in enumerate(tokens):
            if token.text == "(":
                depth += 1
            elif token.text == ")":
                depth -= 1
                if repeats > 1 and depth <= last_repeat_depth:
                    pass
            if token.sort == "sign" and token.text in BREAKS and depth == 0:
                segment += 1
                repeats = 1.0
                if token.text in "|•;\n":
                    inside = False
            if token.text in self._part_of and not self._is_warm(tokens, number):
                inside = True
            if token.sort == "repeat":
                repeats, last_repeat_depth = repeats * token.middle, depth
                started_inside = False
            if token.sort not in {"time", "distance"}:
                continue
            repeated = repeats > 1 or any(one.sort == "repeat" for one in tokens[max(0, number - 1) : number])
            aside = self._is_aside(tokens, number, repeated=repeated or started_inside)
            if repeated and started_inside and not aside and depth <= last_repeat_depth:
                aside = True
            if self._is_reference(tokens, number):
                continue
            yield Figure(
                token,
                repeats if repeated else 1.0,
                aside,
                self._is_total(tokens, number),
                inside,
                segment,
            )
            if repeated:
                started_inside = True

    def _is_warm(self, tokens: Sequence[Token], number: int) -> bool:
        return tokens[number].text == "w" and number + 1 < len(tokens) and tokens[number + 1].text == "u"

    def _is_aside(self, tokens: Sequence[Token], number: int, *, repeated: bool) -> bool:
        """Whether a figure is a rest between repeats."""
        if not repeated and not any(token.sort == "repeat" for token in tokens[:number]):
            return False
        near = [*tokens[max(0, number - 1) : number], *tokens[number + 1 : number + 3]]
        return any(token.text in self._between for token in near)

    def _is_reference(self, tokens: Sequence[Token], number: int) -> bool:
        """Whether a figure says how fast, not how far: "@ 5k", "at 15K to half marathon pace", "10k pace", "in 5:55"."""
        token = tokens[number]
        before = tokens[number - 1].text if number else ""
        after = tokens[number + 1].text if number + 1 < len(tokens) else ""
        if before in self._goal and token.sort == "time":
            return True
        if before in self._at:
            return token.sort == "distance" or ":" in token.text
        race = token.sort == "distance" and round(token.high) in RACES_IN_METRES
        named = after in {"pace", "effort", "speed", "tempo", "race"} or before in {"allure", "ritmo", "vitesse"}
        others = any(one.sort in {"distance", "repeat", "time"} for one in (*tokens[:number], *tokens[number + 1 :]))
        return race and named and others

    def _is_total(self, tokens: Sequence[Token], number: int) -> bool:
        """Whether a figure is said to be the whole: "(9 mi)" at the end, "| 10 km", "total 8 km", "8 km in all"."""
        before = [one.text for one in tokens[max(0, number - 2) : number]]
        after = [one.text for one in tokens[number + 1 : number + 3]]
        if any(one in self._total for one in (*before, *after[:1])):
            return True
        if before[-1:] == ["("] and after[:1] == [")"] and number + 2 == len(tokens):
            return True
        return before[-1:] == ["|"] and not after and any(one.sort in {"repeat", "distance"} for one in tokens[:number])
