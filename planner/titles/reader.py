"""Read the events of somebody else's plan: each is none, one or two sessions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from planner.titles.description import Descriptions
from planner.titles.figures.lengths import SessionLengths
from planner.titles.figures.repeats import repeats_a_distance
from planner.titles.figures.scanner import LONGEST
from planner.titles.figures.tokens import Token
from planner.titles.lexicon import Lexicon, TitleWords
from planner.titles.meaning.classes import Class, Classes
from planner.titles.session import NOT_TRAINING, PlanEvent, SessionLength, SessionReading
from planner.titles.words import STRENGTH, ReadingWords, folded_title, plain_title


class Reader:
    """Read the titles of sessions by the words of the rulebook."""

    def __init__(self, words: ReadingWords) -> None:
        self.words = words
        self.lexicon = Lexicon(words)
        self.scanner = self.lexicon.scanner
        self.classes = Classes(words)
        self.lengths = SessionLengths(words, self.scanner)
        self.descriptions = Descriptions(words, self.lexicon, self.classes.efforts)

    def read(self, event: PlanEvent, units: str | None = None) -> list[SessionReading]:
        """Return what an event was read as, one reading for each of its sessions.

        `units` is what a number without a unit counts: "miles" or "km". An event that says nothing of training gives
        one reading, a note.
        """
        if self._was_done(event):
            return [SessionReading("done")]
        if event.days > 1:
            return [SessionReading("note", by=("several days",))]
        tokens = self.scanner.tokens(event.title)
        parts = list(self._parts(tokens))
        readings = [self._part(part, half, event, units, alone=len(parts) == 1) for part, half in parts]
        if len(event.title) <= LONGEST:
            return readings
        doubt = f"only the first {LONGEST} letters were read"
        return [reading._replace(doubts=(*reading.doubts, doubt)) for reading in readings]

    def _was_done(self, event: PlanEvent) -> bool:
        text = folded_title(event.text).strip()
        return any(event.uid.startswith(mark) for mark in self.words.fields.done_uid) or any(
            text.startswith(mark) or (mark != self.words.fields.done_text[0] and mark in text)
            for mark in self.words.fields.done_text
        )

    def _tokens_of(self, text: str) -> Sequence[Token]:
        """Return the tokens of a description, part by part where it is longer than what is looked at at once."""
        if len(text) <= LONGEST:
            return self.scanner.tokens(text)
        tokens: list[Token] = []
        for part in re.findall(rf"(?s).{{1,{LONGEST}}}(?:\s|$)", text):
            tokens += self.scanner.tokens(part)
        return tokens

    def _words(self, tokens: Sequence[Token]) -> TitleWords:
        return TitleWords(tokens, self.lexicon.matches(tokens))

    def _part(
        self, tokens: Sequence[Token], half: str, event: PlanEvent, units: str | None, *, alone: bool
    ) -> SessionReading:
        title = self._words(tokens)
        text = self.descriptions.kept(event.text) if alone and event.text else ""
        words = self._words(self._tokens_of(text))
        title_class = self.classes.of(title, words, self._kind(text))
        if title_class is None:
            return SessionReading("note", half=half)
        if title_class.workout in {"rest", "note"}:
            return SessionReading(title_class.workout, by=title_class.by, half=half)
        aside = self.classes.sports.start_of_strength(title) if title_class.workout.startswith("run") else None
        own = self._chosen(title, title_class) or tokens[:aside]  # "60 min easy + 20 min strength": the run lasts 60
        running = title_class.workout.startswith("run")
        length = self.lengths.of(
            own,
            self.descriptions.of_a_run(text) if running and _of_strength(words) else text,
            seconds=event.estimated_seconds if alone else None,
            event_minutes=event.minutes if alone else None,
            units=units,
            running=running,
            long=title_class.workout == "run_long",
            in_turn=title_class.workout == "run_walk",
        )
        if title_class.workout in {"swim", "aqua_run", "bike_easy", "bike_hard"} and length.minutes is None:
            length = SessionLength()  # a distance in the water or on a bike says nothing at a runner's pace
        race_metres = self._race_metres(event.title) if title_class.workout == "race" else None
        counted = self.lengths.distance(own) is not None or length.minutes is not None
        if race_metres is not None and not counted:
            length = SessionLength(metres=race_metres, origin="race")
        if title_class.workout == "race" and (whole := self.lengths.day_of_a_race(own)) is not None:
            length = SessionLength(metres=whole, origin="distance")
        beside = None
        if title_class.workout == "run_easy" and length.minutes is not None and length.metres is None:
            beside = self.lengths.distance(own)
        return _reading(title_class, length, half, beside)

    def _chosen(self, title: TitleWords, title_class: Class) -> Sequence[Token]:
        """Return the tokens of the choice that a session was read by: "10 miles easy or a 5 mile tempo run"."""
        place = next((n for n, token in enumerate(title.tokens) if token.text in self.words.joining.either), 0)
        sides = title.tokens[:place], title.tokens[place + 1 :]
        if not (place and title_class.by) or title.tokens[place].text == "/":
            return ()
        if not _figures_on_both_sides(title.tokens, place):
            return ()
        first = next((match.first for match in title.matches if match.words == title_class.by[-1]), None)
        return () if first is None else sides[first > place]

    def _kind(self, text: str) -> TitleWords | None:
        """Return what a feed says first that the session is: "Walk Run • 2.3km • 25m - 30m"."""
        first = next((line for line in text.splitlines() if line.strip()), "")
        if "•" not in plain_title(first):
            return None
        kind, _, _ = plain_title(first).partition("•")
        words = self._words(self.scanner.tokens(kind))
        figured = any(token.sort in {"time", "distance", "repeat"} for token in words.tokens)  # "mobility 20 min"
        return words if words.matches and not figured else None

    def _race_metres(self, title: str) -> float | None:
        folded = f" {' '.join(token.text for token in self.scanner.tokens(title))} "
        for name, kilometres in self.words.races.items():
            if f" {name} " in folded or f"{name} " in folded:
                return kilometres * 1000
        return None

    def _parts(self, tokens: Sequence[Token]) -> Iterator[tuple[Sequence[Token], str]]:
        """Yield the sessions that a title holds, each with the half of the day that it says: "AM: … / PM: …"."""
        halves = [
            (number, "am" if token.text in self.words.joining.morning else "pm")
            for number, token in enumerate(tokens)
            if token.text in {*self.words.joining.morning, *self.words.joining.evening}
        ]
        if {half for _, half in halves} == {"am", "pm"} and len(halves) == 2:
            (first, joiner), (second, other) = halves
            counted = any(token.sort in FIGURES for token in tokens[:first])
            if first > 0 and not _stripped(tokens[first + 1 : second]):  # "4 miles AM; PM 6 miles"
                first_part, second_part = [*tokens[:first]], [*tokens[second + 1 :]]
            elif (
                first > 0 and second + 1 == len(tokens) and not counted
            ):  # "rodaje por la mañana, cuestas por la tarde"
                first_part, second_part = [*tokens[:first]], [*tokens[first + 1 : second]]
            elif not counted or tokens[first - 1].text == ":":  # "AM: a / PM: b", "Double T: AM a / PM b"
                shared = _words_before_figures(tokens[:first])
                own = _words_after_figures(tokens[first + 1 : second]) if shared else []
                last = second - len(own)  # "Recovery AM 4 mi LT PM 10 mi"
                first_part, second_part = (
                    [*shared, *tokens[first + 1 : last]],
                    [*(own or shared), *tokens[second + 1 :]],
                )
            else:  # "6 miles a.m. 4 miles p.m."
                shared = _words_before_figures(tokens[:first])
                first_part = [*tokens[:first]]
                second_part = [*tokens[first + 1 : second], *tokens[second + 1 :]]
                if not self._words(second_part).says("easy", "hard", "long"):  # "Medium-long 15 a.m. Recovery 4 p.m."
                    second_part = [*shared, *second_part]
            for half, part in ((joiner, first_part), (other, second_part)):
                yield from ((smaller, half) for smaller, _ in self._parts(_stripped(part)))
            return
        joining = self.words.joining
        signs = {*joining.plus, *joining.either, ",", ";", "-"} if self._words(tokens).says("both") else {*joining.plus}
        chosen = any(token.text in joining.either and token.text != "/" for token in tokens)
        for number, token in enumerate(tokens):
            if token.text not in {*signs, *LISTING}:
                continue
            before, after = self._words(tokens[:number]), self._words(tokens[number + 1 :])
            listed = token.text in ",;" and not chosen and _both_are_named(before, after)
            if _is_open(before) and before.says("cross"):
                continue  # "cross-training (bike, swim)" is any of them
            parts = token.text in signs or listed or _figures_on_both_sides(tokens, number)
            if parts and self._two_sports(before, after, joined=listed or token.text in joining.plus):
                yield _stripped(tokens[:number]), ""
                yield from self._parts(_stripped(tokens[number + 1 :]))  # "gym + swim + tempo run"
                return
        yield tokens, ""

    def _two_sports(self, title: TitleWords, other: TitleWords, *, joined: bool) -> bool:
        """Whether both sides name a sport, and not the same; `joined` are two by a word or sign for both."""
        none = TitleWords((), ())
        first, second = self.classes.of(title, none), self.classes.of(other, none)
        if first is None or second is None:
            return False
        unknown = [
            title.says("other") and not first.workout and not title.says("both"),  # "Brick: 45 min bike + 15 min run"
            other.says("other") and not second.workout,
        ]
        if any(unknown):  # "swim + football", "ride + brick": the other one may be anything, and is asked
            if _is_open(title) or {first.workout, second.workout} & GYM:
                return False  # "duathlon (run / ride / run)", "arms + boxing": one session
            return not all(unknown) and (second if unknown[0] else first).workout not in {"", "race", *NOT_TRAINING}
        if not first.workout or not second.workout:
            return False
        kinds = [_sport(title_class.workout) for title_class in (first, second)]
        for kind, side in zip(kinds, (title, other), strict=True):
            apart = self._is_apart(side, kinds, joined=joined) and not _heads_all(title)
            named = [match for match in side.of("run", "run_walk") if "outing" not in match.means]
            counted = any(token.sort in FIGURES for token in side.tokens)
            if kind == "run" and not (named or (counted and side.says("run"))) and not apart:
                return False  # "group ride + Z4 surges", "vélo + sortie": what names no run belongs to the ride
        # Legs beside a swim are two sessions as well: who reads "leg day + swim" as a swim spares no leg.
        legs = bool({"lower", "plyometrics"} & set(kinds)) and bool({"swim", "walk"} & set(kinds))
        jumps = set(kinds) == {"plyometrics", "bike"}
        return kinds[0] != kinds[1] and (set(kinds) <= SPORTS or legs or jumps)

    def _is_apart(self, side: TitleWords, kinds: Collection[str], *, joined: bool) -> bool:
        """Whether what names no sport is a run beside another sport, and no part of that one."""
        repeated = any(token.sort == "repeat" for token in side.tokens)
        far = any(token.sort == "distance" for token in side.tokens)
        if "swim" in kinds and repeated:  # nobody swims kilometres in repeats
            return any(token.sort == "distance" and token.high >= LONGEST_LENGTHS for token in side.tokens)
        if "swim" in kinds and joined and side.says("hard"):
            return True
        if "bike" in kinds and repeats_a_distance(side.tokens):
            return True  # rides are not measured so
        return far and not self.classes.efforts.is_structured(side)


LONGEST_LENGTHS = 600
"""Metres from which repeats beside a swim are run: "swim + 6 x 800 m"."""
SPORTS = frozenset({"run", "bike", "swim"})
LISTING = frozenset(",;/|-")
GYM = frozenset({"lower_body", "upper_body", "core", "mobility"})
FIGURES = frozenset({"time", "distance", "number"})


def _both_are_named(before: TitleWords, after: TitleWords) -> bool:
    """Whether a list has two sports: "hill run, swim"; what is hard before a swim is one: "tempo, swim"."""
    swims = bool(after.matches) and "swim" in after.matches[0].means
    named = before.says("run", "bike", "swim") or (swims and before.says("hard"))
    legs = before.says("swim") and after.says("strength", "lower_body", "plyometrics")  # "swim, body pump"
    return named and (legs or after.says("run", "bike", "swim"))


def _of_strength(words: TitleWords) -> bool:
    """Whether something is said of strength."""
    return any(set(match.means) & set(STRENGTH) for match in words.matches)


def _is_open(title: TitleWords) -> bool:
    """Whether a bracket is open after the tokens."""
    return sum((token.text == "(") - (token.text == ")") for token in title.tokens) > 0


def _heads_all(title: TitleWords) -> bool:
    """Whether a sport heads a title, and what follows is of it: "Swim: technique + 2 km"."""
    first = title.matches[0] if title.matches else None
    if first is None or first.first or not {"swim", "bike"} & set(first.means):
        return False
    return [token.text for token in title.tokens[first.end : first.end + 1]] == [":"]


def _sport(workout: str) -> str:
    return workout.split("_", maxsplit=1)[0]


def _stripped(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens without the signs at their ends."""
    kept = list(tokens)
    while kept and kept[0].text in {":", "/", "-", ",", ".", "+", ";", "|"}:
        kept.pop(0)
    while kept and kept[-1].text in {":", "/", "-", ",", ".", "+", ";", "|"}:
        kept.pop()
    return kept


def _figures_on_both_sides(tokens: Sequence[Token], number: int) -> bool:
    """Whether each side of a stroke says how much: "bike 60 / run 20" are both to do, "swim/bike" is a choice."""
    return all(any(token.sort in FIGURES for token in side) for side in (tokens[:number], tokens[number + 1 :]))


def _words_before_figures(tokens: Sequence[Token]) -> list[Token]:
    """Return the words that two sessions share: "Recovery" of "Recovery 6 miles a.m. 4 miles p.m."."""
    shared: list[Token] = []
    for token in tokens:
        if token.sort != "word":
            break
        shared.append(token)
    return shared


def _words_after_figures(tokens: Sequence[Token]) -> list[Token]:
    """Return the words at the end of the first of two sessions that are of the second one: "4 mi LT" before "PM"."""
    after: list[Token] = []
    for token in reversed(tokens):
        if token.sort in FIGURES:
            return after[::-1]
        if token.sort == "repeat" or token.text in {",", ";", "/", "|", ")", "*", "\n"}:
            break
        after.append(token)
    return []


def _reading(workout_class: Class, length: SessionLength, half: str, beside: float | None) -> SessionReading:
    return SessionReading(
        workout_class.workout,
        length,
        workout_class.by,
        workout_class.doubts,
        workout_class.strides,
        workout_class.hills,
        workout_class.optional,
        half,
        beside,
    )
