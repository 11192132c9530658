"""How long a session is, from the figures of its title and text: the first place that says it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from planner.titles.figures.purposes import Figure, Figures
from planner.titles.figures.repeats import strides_of_repeats
from planner.titles.figures.scanner import Scanner
from planner.titles.figures.tokens import Token
from planner.titles.session import MinutesFrom, SessionLength
from planner.titles.words import ReadingWords, folded_title, pieces_of

BARE_MINUTES_FROM = 20
"""A number without a unit is minutes from here on; below, miles or kilometres, and only the person knows which."""
LINES = 8
"""So many lines of a text are looked at for the whole."""
TOTAL_FROM = {"time": 30, "distance": 5_000}
"""So many minutes, or metres, beside repeats are the whole session and not its warm-up."""


class SessionLengths:
    """Tell how long sessions are."""

    def __init__(self, words: ReadingWords, scanner: Scanner) -> None:
        self.words = words
        self.scanner = scanner
        self.figures = Figures(words)
        self._total = frozenset(words.joining.total)
        around = [phrase for word_list in words.words if "around" in word_list.means for phrase in word_list.phrases]
        self._warming = frozenset(pieces_of(phrase)[0] for phrase in around if "<" not in phrase)
        names = "|".join(re.escape(unit) for unit in sorted(words.fields.duration, key=len, reverse=True))
        self._duration = re.compile(rf"^[^\w\n]*(?:{names})\s*:\s*(.+)$", re.MULTILINE)
        names = "|".join(re.escape(unit) for unit in sorted(words.fields.distance, key=len, reverse=True))
        self._distance = re.compile(rf"^[^\w\n]*(?:{names})\s*:\s*(.+)$", re.MULTILINE)

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
        in_turn: bool = False,
    ) -> SessionLength:
        """Return how long a session is, from the first of: the feed, the event, a field, the title, the text.

        Args:
            title: the figures, words and signs of the title.
            text: the text of the event.
            seconds: what a feed estimates.
            event_minutes: the event's own length, None where it lasts all day.
            units: what a bare number counts ("miles" or "km"), if the person says so.
            running: whether it is a run.
            long: whether it is a long one.
            in_turn: whether it is running and walking, which is nothing but repeats.

        """
        if seconds:
            return SessionLength(minutes=seconds / 60, origin="feed")
        if event_minutes is not None and self._believable(event_minutes):
            return SessionLength(minutes=event_minutes, origin="event")
        folded = folded_title(text)
        if (token := self._field(self._duration, folded, "time")) is not None:
            return SessionLength(minutes=token.middle, origin="text", doubtful=token.doubtful)
        own = self._whole(title, "time", "title")
        if in_turn and (turns := self._in_turn(title)).minutes is not None and not self._says_more(own, turns):
            own = turns
        far = self._whole(title, "distance", "distance")
        whole = running and (self._too_short(own, far) or self._is_a_part(title) or self._is_summed_up(title))
        if own.minutes is not None and not (own.doubtful and long) and not (whole and far.metres is not None):
            return own
        first = next((line for line in folded.splitlines() if line.strip()), "")
        ranged = self._whole(self.scanner.tokens(first if "•" in first else ""), "time", "text")
        if ranged.minutes is not None and not self._too_short(ranged, far):  # "22 km", and "13:30h" what it may be till
            return ranged
        if far.metres is not None:
            return far
        if (bare := self._bare(title, units, running=running)) is not None:
            return bare
        return self._of_text(folded)

    def day_of_a_race(self, title: Sequence[Token]) -> float | None:
        """Return the whole of a race's day, its warm-up with it, where it stands last: "8K-10K tune-up race 10 mi"."""
        figures = self.figures.of(title)
        if len(figures) != 2 or any(figure.token.sort != "distance" or figure.factor > 1 for figure in figures):
            return None
        first, last = figures
        return last.value if last.token is title[-1] and last.value > first.value else None

    def distance(self, title: Sequence[Token]) -> float | None:
        """Return the whole distance that a title gives, in metres."""
        return self._whole(title, "distance", "distance").metres

    def _is_a_part(self, title: Sequence[Token]) -> bool:
        """Whether all times of a title are of parts of its distance: "7-9 mi easy with 40 min of (1 min …)"."""
        figures = [figure for figure in self.figures.of(title) if not figure.aside]
        first = figures[0] if figures else None
        apart = first is not None and first.token.sort == "distance" and not first.inside and first.factor == 1
        joined = [
            before.text in self.words.joining.part_of for before, token in pairwise(title) if token.sort == "time"
        ]
        inside = all(figure.inside for figure in figures if figure.token.sort == "time")
        return apart and inside and joined[:1] == [True]

    def _is_summed_up(self, title: Sequence[Token]) -> bool:
        """Whether a distance at the end is the whole of parts in minutes: "20 min + 15 min tempo (~5 mi)"."""
        figures = self.figures.of(title)
        times = [figure for figure in figures if figure.token.sort == "time" and not figure.total]
        return len(times) > 1 and bool(figures) and figures[-1].total and figures[-1].token.sort == "distance"

    def _too_short(self, time: SessionLength, distance: SessionLength) -> bool:
        """Whether nobody runs a distance in a time: then it is that of a part, "10 miles, with 20 min at threshold"."""
        if time.minutes is None or distance.metres is None:
            return False
        return time.minutes * 60 < self.words.shortest_pace_seconds_per_km * distance.metres / 1000

    def _believable(self, minutes: float) -> bool:
        return self.words.shortest_event_minutes <= minutes <= self.words.longest_event_minutes

    def _field(self, pattern: re.Pattern[str], folded: str, sort: str) -> Token | None:
        for match in pattern.finditer(folded):
            for token in self.scanner.tokens(match.group(1)):
                if token.sort == sort and token.high:
                    return token
        return None

    def _of_text(self, folded: str) -> SessionLength:
        """Return what the text says: a field for the distance, or a line that gives one time or one distance."""
        if (distance := self._field(self._distance, folded, "distance")) is not None:
            return SessionLength(metres=distance.middle, origin="distance")
        lines = [line for line in folded.splitlines() if line.strip()][:LINES]
        scanned = [self.scanner.tokens(line) for line in lines]
        for tokens in scanned:
            if any(token.text in self._total for token in tokens) and (length := self._of_lines([tokens])) is not None:
                return length
        return self._of_lines(self._that_give_the_whole(scanned)) or SessionLength()

    def _of_lines(self, lines: Sequence[Sequence[Token]]) -> SessionLength | None:
        """Return the first time that a line gives, else the first distance; None where there is neither."""
        for sort, origin in (("time", "text"), ("distance", "distance")):
            for tokens in lines:
                length = self._whole(tokens, sort, origin)  # type: ignore[arg-type]
                if length.minutes is not None or length.metres is not None:
                    return length
        return None

    def _that_give_the_whole(self, lines: Sequence[Sequence[Token]]) -> Sequence[Sequence[Token]]:
        """Return the lines that may say how long it all is; none where there are repeats, which are parts of it."""
        first = lines[:2]
        shorts = [short for tokens in first for short in strides_of_repeats(tokens, [], self.words)]
        if not all(shorts):
            return [tokens for tokens in first if self._begins_with_the_whole(tokens)]
        if any(token.text in self._warming for tokens in lines[:1] for token in tokens):
            return [_in_lines(lines)]  # "15 min warm-up", and below it what comes after
        return first

    def _begins_with_the_whole(self, tokens: Sequence[Token]) -> bool:
        """Whether a line says how long all of it is, and then what: "30 min: 5 min easy, 6 x 30 s"."""
        repeated = any(token.sort == "repeat" for token in tokens)
        return repeated and any(figure.total for figure in self.figures.of(tokens))

    def _bare(self, title: Sequence[Token], units: str | None, *, running: bool) -> SessionLength | None:
        """Return what a number without a unit means: "30 tempo" is minutes, "Long - 10" the person's unit."""
        figures = [token for token in title if token.sort == "number" and token.low >= 1]
        if len(figures) != 1 or any(token.sort == "repeat" for token in title):
            return None
        number = title.index(figures[0])
        before = title[number - 1].text if number else ""
        if before in {*self.words.weeks.week, *self.words.weeks.day, "#"}:
            return None
        low = figures[0].low
        if units is not None and low <= 60:
            metres = figures[0].middle * (1609.344 if units == "miles" else 1000)
            return SessionLength(metres=metres, origin="distance")
        if low >= BARE_MINUTES_FROM and low <= 300 and re.fullmatch(r"\d+(?:-\d+)?", figures[0].text):
            return SessionLength(minutes=figures[0].middle, origin="title", doubtful=running and low < 30)
        return None

    # ------------------------------------------------------------ the whole of a title's figures

    def _around(self, figures: Sequence[Figure]) -> SessionLength | None:
        """Return the whole of "1 mile warm-up; 20 min tempo, 1 mile cool-down": a time between two distances."""
        apart = [figure for figure in figures if not figure.inside and not figure.aside]
        sorts = [figure.token.sort for figure in apart]
        turned = sorts == ["time", "distance", "time"]
        one_segment_each = len({figure.segment for figure in apart}) == len(apart)
        if not one_segment_each or not (turned or sorts == ["distance", "time", "distance"]):
            return None
        around, between = apart[0].value + apart[2].value, apart[1].value
        if turned:
            around, between = between, around
        return SessionLength(between, around, origin="distance")

    def _in_turn(self, tokens: Sequence[Token]) -> SessionLength:
        """Return the minutes of running and walking that are repeated together: "5 x (4 min run + 1 min walk)"."""
        figures = [figure for figure in self.figures.of(tokens) if figure.token.sort == "time"]
        repeats = [(number, token) for number, token in enumerate(tokens) if token.sort == "repeat"]
        timed = [number for number, token in enumerate(tokens) if token.sort == "time"]
        if len(figures) == len(timed) == 2 and len(repeats) == 1 and repeats[0][0] > timed[-1]:
            times = repeats[0][1].middle  # "run 4 min / walk 1 min (5x)": both are repeated
            return SessionLength(minutes=times * sum(figure.token.middle for figure in figures), origin="title")
        if len(figures) >= 2 and not repeats:  # "run 15 min, walk 1 min, run 15 min"
            first, others = figures[0].token.middle, sum(figure.token.middle for figure in figures[1:])
            return SessionLength(minutes=first + others if first <= others else first, origin="title")
        if len(figures) < 2 or len({figure.factor for figure in figures}) > 1 or figures[0].factor == 1:
            return SessionLength()
        return SessionLength(minutes=sum(figure.value for figure in figures), origin="title")

    def _says_more(self, whole: SessionLength, turns: SessionLength) -> bool:
        """Whether a title gives the whole besides what is done in turn: "40 min: run 4 / walk 1 x 6"."""
        return whole.minutes is not None and turns.minutes is not None and whole.minutes >= turns.minutes

    def _heads_a_list(self, tokens: Sequence[Token], figures: Sequence[Figure]) -> bool:
        """Whether the first figure is the whole of what comes after a dash: "10 miles - 2 easy, 6 x 1 km, 2 easy"."""
        first, *others = figures
        place = next(number for number, token in enumerate(tokens) if token is first.token)
        parted = [token.text for token in tokens[place + 1 : place + 2]] in ([";"], ["-"])
        parts = sum(figure.value for figure in others if figure.token.sort == first.token.sort and not figure.aside)
        return parted and len(others) > 1 and 0 < parts <= first.value

    def _whole(self, tokens: Sequence[Token], sort: str, origin: MinutesFrom) -> SessionLength:
        """Return the whole time or distance that some tokens give, or nothing."""
        figures = self.figures.of(tokens)
        own = [figure for figure in figures if figure.token.sort == sort]
        totals = [figure for figure in own if figure.total]
        if totals:
            return _length(sort, totals[0].value, origin, totals[:1])
        plain = [figure for figure in own if figure.factor == 1 and not figure.aside]
        simple = [figure for figure in plain if not figure.inside] or plain
        if not simple:
            return SessionLength()
        repeated = [figure for figure in figures if figure.factor > 1 and not figure.aside]
        if not any(token.sort == "repeat" for token in tokens):
            if (mixed := self._around(figures)) is not None:
                return mixed
            in_turn = self.figures.follow_each_other(tokens, simple)
            whole = sum(figure.value for figure in simple) if in_turn else _sum_of(simple)
            return _length(sort, whole, origin, simple)
        if len(simple) == 1 and (simple[0].value >= TOTAL_FROM[sort] or all(figure.inside for figure in repeated)):
            return _length(sort, simple[0].value, origin, simple)
        if not repeated:
            return SessionLength()
        head = figures[0] if figures[0] in simple and self._heads_a_list(tokens, figures) else None
        if head is not None:
            return _length(sort, head.value, origin, [head])
        # A warm-up, repeats and a cool-down: the whole is all of it, the rests between included.
        parts = [figure for figure in figures if figure in simple or figure.factor > 1]
        if sort == "distance" and any(figure.token.sort == "time" and figure.factor == 1 for figure in figures):
            return SessionLength()
        minutes = sum(figure.value for figure in parts if figure.token.sort == "time")
        metres = sum(figure.value for figure in parts if figure.token.sort == "distance")
        doubtful = any(figure.token.doubtful for figure in parts)
        return SessionLength(minutes or None, metres or None, "distance" if metres else origin, doubtful)


def _in_lines(lines: Iterable[Sequence[Token]]) -> list[Token]:
    """Return the tokens of several lines, with the breaks between them."""
    return [token for line in lines for token in (*line, Token("sign", "\n"))]


def _length(sort: str, value: float, origin: MinutesFrom, figures: Sequence[Figure]) -> SessionLength:
    doubtful = any(figure.token.doubtful for figure in figures)
    return (
        SessionLength(value, None, origin, doubtful) if sort == "time" else SessionLength(None, value, origin, doubtful)
    )


def _sum_of(simple: Sequence[Figure]) -> float:
    """Return the whole of several figures: the first where it is the sum of the others, else all that stand apart."""
    first = simple[0].value
    if len(simple) > 2 and abs(first - sum(figure.value for figure in simple[1:])) < 0.3 * first:
        return first
    by_segment = {figure.segment: figure.value for figure in reversed(simple)}
    return sum(by_segment.values())
