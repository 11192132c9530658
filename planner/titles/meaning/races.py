"""Which titles are races: by a word for them, by a name without anything else to do, by a distance and a place."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from planner.titles.figures.purposes import is_only_a_distance
from planner.titles.lexicon import Match, TitleWords
from planner.titles.words import STRENGTH, Meaning, ReadingWords

OTHER_SPORTS: tuple[Meaning, ...] = ("swim", "aqua_run", "bike", "walk")
HEADING_ENDS = frozenset(":-|•;")
RACE_MILES = frozenset({8_047, 16_093})
RACE_METRES = frozenset({5_000, 10_000, 15_000, 20_000, 21_000, 21_100, 42_000, 42_200})


class RaceTitle(NamedTuple):
    """Say by which words a title is a race, and what remains doubtful."""

    by: tuple[str, ...]
    doubts: tuple[str, ...] = ()


class RaceTitles:
    """Tell which titles are races; `known` are the words that say nothing of a session."""

    def __init__(self, words: ReadingWords, familiar: Collection[str]) -> None:
        self.words = words
        self.familiar = familiar

    def of(self, title: TitleWords) -> RaceTitle | None:
        """Return by which words a title is a race, and what remains doubtful; None where it is none."""
        races, alone = title.of("race"), title.of("race_alone")
        if title.says("bike", "swim"):
            return None
        asked = title.says("easy", "pace", "long", "strides") or any(not match.doubtful for match in title.of("hard"))
        if races and "run" not in races[0].means and self._is_the_other_choice(races[0], title):
            return RaceTitle((races[0].words,), ("something else may be done instead",))
        if races and (
            not asked or self._is_at_the_head(races[0], title) or any("day" in match.words for match in races)
        ):
            easy = title.says("easy") and (title.matches[0] not in races or "run" in races[0].means)
            paced = "run" in races[0].means and self._at_a_pace(title)
            return None if easy or paced else RaceTitle((races[0].words,))
        zoned = any(token.sort in {"zone", "effort"} for token in title.tokens)
        other = title.says(*OTHER_SPORTS, *STRENGTH, "note", "session", "hills")
        other = other or any(token.sort == "repeat" for token in title.tokens)  # "3 x (2 km at HM, 1 km at 10k)"
        if alone and not (asked or zoned or other):
            timed = any(token.sort == "time" for token in title.tokens)
            running = [match for match in title.of("run") if match not in alone and not _is_a_heading(match, title)]
            named = alone[0].first == 0 and _is_a_heading(alone[0], title)  # "Half marathon - Great North Run"
            if (named or not running) and not (timed and "run" in alone[0].means):
                return RaceTitle((alone[0].words,))
        if any(token.text == "!" for token in title.tokens) and is_only_a_distance(title.tokens):
            return RaceTitle(("!",), ("a distance and an exclamation mark",))
        if self._is_named_after_a_place(title):
            return RaceTitle((title.tokens[0].text,), ("a distance and a name",))
        return None

    def alone_in(self, text: TitleWords) -> RaceTitle | None:
        """Return the word by which a text says that it is a race, where it says nothing else: "🏁 13.1 mi"."""
        first = text.matches[0] if text.matches else None
        if first is None or first.first or not {"race"} & set(first.means):
            return None
        ends = (n for n, token in enumerate(text.tokens) if token.text in {"!", ".", "\n"} and n >= first.end)
        others = any(token.sort == "word" for token in text.tokens[first.end : next(ends, None)])
        return None if others else RaceTitle((first.words,), ("only its text says so",))

    def _is_at_the_head(self, race: Match, title: TitleWords) -> bool:
        """Whether nothing but a distance or a warm-up stands before a race: "5k race, 10 min jog"."""
        warm = {place for match in title.of("around") for place in range(match.first, match.end)}
        before = enumerate(title.tokens[: race.first])
        return all(token.sort in {"distance", "sign"} or place in warm for place, token in before)

    def _is_the_other_choice(self, race: Match, title: TitleWords) -> bool:
        """Whether a race may be run instead: "pre-meet or time trial"; of two the one that asks more counts."""
        before = title.tokens[: race.first]
        return any(token.text in self.words.joining.either and token.text != "/" for token in before)

    def _at_a_pace(self, title: TitleWords) -> bool:
        """Whether it is said at which pace: "parkrun at goal pace" is a session; one that is run all out is a race."""
        paces = [match for match in title.of("hard", "pace") if match.first > 0]
        return any(title.tokens[match.first - 1].text in self.words.joining.at for match in paces)

    def _is_named_after_a_place(self, title: TitleWords) -> bool:
        """Whether there are nothing but a distance of races and a name: "10 km de Lyon"."""
        if not title.tokens or title.matches:
            return False
        *names, last = title.tokens
        # Races are called "Lakeside 10K"; who writes "10 km" behind a word may write in a language that is not known.
        miler = last.text.endswith("miler") and round(last.high) in RACE_MILES  # "Lakeside 10 miler"
        miler = miler or (last.text.endswith("mile") and round(last.high) in RACE_MILES and len(names) > 1)
        kilometres = last.text.endswith("k") and round(last.high) in RACE_METRES
        if last.sort == "distance" and (kilometres or miler) and names:
            named = len(title.first_unknown(self.familiar)) > self.words.longest_abbreviation_letters
            return named and all(token.sort == "word" for token in names)
        first, *others = title.tokens
        if first.sort != "distance" or round(first.high) not in RACE_METRES:
            return False
        named = len(others) > 1 and all(token.sort == "word" for token in others)
        placed = named and others[0].text in self.words.joining.of_place and bool(title.first_unknown(self.familiar))
        # "10K Valencia Ibercaja": a town and who pays for it; one word may be the route's.
        unknown = [token for token in others if token.text not in self.familiar]
        return placed or (named and first.text.endswith("k") and len(unknown) > 1 and unknown == others)


def _is_a_heading(run: Match, title: TitleWords) -> bool:
    """Whether a word for running only heads a title, as a feed writes which sport it is: "[RUN] Rome Marathon"."""
    after = title.tokens[run.end].text if run.end < len(title.tokens) else ""
    if run.first == 1 and title.tokens[0].text == "[":
        return after == "]"
    return run.first == 0 and after in HEADING_ENDS
