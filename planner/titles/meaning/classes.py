"""Which workout a title means, from what its words say and what its figures are.

Two questions, asked one after the other: which sport, and what is asked in it. Doubt falls to the heavier side.
"""

from __future__ import annotations

from typing import NamedTuple

from planner.titles.figures.purposes import is_only_a_distance
from planner.titles.figures.repeats import repeats_a_distance
from planner.titles.lexicon import Match, TitleWords
from planner.titles.meaning.asides import Asides
from planner.titles.meaning.efforts import Efforts
from planner.titles.meaning.races import OTHER_SPORTS, RACE_METRES, RaceTitles
from planner.titles.meaning.sports import Sport, Sports
from planner.titles.meaning.unknowns import UnknownWords
from planner.titles.words import STRENGTH, Meaning, ReadingWords

RUNNING: tuple[Meaning, ...] = ("run_walk", "run")
BEGUN_BY = frozenset({"time", "distance", "number"})
COUNTED = frozenset({"repeat", "time", "number"})
OF_THE_LEGS: tuple[Meaning, ...] = ("strength", "lower_body", "plyometrics")


class Class(NamedTuple):
    """Say which workout a title means, by which words, and what remains doubtful; "" is one that cannot be told."""

    workout: str
    by: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    strides: bool = False
    hills: bool = False
    optional: bool = False


class Classes:
    """Tell which workout the words of a title mean."""

    def __init__(self, words: ReadingWords) -> None:
        self.words = words
        self.efforts = Efforts(words)
        self.asides = Asides(words)
        self.sports = Sports(words, self.efforts)
        joining, weeks = words.joining, words.weeks
        small = joining.morning, joining.evening, joining.between, joining.plus, joining.either, joining.range
        kept = (*small, weeks.week, weeks.day, joining.denying)
        self._familiar = frozenset(words.filler) | frozenset(
            word for words_of_a_sort in kept for word in words_of_a_sort
        )
        self.races = RaceTitles(words, self._familiar)
        self.unknowns = UnknownWords(words, self._familiar, self.asides, self.efforts)

    def of(self, title: TitleWords, text: TitleWords, kind: TitleWords | None = None) -> Class | None:
        """Return the class of a session, or None where its title speaks of none.

        `text` is the event's description, `kind` what a feed says in so many words that the session is.
        """
        if kind is not None and (title_class := self.of(kind, TitleWords((), ()))) is not None and title_class.workout:
            own = self.of(title, text)
            hard = (
                own is not None
                and own.workout in {"race", "run_hard"}
                and title_class.workout in {"run_easy", "run_long"}
            )
            return own if hard or (own is not None and own.optional) else title_class
        optional = self._optional(title)
        if (idle := self._idle(title, optional=optional)) is not None:
            return idle
        race = self.races.of(title) or self.races.alone_in(text)
        if race is not None:
            return Class("race", race.by, race.doubts)
        if not title.matches and text.matches and "rest" in text.matches[0].means and not text.matches[0].first:
            return self.of(text, TitleWords((), ()))
        if (sport := self._sport(title, text)) is None:
            return self._without_sport(title, text)
        return self._within(sport, title, text, optional=optional)

    def _sport(self, title: TitleWords, text: TitleWords) -> Sport | None:
        """Return the sport that a title names, or its text."""
        sport = self.sports.of(title)
        if sport is None:
            below = self.sports.of(text, of_the_text=True)
            rides = below is not None and below[0] == "bike"
            return ("run", (), True) if rides and repeats_a_distance(title.tokens) else below  # "6 x 500 m", "FTP"
        if sport[0] in STRENGTH and title.says("easy") and text.says("run"):
            beside = any(set(match.means) & set(STRENGTH) for match in text.matches)
            return sport if beside else ("run", sport[1], True)  # "Gym / recovery", "easy run" below it
        if sport[0] in STRENGTH and self.efforts.has_a_run(text):
            return "run", sport[1], True  # "Strength", and "30 min easy run, then squats" below it
        return sport

    # ------------------------------------------------------------ nothing to do, and races

    def _optional(self, title: TitleWords) -> bool:
        """Whether a session may be left out: "Rest or 3 mi", "easy OR day off", "rest or 30 min bike", "optional"."""
        if title.says("rest") and self.sports.leaves_a_choice(title):
            if title.says("race") and not title.says("note"):
                return True
            timed = any(token.sort == "time" for token in title.tokens)
            other = (timed and title.says(*OTHER_SPORTS, "cross")) or title.says(*OF_THE_LEGS)
            return other or self.efforts.sets_work(title) or self._is_running(title, beside_rest=True)
        return title.says("optional")

    def _idle(self, title: TitleWords, *, optional: bool) -> Class | None:
        rest = title.of("rest")
        if rest and not optional:
            first = title.matches[0]
            between = self.efforts.sets_work(title) and first.first > 0  # "5 x 1 km, rest": what is between repeats
            if first in rest and not between and not self._runs_after_rest(title, first):
                return Class("rest", (rest[0].words,))
            another = self._names_another(title) and not self._is_any_sport_or_rest(title)
            if not (between or another or self._is_running(title, beside_rest=True)):
                return Class("rest", (rest[0].words,))
        notes = title.of("note")
        # "stretching + self-massage", "travel day with strength training"
        beside = bool(notes) and (self._joined_before(title, notes[0]) or self._with_strength(title, notes[0]))
        if notes and not beside and self._names_a_sport_only(title, notes[-1]):
            return Class("note", (notes[-1].words,))
        asked = title.says("run", "easy", "hard", "long", *OTHER_SPORTS) or self.efforts.sets_work(title)
        if notes and not beside and not asked:
            return Class("note", (notes[0].words,))
        if self.asides.is_an_errand(title):
            return Class("note", ("errand",))
        if self._of_a_week(title):
            return Class("note", ("week",))
        return None

    def _names_a_sport_only(self, title: TitleWords, note: Match) -> bool:
        """Whether a sport before a note says only what it is about: "run club AGM", "swim meet sign-up"."""
        before = [match for match in title.matches if match.end <= note.first]
        sports = {"run", "race", *OTHER_SPORTS}
        named = bool(before) and all(set(match.means) <= sports for match in before) and title.matches[-1] is note
        between = title.tokens[before[0].end : note.first] if before else ()
        figures = any(token.sort in {"time", "distance", "repeat"} for token in title.tokens)
        return named and not figures and all(token.sort == "word" and not self.sports.joins(token) for token in between)

    def _runs_after_rest(self, title: TitleWords, rest: Match) -> bool:
        """Whether a day of rest has a run, with how long it is: "active rest, very easy jog 25 min"."""
        after = title.tokens[rest.end :]
        names_a_run = any(match.first >= rest.end for match in title.of("run", "easy"))
        denied = title.tokens[rest.first].text in self.words.joining.denying and "run" not in rest.words
        if denied and names_a_run and any(token.text in self.words.joining.only for token in after):
            return True  # "no workout, just an easy jog"
        timed = any(token.sort in {"time", "distance"} for token in after)
        return names_a_run and timed and self._is_running(title, beside_rest=True)

    def _joined_before(self, title: TitleWords, note: Match) -> bool:
        """Whether something to do stands before a note, and a word that joins them between."""
        own = [match for match in title.matches if set(match.means) & set(STRENGTH) and match.end <= note.first]
        return any(self.sports.joins(token) for match in own[:1] for token in title.tokens[match.end : note.first])

    def _with_strength(self, title: TitleWords, note: Match) -> bool:
        """Whether a note says what is to be done that day: "travel day with strength training"."""
        own = [match for match in title.matches if set(match.means) & set(STRENGTH) and match.first >= note.end]
        between = title.tokens[note.end : own[0].first] if own else ()
        # "Kräftigung nach Plan Physio"
        led = [match for match in title.matches if {"strength", "core", "mobility"} & set(match.means)]
        after = title.tokens[led[0].end : note.first] if led else ()
        if led and led[0].end <= note.first and all(token.sort == "word" for token in after):
            return True
        right_after = bool(own) and own[0].first == note.end  # "physio circuit"
        return right_after or any(token.text in self.words.joining.part_of for token in between)

    def _is_any_sport_or_rest(self, title: TitleWords) -> bool:
        """Whether nothing but rest or any other training is left to choose: "cross-train or rest"."""
        return self.sports.leaves_a_choice(title) and all(
            {"cross", "rest"} & set(match.means) for match in title.matches
        )

    def _names_another(self, title: TitleWords) -> bool:
        return title.says(*OTHER_SPORTS, *STRENGTH, "cross", "other", "session")

    def _of_a_week(self, title: TitleWords) -> bool:
        """Whether a title is the heading of a week: "Week 7: 33 miles", and not a day of it: "Week 7 Day 2"."""
        head = [token.text for token in title.tokens[:6]]
        weeks = [number for number, text in enumerate(head) if text in self.words.weeks.week]
        if not weeks or weeks[0] > 1 or any(text in self.words.weeks.day for text in head):
            return False
        timed = any(token.sort == "time" for token in title.tokens)
        timed = timed or any(token.sort == "number" for token in title.tokens[weeks[0] + 2 :])
        if (title.says("easy") and timed) or self.efforts.sets_work(title):
            return False  # "Week 2 - 30 min easy", "Week 3: 5 x 1 km"
        return not title.says("hard", "pace", "long", "race", *RUNNING, *OTHER_SPORTS, *STRENGTH)

    # ------------------------------------------------------------ which sport

    def _is_running(self, title: TitleWords, *, beside_rest: bool = False) -> bool:
        if title.says("run", "run_walk", "hard", "pace", "long") and not title.says("bike", "swim", "aqua_run"):
            return True
        distances = [token for token in title.tokens if token.sort == "distance"]
        timed = any(token.sort in {"time", "number"} for token in title.tokens)
        easy = title.says("easy") and (not beside_rest or timed or self._easy_before_rest(title))
        return (bool(distances) or easy) and not title.says(*OTHER_SPORTS, *STRENGTH, "cross", "other")

    def _easy_before_rest(self, title: TitleWords) -> bool:
        """Whether an easy day stands first, and a rest day is the other choice: "easy OR day off"."""
        return self.sports.leaves_a_choice(title) and title.of("easy")[0].first < title.of("rest")[0].first

    def _without_sport(self, title: TitleWords, text: TitleWords) -> Class | None:
        """Return the class of a title without a sport: runners write "tempo", "8 km" and "long" for runs."""
        distance = any(token.sort in {"distance", "pace"} for token in title.tokens)
        timed = any(token.sort in {"time", "repeat", "number"} for token in title.tokens)
        asked = title.says("hard", "pace", "long", "easy", "strides", "hills", "around")
        asked = asked or (timed and any(token.sort == "climb" for token in title.tokens))  # "2 h, D+ 500"
        if asked or self.efforts.is_set_out(title):
            return self._within(("run", (), False), title, text, optional=self._optional(title))
        zoned = any(token.sort in {"zone", "percent", "effort", "pulse"} for token in title.tokens)
        if zoned and timed and not title.says("session"):
            return self._within(("run", (), True), title, TitleWords((), ()), optional=self._optional(title))
        if distance and title.says("session") and self.efforts.hard(text) is None:
            return Class("", (title.of("session")[0].words,), ("no word says what it is",))
        if distance:
            named: Sport = ("run", (), self._is_a_race_distance(title))
            return self._within(named, title, text, optional=self._optional(title))
        is_a_name = all(
            set(match.means) <= {"session"} for match in title.matches
        )  # "Workout", and what it is below it
        if is_a_name and (text_class := self._class_of_its_text(text)) is not None:
            return text_class
        if title.says("session") or timed or zoned or self._is_an_abbreviation(title):
            return Class("", tuple(match.words for match in title.of("session")), ("no word says what it is",))
        return None

    def _class_of_its_text(self, text: TitleWords) -> Class | None:
        """Return what a text gives to run, in figures and words for how: its title, which says nothing, is its name."""
        if text.matches and text.matches[0].first == 0 and (idle := self._idle(text, optional=self._optional(text))):
            return idle  # "W6D3", and "Rest" below it
        exercises = self.sports.of(text)
        if exercises is not None and exercises[0] in STRENGTH and any(token.sort in COUNTED for token in text.tokens):
            by = exercises[1]
            return self._within((exercises[0], by, True), text, TitleWords((), ()), optional=False)
        session = self.efforts.is_structured(text) or text.says("around", "run")
        paced = any(token.sort in {"distance", "pace"} for token in text.tokens)
        only_how = bool(text.tokens) and not text.first_unknown(self._familiar)  # "Easy to steady"
        asked = text.says("hard", "pace", "easy", "long", "strides") or self.efforts.is_set_out(text)
        begun = any(token.sort in BEGUN_BY and ":" not in token.text for token in text.tokens[:1])  # "30 min, slow"
        if not (session or paced or only_how or begun) or not asked:
            return None
        text_class = self._within(("run", (), False), text, TitleWords((), ()), optional=False)
        return text_class._replace(doubts=("only its text says what it is",))

    def _is_an_abbreviation(self, title: TitleWords) -> bool:
        """Whether nothing but an unknown short word stands there: in a plan of sessions it may well be one of them."""
        words = [token for token in title.tokens if token.sort == "word"]
        letters = sum(len(token.text) for token in words)  # "S_A" are two
        return bool(words) and not title.matches and letters <= self.words.longest_abbreviation_letters

    def _is_a_race_distance(self, title: TitleWords) -> bool:
        return is_only_a_distance(title.tokens) and any(
            token.sort == "distance" and token.low in RACE_METRES for token in title.tokens
        )

    # ------------------------------------------------------------ what is asked

    def _within(self, named: Sport, title: TitleWords, text: TitleWords, *, optional: bool) -> Class:
        sport, by, doubtful = named
        unsure = f'"{by[0]}" may be something else' if by else "nothing but a distance says what it is"
        doubts = (unsure,) if doubtful else ()
        if sport == "other":
            return Class("", by, doubts, optional=optional)
        if sport == "bike":
            calm = title.says("easy")
            work = self.efforts.hard(title) or (None if calm or title.says("long") else self.efforts.hard(text))
            hard = title.says("race") or (work is not None and not (work.doubtful and calm))
            if not (hard or calm or title.says("long") or text.says("easy")) and (
                name := self.unknowns.name_of("bike", title, by)
            ):
                return Class("bike_hard", by, (*doubts, f'"{name}" is no word that is known'), optional=optional)
            return Class("bike_hard" if hard else "bike_easy", by, doubts, optional=optional)
        if sport != "run":
            workout = "lower_body" if sport == "strength" else sport
            if sport in {"strength", "lower_body"} and text.says("plyometrics"):
                workout = "plyometrics"  # what is done asks more than its name
            return Class(workout, by, doubts, optional=optional)
        strides = title.of("strides")
        marks = {
            "strides": bool(strides) or self.efforts.has_short_repeats(title),
            "hills": self.efforts.has_hills(title),
        }
        why = self.efforts.hard(title)
        zones = [token.high for token in title.tokens if token.sort == "zone"]
        is_clear = title.says("easy", "long", "strides") or (bool(zones) and max(zones) < self.words.hard_from_zone)
        is_clear = is_clear or any(token.sort == "pulse" for token in title.tokens)  # one that is high is hard above
        inside = self.efforts.hard(text)
        # What is set out in the text says more than the title's word: "Easy run", and 8 x 400 m below it.
        set_out = (
            self.efforts.is_structured(text) or self.efforts.has_hard_part(text) or self.efforts.has_faster_part(text)
        )
        worked = title.says("long") and inside is not None and inside.end > 0 and not inside.doubtful
        if not why and inside and (not is_clear or set_out or worked):
            why, doubts = inside, (*doubts, f"hard only by its text: {inside.words}")
        unknown = next((match.words for match in title.of("named")), "") or (
            not by and title.first_unknown(self._familiar, self.asides.words(title.tokens))
        )
        unknown = unknown or self.unknowns.name_of("run", title, by)
        counted = "" if strides else self.unknowns.counted(title)
        unknown = counted or unknown
        if not why and unknown and (counted or not is_clear):
            doubts = (f'"{unknown}" is no word that is known',)
            if text.says("easy") and not inside:
                return Class("run_easy", by, (*doubts, "easy only by its text"), optional=optional, **marks)
            # Beside nothing but figures, a word that is not known is what is asked: it may well be fast.
            return Class("run_hard", (), doubts, optional=optional)
        if why and not self._is_long_and_steady(title, why):
            if why.doubtful:
                doubts = (*doubts, f'"{why.words}" may be easy')
            return Class("run_hard", (*by, why.words), doubts, optional=optional, **{**marks, "strides": False})
        # "Endurance Builder", and "long run, zone 2" below it
        below = [match for match in text.matches[:1] if "long" in match.means]
        if long := (title.of("long") or below):
            return Class("run_long", (*by, long[0].words), doubts, optional=optional, **marks)
        easy = tuple(match.words for match in title.of("easy", "strides")[:1])
        return Class("run_easy", by or easy, doubts, optional=optional, **marks)

    def _is_long_and_steady(self, title: TitleWords, why: Match) -> bool:
        """Whether what may be hard only says how a long run is run: "long run, steady", not "…, last 15 min brisk"."""
        worded = why.doubtful and why.end > why.first and title.says("long")
        return worded and not self.efforts.has_hard_part(title, doubtful=True)
