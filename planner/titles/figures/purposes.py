"""What the figures of a title are for: the whole session, a part of it, a repeat, a rest between, or a pace."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from planner.titles.figures.tokens import Token, is_the_whole
from planner.titles.words import ReadingWords

BREAKS = frozenset("+;|•\n,:&.")
RACES_IN_METRES = frozenset({1_500, 3_000, 5_000, 10_000, 15_000, 20_000, 21_100})
EASY_ZONE = 2
"""Of five zones of effort the highest that is easy."""
LONGEST_RANGE = 330
"""Minutes from which two ends of a range of clocks are paces."""
SHORT_MINUTES = 2
"""Minutes up to which a time in a bracket is that of a part."""
REACH = 4
"""So many tokens after "8 x" stands at most what is repeated."""


class Figure(NamedTuple):
    """Hold a time or a distance of a title.

    `factor` is how often it is repeated, `aside` says that it is a rest, `inside` that it is a part of another figure,
    `total` that the title calls it the whole; figures of one `segment` stand together.
    """

    token: Token
    factor: float
    aside: bool
    inside: bool
    total: bool
    segment: int

    @property
    def value(self) -> float:
        """Its minutes or metres, all repeats together."""
        return self.token.middle * self.factor


class Figures:
    """Tell what the figures of titles are for."""

    def __init__(self, words: ReadingWords) -> None:
        self._joining = joining = words.joining
        self._slowest = words.longest_pace_seconds_per_km
        self._every = frozenset(joining.every)
        self._at, self._goal, self._total = map(frozenset, (joining.at, joining.goal, joining.total))
        self._between, self._part_of = frozenset(joining.between), frozenset(joining.part_of)
        self._plus, self._lasting = frozenset(joining.plus), frozenset(joining.lasting)
        self._specific = frozenset(joining.specific)
        self._pace, self._pace_before = frozenset(joining.pace), frozenset(joining.pace_before)

    def of(self, tokens: Sequence[Token]) -> list[Figure]:
        """Return the times and distances of a title that say how much is done."""
        factors, asides = self._repeats(tokens)
        figures: list[Figure] = []
        segment = 0
        inside = listed = False
        breaks = BREAKS | {"-"} if self._parted_by_dashes(tokens) else BREAKS
        brackets: list[bool] = []  # of each that is open, whether it holds what is repeated, and no remark
        for number, token in enumerate(tokens):
            if token.text in {"(", "["}:
                brackets.append(number > 0 and tokens[number - 1].sort == "repeat")
            elif token.text in {")", "]"} and brackets:
                brackets.pop()
            depth = len(brackets)
            if token.text in self._plus and depth == 0:
                segment += 1
            if token.sort == "sign" and token.text in breaks and depth == 0:
                segment += 1
                inside = inside and (listed or token.text not in {"|", "•", ";", "\n", ","})
            if (
                token.text in self._part_of
                and not self._is_warm_up(tokens, number)
                and figures
                and figures[-1].factor == 1
            ):
                inside = True
                listed = listed or _is_before_a_list(tokens, number)
            if token.sort not in {"time", "distance"} or self._is_reference(tokens, number):
                continue
            held = inside or (not all(brackets) and any(not figure.inside for figure in figures))
            aside = number in asides or (factors[number] == 1 and self._is_rest(tokens, number))
            total = self._is_total(tokens, number)
            if (
                figures and tokens[number - 1].text in self._lasting
            ):  # "…, for 40 minutes", but "tempo for 8 km of them"
                total, held = (True, held) if self._is_longest(token, figures) else (total, True)
            figures.append(Figure(token, factors[number], aside, held, total, segment))
        return figures

    def follow_each_other(self, tokens: Sequence[Token], figures: Sequence[Figure]) -> bool:
        """Whether each figure of a title is done after the one before: "40 min, then 20 min, then 15 min"."""
        places = [number for number, token in enumerate(tokens) if any(token is figure.token for figure in figures)]
        between = [{token.text for token in tokens[first:last]} for first, last in pairwise(places)]
        return len(places) == len(figures) > 1 and all(texts & self._plus for texts in between)

    def _is_longest(self, token: Token, before: Sequence[Figure]) -> bool:
        return all(token.middle > figure.token.middle for figure in before if figure.token.sort == token.sort)

    def _parted_by_dashes(self, tokens: Sequence[Token]) -> bool:
        """Whether dashes stand between three parts: "2 miles WU - 6 miles tempo - 1 mile CD"."""
        parts: list[list[Token]] = [[]]
        for token in tokens:
            if token.sort == "sign" and token.text == "-":
                parts.append([])
            else:
                parts[-1].append(token)
        return len(parts) > 2 and all(any(token.sort in {"time", "distance"} for token in part) for part in parts)

    def _repeats(self, tokens: Sequence[Token]) -> tuple[list[float], set[int]]:
        """Return how often each token is repeated, and the numbers of the rests between repeats."""
        factors = [1.0] * len(tokens)
        asides: set[int] = set()
        for number, token in enumerate(tokens):
            if token.sort != "repeat":
                continue
            times = max(token.middle, 1)
            held: Sequence[int]
            if number + 1 < len(tokens) and tokens[number + 1].text in {"(", "["}:
                held = range(number + 2, _closing(tokens, number + 1))
            elif number and tokens[number - 1].text in {")", "]"} and _is_after(token):
                held = range(_opening(tokens, number - 1), number - 1)
            elif number and tokens[number - 1].sort in {"time", "distance"} and _is_after(token, tokens[number + 1 :]):
                held = [number - 1, *_before_a_stroke(tokens, number - 1)]
            else:
                held = self._after(tokens, number, asides)
            for index in held:
                factors[index] *= times
        return factors, asides

    def _after(self, tokens: Sequence[Token], number: int, asides: set[int]) -> Sequence[int]:
        """Return the figures that "8 x" repeats: the next one, and the rests up to the end of its part of the title."""
        held: list[int] = []
        for index in range(number + 1, len(tokens)):
            token = tokens[index]
            if token.sort == "sign" and token.text in BREAKS and not (token.text == "," and held):
                break
            bracket = token.text == "(" and tokens[number + 1].sort == "number"  # "3 x 12 (1:15)": the whole session
            if (token.sort == "repeat" and held) or (bracket and not held):
                break
            if token.sort not in {"time", "distance"} or self._is_reference(tokens, index):
                continue
            if not held and index <= number + REACH:
                held.append(index)
            elif held and self._is_rest(tokens, index):
                held.append(index)
                asides.add(index)
            elif held and any(token.text == "," for token in tokens[held[0] : index]):
                break
            elif held and any(token.text == "/" for token in tokens[held[-1] : index]):
                held.append(index)  # "5 x 1 min hard / 3 min easy": both are repeated
                asides.add(index)
            elif held:
                asides.add(index)
        return held

    def _is_rest(self, tokens: Sequence[Token], number: int) -> bool:
        """Whether a figure after repeats is a rest: "with 1 min jog", "rec 90s", "400 m Trabpause"."""
        if not any(token.sort == "repeat" for token in tokens[:number]):
            return False
        near = [*tokens[max(0, number - 1) : number], *tokens[number + 1 : number + 3]]
        if any(token.text in self._between for token in near):
            return True
        if tokens[number].sort == "time" and self._is_beside_a_repeat(tokens, number):
            return True
        easily = number + 1 < len(tokens) and tokens[number + 1].sort == "zone" and tokens[number + 1].high <= EASY_ZONE
        last = max(at for at, token in enumerate(tokens[:number]) if token.sort == "repeat")
        return easily and not any(token.text == "," or token.text in self._plus for token in tokens[last:number])

    def _is_beside_a_repeat(self, tokens: Sequence[Token], number: int) -> bool:
        """Whether "with" joins a time to what is repeated: "4 x 4 min hard with 3 min easy"."""
        if not number or tokens[number - 1].text not in self._part_of:
            return False
        last = max(at for at, token in enumerate(tokens[:number]) if token.sort == "repeat")
        return not any(token.sort == "sign" and token.text in BREAKS for token in tokens[last:number])

    def _is_warm_up(self, tokens: Sequence[Token], number: int) -> bool:
        """Whether "w" begins "w u" or "w/u", and is no "with"."""
        after = [token.text for token in tokens[number + 1 : number + 3]]
        return tokens[number].text == "w" and (after[:1] == ["u"] or after == ["/", "u"])

    def _is_reference(self, tokens: Sequence[Token], number: int) -> bool:
        """Whether a figure says how fast, not how far: "@ 5k", "10k pace", "in 5:55"."""
        token = tokens[number]
        before = tokens[number - 1].text if number else ""
        after = tokens[number + 1].text if number + 1 < len(tokens) else ""
        if token.sort == "time" and (before in self._goal or self._is_a_pace(tokens, token)):
            return True
        if before in self._every:
            return True
        if before in self._at:
            return token.sort == "distance" or ":" in token.text
        if number and tokens[number - 1].sort == "percent":
            return token.sort == "distance"  # "at 90% 5k"
        race = token.sort == "distance" and round(token.high) in RACES_IN_METRES
        if race and {before, after} & self._specific:
            return True  # what a session is specific for is the race
        named = after in self._pace or before in self._pace_before or (before in {"(", "["} and after in {")", "]"})
        apart = (*tokens[:number], *tokens[number + 1 :])
        others = any(token.sort in {"distance", "repeat", "time", "offset"} for token in apart)
        return race and named and others and not self._is_total(tokens, number)

    def _is_a_pace(self, tokens: Sequence[Token], clock: Token) -> bool:
        """Whether h:mm beside a distance would be slower than anybody runs, and so is m:ss: "10 km a 5:30"."""
        if not re.fullmatch(r"\d:\d\d(?:-\d:\d\d)?", clock.text):
            return False
        if "-" in clock.text and clock.low > LONGEST_RANGE:
            return True  # "(8:45-9:15)": nobody runs nine hours, give or take half of one
        metres = max((token.high for token in tokens if token.sort == "distance"), default=0)
        return 0 < metres / 1000 * self._slowest < clock.low * 60

    def _is_total(self, tokens: Sequence[Token], number: int) -> bool:
        """Whether a figure is said to be the whole: "(9 mi)" at the end, "| 10 km", "total 8 km"."""
        before = [token.text for token in tokens[max(0, number - 2) : number]]
        after = [token.text for token in tokens[number + 1 : number + 3]]
        if any(word in self._total for word in (*before, *after[:1])) or is_the_whole(tokens, number, self._joining):
            return True
        if after[:1] == [":"] and not any(token.sort in {"time", "distance", "repeat"} for token in tokens[:number]):
            return any(
                token.sort in {"time", "distance"} for token in tokens[number + 1 :]
            )  # "8 miles: 2 easy, 3 x 1 km"
        if before[-1:] == ["("] and after[:1] == [")"] and number + 2 == len(tokens):
            if tokens[number].sort == "time" and tokens[number].high <= SHORT_MINUTES:
                return False  # "25 min, 4 strides (20 s)"
            paced = any(token.sort == "repeat" for token in tokens[:number])
            return not (paced and round(tokens[number].high) in RACES_IN_METRES)
        # "Tempo 1ks | 10 km", "5k Easy Run • 5km": what a feed writes last.
        return (
            before[-1:] in (["|"], ["•"])
            and not after
            and any(token.sort in {"repeat", "distance"} for token in tokens[:number])
        )


def _is_before_a_list(tokens: Sequence[Token], number: int) -> bool:
    """Whether all that comes after is what the whole is made of: "9 miles, consisting of: 2 miles easy, 3 miles …"."""
    after = [token.text for token in tokens[number + 1 : number + 3]]
    return ":" in after or after[:1] == ["of"]


def _is_after(token: Token, following: Sequence[Token] = ()) -> bool:
    """Whether "x 5" or "5x" repeats what stands before it, and not the figure after it: "6 miles, 12 x 100 m"."""
    own = bool(following) and following[0].sort in {"time", "distance", "number"}
    return not token.text[:1].isdigit() or (token.text.endswith("x") and not own)


def _before_a_stroke(tokens: Sequence[Token], number: int) -> list[int]:
    """Return the figure that a stroke joins to another: "run 3 min / walk 2 min x 7" repeats both."""
    strokes = [index for index in range(max(0, number - REACH), number) if tokens[index].text == "/"]
    figures = [index for index in range(number) if tokens[index].sort in {"time", "distance"}]
    return [figure for figure in figures if strokes and strokes[-1] - REACH < figure < strokes[-1]][-1:]


def _closing(tokens: Sequence[Token], opening: int) -> int:
    depth = 0
    for number in range(opening, len(tokens)):
        depth += (tokens[number].text in {"(", "["}) - (tokens[number].text in {")", "]"})
        if depth == 0:
            return number
    return len(tokens)


def _opening(tokens: Sequence[Token], closing: int) -> int:
    depth = 0
    for number in range(closing, -1, -1):
        depth += (tokens[number].text in {")", "]"}) - (tokens[number].text in {"(", "["})
        if depth == 0:
            return number
    return 0


def has_a_faster_part(tokens: Sequence[Token], part_of: Collection[str]) -> bool:
    """Whether a part of a run has a pace of its own: "12 km easy, 5 km of it @ 4:35/km"."""
    parts = [number for number, token in enumerate(tokens) if token.text in part_of]
    sorts = {token.sort for token in tokens[parts[0] + 1 :]} if parts else set()
    return "pace" in sorts and not sorts.isdisjoint({"time", "distance"})


def is_only_a_distance(tokens: Sequence[Token]) -> bool:
    """Whether nothing but one distance stands in a title."""
    return [token.sort for token in tokens if token.sort != "sign"] == ["distance"]
