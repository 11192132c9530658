"""What a title asks for: whether it is hard, by which words or figures, with strides, over hills."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from planner.titles.figures.paces import clock_before, fastest_pace, is_ladder, splits
from planner.titles.figures.purposes import has_a_faster_part
from planner.titles.figures.repeats import strides_of_repeats
from planner.titles.figures.tokens import Token
from planner.titles.lexicon import Match, TitleWords
from planner.titles.words import STRENGTH, ReadingWords

PART_ENDS = frozenset(",;/|(.•\n")
BESIDE = 2
"""So many tokens from the word for a warm-up stand at most its figures: "2 mile WU", "CD 10 min"."""
MOST_PERCENT = 130
MOST_REST_MINUTES = 3
"""A longer part that is run slowly is a cool-down, and no rest between repeats."""
RUN_FROM_MINUTES, RUN_FROM_METRES = 15, 2_500
"""A run beside strength from here on is one of its own, and no warm-up."""
APART_FROM_A_RUN = frozenset({"around", "bike", "swim", "walk", *STRENGTH})
LETTERED_PARTS = 3
ABBREVIATED = 3
"""Letters of the longest short name of a pace: "gmp"."""
HARD_LEVEL = 2
HIGHEST_LEVEL = 3
"""Of the levels by which German coaches name their runs."""


class Efforts:
    """Tell what the words and figures of titles ask for."""

    def __init__(self, words: ReadingWords) -> None:
        self.words = words

    def hard(self, words: TitleWords) -> Match | None:
        """Return what says that a session is hard: a word for it, repeats that are no strides, a high zone."""
        hard = [match for match in words.of("hard") if not self._only_for_strides(match, words)]
        paces = [match for match in words.of("pace") if not self._beside_easy(match, words)]
        hard += [match for match in paces if not self._is_a_slow_one(match, words)]
        if hard:
            return next((match for match in hard if not match.doubtful), hard[0])
        if self.is_structured(words):
            return Match(0, 0, ("hard",), "repeats", doubtful=False)
        if self._only_sprints(words):
            return Match(0, 0, ("hard",), "short repeats", doubtful=True)
        if (work := self._work_between(words) or self._before_a_short_rest(words)) is not None:
            return work
        if self.has_faster_part(words):
            return Match(0, 0, ("hard",), "a part at a pace of its own", doubtful=True)
        if (level := self._between_levels(words)) is not None:
            return level
        if (figured := self._by_pace_or_ladder(words)) is not None:
            return figured
        if (beating := self._by_pulse(words)) is not None:
            return beating
        limits = {"zone": self.words.hard_from_zone, "effort": self.words.hard_from_rpe}
        limits["percent"] = self.words.hard_from_percent
        for token in words.tokens:
            if token.sort not in limits or token.high < limits[token.sort]:
                continue
            # 140 % is a figure of something else, and a long run at 85 % is a long run.
            if token.sort != "percent" or (token.high <= MOST_PERCENT and not words.says("long")):
                contradicted = token.sort == "percent" and words.says("easy")
                return Match(0, 0, ("hard",), token.text, doubtful=contradicted)
        return None

    def has_faster_part(self, words: TitleWords) -> bool:
        """Whether a part of a run has a pace of its own: "12 km easy, 5 km of it @ 4:35/km"."""
        return has_a_faster_part(words.tokens, self.words.joining.part_of)

    def _by_pulse(self, words: TitleWords) -> Match | None:
        """Return a heart rate that few keep easily: "@ 165 bpm"; an easy run may have one that is a little lower."""
        eased = words.says("easy", "long", "strides", "walk", "run_walk")
        limit = self.words.hard_though_easy_from_pulse if eased else self.words.hard_from_pulse
        high = next((token for token in words.tokens if token.sort == "pulse" and token.high >= limit), None)
        return None if high is None else Match(0, 0, ("hard",), high.text, doubtful=True)

    def _by_pace_or_ladder(self, words: TitleWords) -> Match | None:
        """Return a pace that few run easily, or short figures in a row."""
        if words.says("bike", "swim", "run_walk"):
            return None
        if self.is_ladder(words):
            return Match(0, 0, ("hard",), "a ladder", doubtful=True)
        if any(self._is_quick(pace) for pace in splits(words.tokens)):
            return Match(0, 0, ("hard",), "its splits", doubtful=True)
        if _by_letters(words.tokens):
            return Match(0, 0, ("hard",), "letters of paces", doubtful=True)
        eased = words.of("easy", "long", "strides", "walk")
        for part in self._parts(words.tokens):  # "12 km easy, 3 km @ 4:20/km": what one part is says nothing of another
            own = any(match.first in part for match in eased)
            if not own and self._is_fast(words.tokens, part):
                return Match(0, 0, ("hard",), "its pace", doubtful=True)
        return None

    def has_hard_part(self, words: TitleWords, *, doubtful: bool = False) -> bool:
        """Whether a part is said to be hard and how long it is: "3 miles easy, 2 miles at tempo", "last 10 min fast".

        With `doubtful` on, or that it may be hard.
        """
        hard = [match for match in words.of("hard", "pace") if doubtful or not match.doubtful]
        eased = words.of("easy", "strides", "walk", "around")
        for part in self._parts(words.tokens):
            counted = any(self._is_longer_than_strides(words.tokens[place]) for place in part)
            if not counted or any(match.first in part for match in eased):
                continue
            if any(match.first in part for match in hard) or self._is_fast(words.tokens, part):
                return True
        return False

    def has_a_run(self, words: TitleWords) -> bool:
        """Whether a part is a run with its length, too long for a warm-up: "30 min easy run, then squats"."""
        own = [match for match in words.of("run") if "outing" not in match.means]
        apart = [match for match in words.matches if set(match.means) & APART_FROM_A_RUN]
        for part in self._parts(words.tokens) if own else ():
            figures = [words.tokens[place] for place in part]
            far = any(token.sort == "distance" and token.low >= RUN_FROM_METRES for token in figures)
            long = any(token.sort == "time" and token.low >= RUN_FROM_MINUTES for token in figures)
            beside = any(token.text in self.words.remarks.leading for token in figures)  # "before your 5 km run"
            if (far or long) and not beside and any(match.first in part for match in own):
                return not any(match.first in part for match in apart)
        return False

    def _is_longer_than_strides(self, token: Token) -> bool:
        minutes, metres = self.words.strides_up_to_seconds / 60, self.words.strides_up_to_metres
        return (token.sort == "time" and token.high > minutes) or (token.sort == "distance" and token.high > metres)

    def _parts(self, tokens: Sequence[Token]) -> list[range]:
        """Return the places of each part of a title."""
        ends = {*self.words.joining.plus, *self.words.joining.part_of, *PART_ENDS}
        places = [-1, *(n for n, token in enumerate(tokens) if token.text in ends), len(tokens)]
        return [range(first + 1, end) for first, end in pairwise(places)]

    def _is_fast(self, tokens: Sequence[Token], part: range) -> bool:
        """Whether a part has a pace that few run easily, or that of a race: "3 km @ 10k"."""
        joining = self.words.joining
        pace = fastest_pace(
            tokens[part.start : part.stop], {*joining.at, *joining.range}, self.words.longest_pace_seconds_per_km
        )
        if pace is not None and self._is_quick(pace):
            return True
        paced = [n for n in part[1:] if tokens[n - 1].text == "@" and tokens[n].sort == "distance"]
        return any(token.sort in {"time", "distance", "number"} for number in paced for token in tokens[: number - 1])

    def _is_quick(self, pace: float) -> bool:
        return self.words.shortest_pace_seconds_per_km <= pace < self.words.hard_below_seconds_per_km

    def is_ladder(self, words: TitleWords) -> bool:
        """Whether short figures stand in a row: "3k/2k/1k", "5-4-3-2-1"; easy runs of "3/5/8 km" are a choice."""
        return is_ladder(words.tokens, climbing=not words.says("easy", "long", "strides"))

    def is_set_out(self, words: TitleWords) -> bool:
        """Whether figures set out what is run in parts: repeats, a ladder, short rests."""
        set_out = self.is_structured(words) or self.is_ladder(words) or _by_letters(words.tokens)
        return set_out or self.rests_briefly(words)

    def sets_work(self, words: TitleWords) -> bool:
        """Whether the figures alone ask for hard work, whatever the words are: repeats, a ladder, a high zone."""
        limits = {"zone": self.words.hard_from_zone, "effort": self.words.hard_from_rpe}
        zoned = any(token.high >= limits[token.sort] for token in words.tokens if token.sort in limits)
        return zoned or self.is_structured(words) or self.is_ladder(words)

    def _between_levels(self, words: TitleWords) -> Match | None:
        """Return what lies between an easy level of effort and a harder: "DL 1-2"."""
        for number, token in enumerate(words.tokens[1:], start=1):
            named = words.tokens[number - 1].text in self.words.joining.levels
            harder = token.low == 1 < token.high <= HIGHEST_LEVEL or HARD_LEVEL <= token.low < HIGHEST_LEVEL + 1
            if named and token.sort == "number" and harder:
                return Match(
                    number - 1, number + 1, ("hard",), f"{words.tokens[number - 1].text} {token.text}", doubtful=True
                )
        return None

    def _work_between(self, words: TitleWords) -> Match | None:
        """Return what stands between a warm-up and a cool-down, unless it is said to be easy."""
        around = words.of("around")
        if not (len(around) > 1 or words.says("around_both")) or words.says("easy", "long"):
            return None
        figures = [number for number, token in enumerate(words.tokens) if token.sort in {"time", "distance"}]
        own = {number for number in figures if any(_belongs_to(number, match, words) for match in around)}
        if words.says("around_both") or len(own) < len(figures):
            return Match(0, 0, ("hard",), "a warm-up and a cool-down", doubtful=True)
        return None

    def _before_a_short_rest(self, words: TitleWords) -> Match | None:
        """Return what a rest of few minutes is taken after: "3 or 4 miles, recovery 1 min" are repeats."""
        if words.says("strides", "long", "run_walk", "walk"):
            return None
        for number, token in enumerate(words.tokens):
            if token.sort != "time" or token.high > MOST_REST_MINUTES:
                continue
            first = number
            dotted = number > 1 and words.tokens[number - 1].text == "."  # "rec. 1 min"
            named = number - 2 if dotted else number - 1
            if named >= 0 and words.tokens[named].text in self.words.joining.between:
                first = named
            elif not self._is_named_a_rest(words, number):
                continue
            if any(earlier.sort in {"time", "distance", "number"} for earlier in words.tokens[:first]):
                return Match(first, number + 1, ("hard",), f"rest of {token.text}", doubtful=True)
        return None

    def rests_briefly(self, words: TitleWords) -> bool:
        """Whether figures stand before a short rest: "5, 4, 3 min with 1 min recoveries"."""
        return self._before_a_short_rest(words) is not None

    def are_strides(self, words: TitleWords, place: int) -> bool:
        """Whether what a word counts is as short as strides: "10 pasadas de 100 m"."""
        after = next((token for token in words.tokens[place + 1 :] if token.sort in {"time", "distance"}), None)
        if after is None:
            return False
        metres, seconds = self.words.strides_up_to_metres, self.words.strides_up_to_seconds
        return after.high <= (metres if after.sort == "distance" else seconds / 60)

    def _is_named_a_rest(self, words: TitleWords, number: int) -> bool:
        """Whether a time is said to be between: "with 1 min recoveries"; one that is jogged or walked may be a part."""
        before, after = words.tokens[:number], words.tokens[number + 1 : number + 2]
        if any(token.text in self.words.joining.of_place for token in after):  # "1' de recuperación"
            after = words.tokens[number + 2 : number + 3]
        joined = bool(before) and before[-1].text in self.words.joining.part_of
        return joined and any(token.text in self.words.joining.between for token in after)

    def _beside_easy(self, pace: Match, words: TitleWords) -> bool:
        """Whether a pace is an easy one: "very easy pace", "a ritmo lento"."""
        return any(abs(match.end - pace.first) <= 1 or abs(match.first - pace.end) <= 1 for match in words.of("easy"))

    def _is_a_slow_one(self, pace: Match, words: TitleWords) -> bool:
        """Whether a pace is one that is given, and no fast one: "a un ritmo de 5'40''/km"."""
        limit = self.words.hard_below_seconds_per_km
        after = next((token for token in words.tokens[pace.end : pace.end + 2] if token.sort == "pace"), None)
        if after is not None:
            return after.low >= limit > 0
        seconds = clock_before(words.tokens, pace.first)
        return seconds is not None and seconds >= limit > 0

    def _only_for_strides(self, match: Match, words: TitleWords) -> bool:
        """Whether a hard word says how strides are run: "6 x 100 m fast strides"."""
        paced = bool(set(match.words.split()) & set(self.words.joining.pace)) or len(match.words) <= ABBREVIATED
        if paced:
            return False  # "MP pickups" are longer than strides
        before = words.tokens[: match.first]
        timed = [token.sort in {"time", "distance"} for token in before[-1:]] == [True]
        if timed and not any(token.sort == "repeat" for token in before):
            return False  # "60 min hills, 10 strides"
        near = words.tokens[match.end : match.end + 2]
        strides = {number for match in words.of("strides") for number in range(match.first, match.end)}
        return bool(strides) and any(match.end + step in strides for step in range(len(near)))

    def is_structured(self, words: TitleWords) -> bool:
        """Whether there are repeats that are no strides."""
        return any(not short for short in self._repeats(words))

    def has_short_repeats(self, words: TitleWords) -> bool:
        """Whether there are strides: few repeats, and short."""
        return any(self._repeats(words))

    def _repeats(self, words: TitleWords) -> list[bool]:
        exercises = {match.first for match in words.matches if set(match.means) & set(STRENGTH)}
        return strides_of_repeats(
            words.tokens, [match.first for match in words.of("strides")], self.words, exercises_at=exercises
        )

    def _only_sprints(self, words: TitleWords) -> bool:
        """Whether short repeats are all that there is: "10 x 100 m" ends no easy run, so they may be sprints."""
        if not self.has_short_repeats(words) or words.says("strides", "easy", "long", "run"):
            return False
        return sum(token.sort in {"time", "distance", "number"} for token in words.tokens) <= 1

    def has_hills(self, title: TitleWords) -> bool:
        """Whether it goes over hills: said so, or by its metres of ascent."""
        return title.says("hills") or any(token.sort == "climb" for token in title.tokens)


def _by_letters(tokens: Sequence[Token]) -> bool:
    """Whether several parts have a letter each for how fast they are, and not the same one: "3 E + 10 M + 2 E"."""
    counted = {"number", "time", "distance"}
    letters = [
        token.text
        for before, token in pairwise(tokens)
        if before.sort in counted and token.sort == "word" and len(token.text) == 1
    ]
    return len(letters) >= LETTERED_PARTS and len(set(letters)) > 1


def _belongs_to(figure: int, named: Match, words: TitleWords) -> bool:
    """Whether a figure says how long a warm-up or a cool-down is: right before or after its word, in one part."""
    first, last = (figure + 1, named.first) if figure < named.first else (named.end, figure)
    between = words.tokens[first:last]
    return len(between) < BESIDE and not any(token.sort == "sign" and token.text in "+,;|•" for token in between)
