"""The checker's third part: dose over weeks, its seven forms written from the research and not from the engine.

Ramps, rolling maxima, gaps, streaks, ceilings of weeks, windows of races and growth, each with its own figures of the
three levels (permissive, standard, strict) as the rows DO-… have them. It knows what was done day by day, what the case
says, and what is planned; of nothing that was done anything is asked. Where the research leaves something open, the
reading stands beside the figure. A walk as the first thing (DO-92) is advice, which no plan breaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from planner.case.model import Case
from planner.results.plan import Plan
from planner.rulebook.model import Rulebook

LEVELS = ("permissive", "standard", "strict")
STRENGTH = ("lower_body", "upper_body")
LEGS = {"run", "bike", "lower_body", "plyometrics", "aqua_run", "elliptical", "rowing", "hike", "brick", "skating"}
ARMS = {"upper_body", "swim", "rowing", "climbing"}
LEAST_RUN = 20
"""Minutes: no share makes an easy run shorter than is worth it."""
SHORTEST = 15
"""Minutes: a run that a share would leave shorter is as long as this."""


class Session(NamedTuple):
    """Hold a workout on a day; `minutes` of a run-and-walk are its running part, where that is known."""

    day: date
    workout: str
    kind: str
    minutes: int
    planned: bool = False


@dataclass
class Dose:
    """Check the dose of one plan.

    `done` is what was done before it, `noted` the days of which the log tells, `known_from` the first of them that
    matters: on the day before, the case's own longest run and ride count as done.
    """

    case: Case
    rulebook: Rulebook
    plan: Plan
    done: tuple[Session, ...] = ()
    noted: frozenset[date] = frozenset()
    known_from: date | None = None

    def __post_init__(self) -> None:
        """Note what the checks look at."""
        self.level = LEVELS.index(self.case.caution)
        fitness = {key: each for key, each in self.case.fitness.model_dump().items() if isinstance(each, int)}
        self.minutes = {**self.rulebook.usual_minutes, **fitness}
        self.minutes.setdefault("longest_run_minutes", round(self.minutes["easy_run_minutes"] * 1.5))
        self.ahead = tuple(
            Session(day.date, one.workout, one.kind, running(one.minutes, one.workout, one.intervals), planned=True)
            for day in self.plan.days
            for one in day.workouts
        )
        self.staged = {one.start.date() for one in self.plan.workouts if one.stage is not None}
        self.all = sorted((*self.done, *self.ahead))
        self.first = self.plan.from_
        self.age = self.case.health.age or 0

    def pick(self, *levels: int) -> int:
        """Return the figure of the case's level."""
        return levels[self.level]

    def of(self, *names: str) -> list[Session]:
        """Return the sessions of some kinds or workouts."""
        return [one for one in self.all if one.kind in names or one.workout in names]

    def broken(self) -> list[str]:
        """Return a sentence for every row that the plan breaks."""
        forms: tuple[Callable[[], Iterator[str]], ...] = (
            self.ramps,
            self.other_ramps,
            self.rolling_maximum,
            self.gaps,
            self.streaks,
            self.week_ceilings,
            self.growth,
            self.races,
            self.other_sport_after_races,
            self.said_of_races,
            self.shares_of_long_runs,
            self.days_with_two,
            self.after_setbacks,
            self.instead_of_runs,
        )
        return [said for form in forms for said in form()]

    # --------------------------------------------------------------------------------------------------- ramps

    def breaks(self, kind: str, least: int) -> Iterator[tuple[int, date]]:
        """Yield the days of each break of a kind, and the first day back: what a log that was kept tells of.

        Whoever trains a kind once a week has six days without it each week: that is a rhythm, not a break.
        """
        asked = {"run": self.case.goals.runs, "bike": self.case.goals.bikes}.get(kind, 0)
        least = max(least, ceil(14 / asked) - 1 if asked else 0)
        fitness = self.case.fitness
        dated = {"run": fitness.last_run, "bike": fitness.last_ride, "swim": fitness.last_swim}.get(
            kind, fitness.last_strength
        )
        days = sorted({one.day for one in self.of(kind)} | ({dated} if dated else set()))
        for last, back in pairwise(days):
            off = (back - last).days - 1
            told = last == dated or any(last < day < back for day in self.noted)
            if off >= least and told:
                yield off, back

    def ramps(self) -> Iterator[str]:
        """Yield the runs after a break that are too long, too soon or too near to each other (DO-01 to DO-09)."""
        for off, back in self.breaks("run", self.pick(10, 6, 4)):
            shares, days = self.shares(off)
            since = [one for one in self.of("run") if one.day >= back and one.workout != "race"]
            for number, one in enumerate(since):
                after = (one.day - back).days
                if not one.planned:
                    continue
                if after < days and one.workout != "run_walk":
                    share = shares[after * len(shares) // days]
                    usual = self.minutes["longest_run_minutes" if one.workout == "run_long" else "easy_run_minutes"]
                    if one.minutes > max(usual * share / 100, min(LEAST_RUN, usual)):
                        yield f"DO-02 to 05: {said(one)} after {off} days, {share} % of {usual}"
                if one.workout in ("run_long", "run_hard"):
                    yield from self.too_soon(one, off, after, number, days)
            if off >= 28 and self.level == 1 and since and since[0].planned and since[0].workout != "run_walk":
                yield f"DO-06: {said(since[0])} after {off} days, not walked in turn"
            if off >= self.pick(14, 6, 6):
                near = days if self.level == 2 else 7
                for one, other in pairwise(since):
                    if other.planned and (other.day - back).days < near and (other.day - one.day).days < 2:
                        yield f"DO-07: {said(one)} and {said(other)}"

    def too_soon(self, one: Session, off: int, after: int, number: int, days: int) -> Iterator[str]:
        """Yield a hard or a long run that comes too soon after a break."""
        if one.workout == "run_hard":
            easy, least = (3, 0) if off < 14 else (4, max(10, off / 2)) if off < 28 else (4, days)
            row, least = "DO-08", days if self.level == 2 else least
        else:
            easy, least = (3, 5) if off < 14 else (0, 10) if off < 28 else (0, 21)
            row, least = "DO-09", least * (1.5 if self.level == 2 else 1)
        if self.level == 0:
            easy, least = 2, 0
        if number < easy or after < int(least):
            yield f"{row}: {said(one)}, {number} runs and {after} days after {off} days without"

    def shares(self, off: int) -> tuple[tuple[int, ...], int]:
        """Return the shares of the usual after so many days without running, and how many days they share out."""
        rows = (
            (13, ((75,), (60, 80), (50, 75)), (off // 2, off, off)),
            (27, ((60, 85), (50, 75), (40, 65)), (off, off, 2 * off)),
            (55, ((50, 60, 80), (33, 50, 75), (25, 40, 65)), (off, off, 2 * off)),
            (9999, ((33, 50, 75),) * 3, (42, 63, 84)),
        )
        _, shares, days = next(row for row in rows if off <= row[0])
        return shares[self.level], max(days[self.level], 1)

    def other_ramps(self) -> Iterator[str]:
        """Yield the rides, swims and strength sessions after a break that are too long or too hard (DO-11 to DO-14)."""
        strength = [(70,), (50, 70, 80, 90), (50, 50, 70, 80, 90)][2 if self.age > 60 and self.level else self.level]
        forms: dict[str, tuple[str, Callable[[int], tuple[int, ...]], int]] = {
            "bike": ("bike_minutes", lambda _: [(75,), (50, 75), (33, 50, 67)][self.level], self.pick(0, 20, 20)),
            "swim": (
                "swim_minutes",
                lambda off: (self.pick(*((75, 50, 30) if off < 21 else (50, 30, 25))),),
                self.pick(25, 20, 10),
            ),
            **{kind: (f"{kind}_minutes", lambda _: strength, 0) for kind in STRENGTH},
        }
        for kind, (figure, shares_of, more) in forms.items():
            for off, back in self.breaks(kind, 14):
                shares = shares_of(off)
                for one in self.of(kind):
                    week = (one.day - back).days // 7
                    if not one.planned or week < 0 or (week >= len(shares) and not more):
                        continue
                    share = shares[min(week, len(shares) - 1)] * (1 + more / 100) ** max(week - len(shares) + 1, 0)
                    workout = self.rulebook.workouts[one.workout]
                    usual = self.minutes[figure] * workout.length.percent / 100
                    # Shorter than is worth it, it would never come back.
                    if one.minutes > max(usual * min(share, 100) / 100, min(workout.least_minutes, usual)) + 1:
                        yield f"DO-11 to 14: {said(one)} in week {week + 1} after {off} days without"
                hard = [one for one in self.of("bike_hard") if kind == "bike" and one.planned and one.day >= back]
                rides = [one for one in self.of("bike") if one.day >= back]
                for one in hard:
                    easy = sum(other.day < one.day for other in rides)
                    if easy < self.pick(1, 3, 3) or (one.day - back).days < self.pick(0, 7, 14):
                        yield f"DO-12: {said(one)} after {off} days without"

    # --------------------------------------------------------------------------------------- the rolling maximum

    def rolling_maximum(self) -> Iterator[str]:
        """Yield the runs and rides that are too long for what was longest (DO-20 to DO-24, DO-52, DO-91)."""
        percent, more, days, none = [(120, 10, 30, 40), (110, 5, 30, 30), (110, 3, 21, 20)][self.level]
        away = any(off >= 14 for off, back in self.breaks("run", 14))
        for one in self.of("run"):
            if not one.planned or one.workout == "race" or (one.workout == "run_walk" and one.day not in self.staged):
                continue
            longest = self.longest("run", one.day, days, 0 if away else self.minutes["longest_run_minutes"])
            most = none if not longest else max(int(longest * percent / 100), longest + more)
            if one.minutes > max(min(most, self.pick(180, 150, 120)), min(LEAST_RUN, self.minutes["easy_run_minutes"])):
                yield f"DO-20 to 23, 52: {said(one)}, where the longest was {longest}"
        for one in self.of("bike") if self.level else ():
            longest = self.longest("bike", one.day, 30, self.minutes["bike_minutes"])
            if one.planned and longest and one.minutes > max(longest * 1.25, longest + self.pick(0, 30, 15)):
                yield f"DO-91: {said(one)}, where the longest was {longest}"

    def longest(self, kind: str, day: date, days: int, own: int) -> int:
        """Return the longest session of a kind in the days before one; what the case says counts on its day."""
        found = [one.minutes for one in self.of(kind) if 0 < (day - one.day).days <= days]
        known = self.known_from or self.first
        if (day - known).days < days:
            found.append(own)
        return max(found, default=0)

    # --------------------------------------------------------------------------------------------- gaps, streaks

    def gaps(self) -> Iterator[str]:
        """Yield what stands too near to its like (DO-26, DO-80 to DO-88)."""
        older = self.age > 60 and self.level
        rules: list[tuple[str, int, Iterable[Session]]] = [
            ("DO-26", self.pick(5, 5, 7), self.of("run_long")),
            ("DO-81", self.pick(2, 3, 4), self.of("plyometrics")),
            ("DO-82, 87", 3 if older else self.pick(2, 2, 3), [one for one in self.all if self.hard(one)]),
            *(("DO-80, 86", self.pick(1, 2, 3), self.of(kind)) for kind in STRENGTH),
        ]
        for injury in self.case.injury:
            region = self.rulebook.regions[injury.region]
            if injury.severity != "mild" and region.group == "leg":
                rules.append(("DO-53", 2, [one for one in self.of("run") if one.workout != "race"]))
            loading = [
                one
                for one in self.all
                if one.kind not in ("run", "walk", "mobility")
                and self.rulebook.workouts[one.workout].load[injury.region] >= 2
            ]
            if injury.severity != "mild":
                rules.append(("DO-84", self.pick(1, 2, 2), loading))
        since = self.case.fitness.running_since
        if since is not None and (self.first - since).days <= 90 and self.level:
            rules.append(("DO-88", 2, [one for one in self.of("run") if one.workout != "race"]))
            yield from (f"DO-88: {said(one)}" for one in self.of("run_hard") if one.planned)
        for row, days, there in rules:
            for one, other in pairwise(there):
                if other.planned and (other.day - one.day).days < days:
                    yield f"{row}: {said(one)} and {said(other)}"
        yield from self.arms_apart()
        for one in self.of("run_hard", "run_long") if self.level else ():
            for legs in self.of("lower_body"):
                if one.planned and 0 < (one.day - legs.day).days < self.pick(1, 2, 3):
                    yield f"DO-85: {said(legs)} before {said(one)}"

    def arms_apart(self) -> Iterator[str]:
        """Yield the arm work of neighbouring days in the first weeks of an injured shoulder, neck or elbow (DO-83).

        The weeks count from the first swim or upper-body session that is known, and anew from a limp or a morning
        worse by two, which are setbacks whatever hurts.
        """
        hurt = {"shoulder", "neck", "elbow"} & {injury.region for injury in self.case.injury}
        bad = [entry for entry in self.case.log if entry.region in hurt]
        anew = [entry.date for entry in bad if entry.limp or (entry.next_morning or 0) >= 2]
        arms = self.of("swim", "upper_body") if hurt and self.level else []
        for one, other in pairwise(arms):
            soon = any(0 <= (other.day - day).days < self.pick(0, 14, 28) for day in (arms[0].day, *anew))
            if other.planned and soon and (other.day - one.day).days < 2:
                yield f"DO-83: {said(one)} and {said(other)}"

    def hard(self, one: Session) -> bool:
        """Whether a session is a hard one, or a race."""
        return self.rulebook.workouts[one.workout].hard

    def streaks(self) -> Iterator[str]:
        """Yield the days in a row that are too many (DO-53, DO-54)."""
        mild = any(
            injury.severity == "mild" and self.rulebook.regions[injury.region].group in ("leg", "trunk")
            for injury in self.case.injury
        )
        most = self.pick(4, 3, 2) if mild else self.pick(6, 6, 2)
        yield from self.too_many("DO-53", {one.day: one.planned for one in self.of("run")}, most)
        any_kind = {one.day: one.planned for one in self.all if one.kind not in ("walk", "mobility")}
        yield from self.too_many("DO-54", any_kind, self.pick(7, 6, 5))

    def too_many(self, row: str, days: dict[date, bool], most: int) -> Iterator[str]:
        """Yield a planned day that is one too many in a row."""
        for day, planned in days.items():
            if planned and all(day - timedelta(days=number) in days for number in range(most + 1)):
                yield f"{row}: {day} is day {most + 1} in a row"

    # --------------------------------------------------------------------------------------------------- weeks

    def week(self, begins: date) -> int:
        """Return the running minutes of the week that begins on a day, races left out."""
        return sum(
            one.minutes
            for one in self.of("run")
            if one.workout != "race" and begins <= one.day < begins + timedelta(days=7)
        )

    def weeks_ahead(self) -> Iterator[tuple[date, list[int] | None]]:
        """Yield each week of the plan with the minutes of the four before it, None where they are not all known."""
        begins = self.plan.weeks_from
        while begins + timedelta(days=6) <= self.plan.to:
            before = [begins - timedelta(days=7 * number) for number in (4, 3, 2, 1)]
            known = self.known_from is not None and self.known_from <= before[0]
            yield begins, [self.week(each) for each in before] if known else None
            begins += timedelta(days=7)

    def usual_week(self) -> int:
        """Return the minutes of all runs that are asked for, each as long as usual."""
        goals = self.case.goals
        long = self.minutes["longest_run_minutes"] if goals.runs and goals.long_run else 0
        return max(goals.runs - bool(long), 0) * self.minutes["easy_run_minutes"] + long

    def week_ceilings(self) -> Iterator[str]:
        """Yield the weeks with too much running for the weeks before (DO-50)."""
        percent = self.pick(1000, 130, 110)
        for begins, before in self.weeks_ahead():
            # Where the four are not all known the usual week stands for them; planned weeks count, where they are more.
            usual = self.usual_week()
            four = [begins - timedelta(days=7 * number) for number in (4, 3, 2, 1)]
            held = before or [max(self.week(each), usual) for each in four]
            best = max(held[-1], sum(held) / 4)
            back = any(off >= 7 and begins - timedelta(days=35) < day for off, day in self.breaks("run", 7))
            if best and not back and self.week(begins) > max(best * percent / 100, LEAST_RUN):
                yield f"DO-50: {self.week(begins)} minutes in the week from {begins}, where {best:.0f} are the measure"

    def growth(self) -> Iterator[str]:
        """Yield the weeks below the usual one that grow by too much, or too often in a row (DO-40, DO-42).

        A week grows from the best of the four before it: after a taper or a lighter week it may be what it was.
        """
        percent, more = self.pick(20, 10, 10), self.pick(20, 15, 15)
        usual, since = self.usual_week(), self.case.fitness.running_since
        if since is not None and (self.first - since).days <= 365:
            # A new runner grows beyond it without asking, to runs of half an hour, where beginners' programmes end.
            usual = max(usual, self.case.goals.runs * 30)
        for begins, before in self.weeks_ahead():
            if before is None or any(begins - timedelta(days=35) < back for _, back in self.breaks("run", 7)):
                continue
            most = min(usual, max(max(before) * (1 + percent / 100), max(before) + more))
            if max(before) and self.week(begins) > max(most, *before):
                yield f"DO-40: {self.week(begins)} minutes in the week from {begins}, after {before}"
            grew = [later > one for one, later in pairwise([*before, self.week(begins)])]
            if self.level == 1 and all(grew) and self.week(begins) < usual and self.week(begins) > 1.1 * before[-1]:
                yield f"DO-42: four growing weeks in a row up to that from {begins}"

    # --------------------------------------------------------------------------------------------------- races

    def races(self) -> Iterator[str]:
        """Yield what stands too near to a race, before and after it (DO-60 to DO-67)."""
        times = 1.5 if self.age > 60 and self.level else 1
        named = {race.date: race for race in self.case.races}
        easy = self.minutes["easy_run_minutes"]
        for race in self.of("race"):
            told = named.get(race.day)
            minutes = (told.minutes if told is not None and race.planned else None) or race.minutes
            goal = minutes > easy if told is None or told.goal is None else told.goal
            after = self.nothing_after(minutes)
            quality = max(self.pick(ceil(minutes / 15), ceil(minutes / 10), ceil(minutes / 8)), 2)
            for one in self.ahead:
                apart = (one.day - race.day).days
                if one.day == race.day and one.workout != "race":
                    yield f"{said(one)} on the day of a race"
                if 0 < apart < ceil(quality * times) and (
                    one.workout in ("run_hard", "bike_hard", "plyometrics")
                    or (one.workout == "run_long" and minutes <= 150)
                ):
                    yield f"DO-60: {said(one)}, {apart} days after {minutes} minutes"
                if 0 < apart < ceil(after * times) and one.kind == "run":
                    yield f"DO-61: {said(one)}, {apart} days after {minutes} minutes"
                if minutes > 150 and one.workout == "run_long" and 0 < apart < self.pick(14, 21, 28):
                    yield f"DO-63: {said(one)}, {apart} days after {minutes} minutes"
                if 0 < -apart <= ceil(self.pick(2, 3, 5) * times) and self.hard(one):
                    yield f"DO-67: {said(one)}, {-apart} days before a race"
                last_long = (5, 6, 7) if minutes <= 90 else (7, 10, 14) if minutes <= 150 else (10, 14, 21)
                if goal and one.workout == "run_long" and 0 < -apart <= ceil(self.pick(*last_long) * times):
                    yield f"DO-66: {said(one)}, {-apart} days before a race"
            yield from self.weeks_around(race.day, minutes, goal=goal)

    def other_sport_after_races(self) -> Iterator[str]:
        """Yield the rides, swims and leg strength that come too soon or are too much after a long race (DO-64)."""
        times = 1.5 if self.age > 60 and self.level else 1
        for race, minutes in ((race, self.raced(race)) for race in self.of("race")):
            legs = self.pick(3, 10 if minutes > 150 else 4, 14)
            for one in self.ahead if minutes > 90 else ():
                apart = (one.day - race.day).days
                if one.kind in ("bike", "swim") and 0 < apart < ceil(self.pick(1, 2, 3) * times):
                    yield f"DO-64: {said(one)}, {apart} days after {minutes} minutes"
                if one.kind in ("bike", "swim") and 0 < apart <= 7 and self.level and one.minutes > 45:
                    yield f"DO-64: {said(one)} in the week after {minutes} minutes"
                if one.kind == "lower_body" and 0 < apart < ceil(legs * times):
                    yield f"DO-64: {said(one)}, {apart} days after {minutes} minutes"

    def raced(self, race: Session) -> int:
        """Return the minutes of a race: of one to come as the case has them."""
        told = next((one for one in self.case.races if one.date == race.day), None)
        return (told.minutes if told is not None and race.planned else None) or race.minutes

    def said_of_races(self) -> Iterator[str]:
        """Yield the races of which nothing is said though they are longer than trained, or soon after a break.

        What is too long is a remark (DO-70), what nobody is prepared for stands above the plan (DO-71, DO-72). What was
        run in the 42 days before the plan counts, and what the case says of the longest run.
        """
        hurt = bool(self.case.injury)
        own = self.minutes["longest_run_minutes"]
        ran = [one for one in self.of("run") if one.workout != "race"]
        for race in (one for one in self.of("race") if one.planned):
            minutes = self.raced(race)
            longest = max([own, *(one.minutes for one in ran if 0 < (race.day - one.day).days <= 42)])
            named = [text for text in (*self.plan.alerts, *self.plan.notes) if f"{race.day:%-d %b}" in text]
            above = [text for text in self.plan.alerts if text in named]
            unready = ((2.3, 2.3), (1.7, 1.5), (1.5, 1.3))[self.level][hurt]
            if minutes > longest * unready and not above:
                yield f"DO-71: nothing above the plan on {race.day}, {minutes} minutes after {longest}"
            elif minutes > longest * (1.5, 1.3, 1.25)[self.level] and not named:
                yield f"DO-70: nothing on {race.day}, {minutes} minutes after {longest}"
            soon = self.pick(0, 14, 28)
            if any(0 <= (race.day - back).days < soon for _, back in self.breaks("run", 14)) and not above:
                yield f"DO-72: nothing above the plan on {race.day}, soon after a break"

    def shares_of_long_runs(self) -> Iterator[str]:
        """Yield the whole weeks whose long run is too much of the running, where no note says so (DO-51)."""
        if self.level == 0:
            return
        for begins, _ in self.weeks_ahead():
            end = begins + timedelta(days=7)
            runs = [one for one in self.of("run") if begins <= one.day < end and one.workout != "race"]
            long = sum(one.minutes for one in runs if one.workout == "run_long")
            if len(runs) < 2 or not any(one.planned and one.workout == "run_long" for one in runs):
                continue
            most = ((55, 50), (45, 40), (35, 30))[min(max(len(runs) - 3, 0), 2)][self.level - 1]
            share = 100 * long / sum(one.minutes for one in runs)
            if share > most + 1 and not any("long run" in note and "%" in note for note in self.plan.notes):
                yield f"DO-51: the long run is {share:.0f} % of the week from {begins}"

    def days_with_two(self) -> Iterator[str]:
        """Yield the days with two runs, or with two hard workouts, that the plan makes (DO-55)."""
        yield from self.parts_twice_a_day()
        if self.case.sessions or self.case.goals.two_a_day:
            return
        for day in sorted({one.day for one in self.ahead}):
            there = [one for one in self.ahead if one.day == day]
            for name, alike in (("runs", self.of("run")), ("hard", [one for one in there if self.hard(one)])):
                if sum(one.day == day and one.planned for one in alike) > 1:
                    yield f"DO-55: two {name} on {day}"

    def parts_twice_a_day(self) -> Iterator[str]:
        """Yield too many workouts of a day, and what follows too soon on work of the same part."""
        parts = (LEGS, ARMS)
        for day in self.plan.days if not self.case.sessions else ():
            planned = sorted((one for one in day.workouts if not one.by_hand), key=lambda one: one.start)
            if sum(one.kind not in ("walk", "mobility") for one in planned) > self.pick(3, 2, 1):
                yield f"DO-55: {len(planned)} workouts on {day.date}"
            for part in parts:
                there = [one for one in planned if one.kind in part and one.workout != "race"]
                for one, other in pairwise(there):
                    if other.start - one.end < timedelta(hours=self.pick(3, 6, 6)):
                        yield f"DO-55: {one.workout} and {other.workout} on {day.date}"

    def after_setbacks(self) -> Iterator[str]:
        """Yield the long runs after a setback that are more than their step of the longest before it (DO-25).

        A limp, or a next morning worse by two, is a setback whatever hurts; the first long run after it is no longer
        than the first step, the second than the second, as long as the steps were good.
        """
        steps = ((75,), (60, 80), (50, 65, 80))[self.level]
        legs = {injury.region for injury in self.case.injury if self.rulebook.regions[injury.region].group == "leg"}
        bad = [entry.date for entry in self.case.log if entry.limp or (entry.next_morning or 0) >= 2]
        for day in bad[-1:] if legs else ():
            own = self.minutes["longest_run_minutes"]
            longest = self.longest("run", day + timedelta(days=1), 30, own) or own
            since = [one for one in self.of("run_long") if one.day > day and (one.day - day).days <= 42]
            for one, percent in zip(since, steps, strict=False):
                if one.planned and one.minutes > longest * percent / 100:
                    yield f"DO-25: {said(one)} after the setback of {day}, where the longest was {longest}"

    def instead_of_runs(self) -> Iterator[str]:
        """Yield the first rides in place of runs that are too long for whom riding is new (DO-90).

        Nothing is made up for a run that was missed: no week has more runs than were asked for (DO-93).
        """
        goals = self.case.goals
        if not goals.bikes and self.case.fitness.bike_minutes is None and not self.case.sessions:
            rides = self.of("bike")
            for number, one in enumerate(rides):
                lately = [other for other in rides[:number] if (one.day - other.day).days <= 30]
                most = self.pick(45, 30, 15) + max(len(lately) - 2, 0) * self.pick(15, 10, 5)
                if one.planned and one.minutes > max(most, self.rulebook.workouts[one.workout].least_minutes):
                    yield f"DO-90: {said(one)}, the ride number {len(lately) + 1}"
        for begins, _ in self.weeks_ahead():
            runs = [one for one in self.of("run") if begins <= one.day < begins + timedelta(days=7)]
            races = sum(one.workout == "race" for one in runs)
            if any(one.planned for one in runs) and len(runs) > max(
                goals.runs, races, sum(not one.planned for one in runs)
            ):
                yield f"DO-93: {len(runs)} runs in the week from {begins}, where {goals.runs} were asked for"

    def nothing_after(self, minutes: int) -> int:
        """Return for how many days after a race nobody runs."""
        row = next(number for number, most in enumerate((40, 90, 150, 9999)) if minutes <= most)
        return [(0, 1, 2, 3), (1, 2, 3, 7), (2, 3, 5, 10)][self.level][row]

    def weeks_around(self, day: date, minutes: int, *, goal: bool) -> Iterator[str]:
        """Yield the weeks around a race with more of the usual running than is left of it (DO-62, DO-65)."""
        if self.level == 0:
            return
        rows: list[tuple[int, list[tuple[int, int, int]], list[tuple[int, int, int]]]] = [
            (40, [(7, 0, 70)], []),
            (90, [(7, 0, 70)], [(1, 8, 75)]),
            (150, [(10, 0, 60)], [(1, 8, 50), (8, 15, 75)]),
            (9999, [(14, 7, 60), (7, 0, 40)], [(1, 8, 25), (8, 15, 60), (15, 22, 90)]),
        ]
        _, before, after = next(row for row in rows if minutes <= row[0])
        spans = [(day - timedelta(days=far), day - timedelta(days=near), share) for far, near, share in before if goal]
        if self.level == 1 and (goal or minutes > 90):
            spans += [(day + timedelta(days=near), day + timedelta(days=far), share) for near, far, share in after]
        for first, end, share in spans:
            ran = [one for one in self.of("run") if first <= one.day < end and one.workout != "race"]
            ran = [one for one in ran if one.day != day]
            most = self.usual_week() * share / 100 * max((end - first).days / 7, 1)
            most = max(most, sum(min(one.minutes, SHORTEST) for one in ran))
            if any(one.planned for one in ran) and sum(one.minutes for one in ran) > most + 1:
                total = sum(one.minutes for one in ran)
                yield f"DO-62, 65: {total} minutes of running from {first} up to {end}, {share} % of the usual week"


def running(minutes: int, workout: str, intervals: str | None) -> int:
    """Return the minutes of running of a workout: of `3 x (6 min walk, 4 min run)` they are twelve."""
    if workout != "run_walk" or intervals is None:
        return minutes
    found = re.search(r"(\d+) \S \(\d+ min walk, (\d+) min run\)", intervals)
    return minutes if found is None else int(found[1]) * int(found[2])


def said(one: Session) -> str:
    """Return which session is meant."""
    return f"{one.workout} of {one.minutes} minutes on {one.day}"
