"""A second, deliberately simple checker of finished plans, independent of the engine.

`broken` says in sentences every cap and every hard constraint that a plan breaks. It loops over rules, treatments and
workouts with plain datetimes in UTC and derives every window from the rule data again. Of the engine it uses only
data: the models of case, rulebook and plan, the start windows of a day (`Availability.on`: which text of the case holds
on a date), and the figures of a coach for what `[fitness]` does not give (`Rulebook.usual_minutes`, of which a second
one would only be a copy). What a log changes (see `progression.toml`) `checker_log` knows, what danger signs forbid
`checker_flags`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise, permutations
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from planner.appointments.booked import BusyBlock
from planner.candidates.wishes import LONGEST_RUN_SHARE
from planner.case.entries import TreatmentEntry
from planner.case.model import Case, Injury, Race
from planner.clock import Minutes
from planner.results.plan import Plan, PlanDay, PlannedWorkout
from planner.rulebook.figures import AppliesTo, AroundRace, Check, Longest, When
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Numbers, Rule
from tests.checker_dose import running
from tests.ics_parse import events, moment

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS = {"hours": 1, "days": 24, "weeks": 7 * 24}
EFFORTS = ["very_easy", "easy", "moderate", "hard"]
IMPACTS = ["none", "low", "moderate", "high"]
COUNTED = {
    "runs": "run",
    "bikes": "bike",
    "upper_body": "upper_body",
    "swims": "swim",
    "lower_body": "lower_body",
    "core": "core",
    "mobility": "mobility",
    "walks": "walk",
}
SPECIAL = {"run_hard": "hard_runs", "bike_hard": "hard_bikes"}
PERSONAL = {"age_years_over", "running_days_at_most", "healed_within_days"}
"""What a rule about training may ask of a person; one that asks nothing of a part of the body holds for everybody."""
LONG_ENOUGH = 10_000
"""Minutes that nothing lasts."""
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2200, 1, 1, tzinfo=UTC)
REMEMBERED = timedelta(hours=72)
"""A break that ended within so long before the plan still has its first run back ahead."""


@dataclass(frozen=True)
class Treated:
    """Hold one treatment at its time in UTC; of a whole day, from its first moment to its last."""

    kind: str
    region: str
    day: date
    start: datetime
    end: datetime
    whole_day: bool
    dose: str
    tissues: set[str]
    graded: bool
    side: str | None
    severity: str
    cleared: date | None


@dataclass(frozen=True)
class Speaks:
    """Hold one rule about one treated or injured region, from when to when in UTC."""

    rule: Rule
    region: str
    opens: datetime
    closes: datetime


def broken(
    case: Case,
    rulebook: Rulebook,
    plan: Plan,
    busy: Sequence[BusyBlock] = (),
    files: Mapping[str, bytes] | None = None,
) -> list[str]:
    """Return a sentence for every cap or hard constraint that a plan breaks; none for a good plan.

    `files` holds the calendars that the case names: single events, which are read here once more.
    """
    checker = Checker(case, rulebook, plan, files)
    return [
        *checker.busy_times(busy),
        *checker.times(),
        *checker.start_windows(),
        *checker.treatments_themselves(),
        *checker.rule_windows(),
        *checker.single_runs(),
        *checker.longest_so_far(),
        *checker.around_races(),
        *checker.first_runs_back(),
        *checker.days_before_races(),
        *checker.days_with_several(),
        *checker.weeks(),
        *checker.spacing(),
    ]


class Checker:
    """Check one plan, one kind of constraint a method."""

    def __init__(self, case: Case, rulebook: Rulebook, plan: Plan, files: Mapping[str, bytes] | None = None) -> None:
        self.case = case
        self.files = files or {}
        self.rulebook = rulebook
        self.plan = plan
        self.part = Fraction(1)
        """How many days of a week its wishes are for."""
        self.tz = ZoneInfo(case.timezone)
        self.minutes = self.figures()
        self.injuries = [(self.region(injury.region), injury) for injury in case.injury]
        self.treated = list(self.treatments())
        self.speaking = list(self.windows())

    # ------------------------------------------------------------------------------------- case and rules, again

    def utc(self, local: datetime) -> datetime:
        """Return a local time in UTC: in a gap counted on from before it, of two the first."""
        return (local if local.tzinfo else local.replace(tzinfo=self.tz)).astimezone(UTC)

    def figures(self) -> dict[str, int]:
        """Return the minutes that the case says the person can do, a coach's guess where it says nothing."""
        given = {key: value for key, value in self.case.fitness.model_dump().items() if value is not None}
        figures = {**self.rulebook.usual_minutes, **given}
        figures.setdefault("longest_run_minutes", round(figures["easy_run_minutes"] * LONGEST_RUN_SHARE))
        return {**figures, "race_minutes": figures["longest_run_minutes"]}

    def midnight(self, day: date) -> datetime:
        """Return in UTC when a local day begins."""
        return self.utc(datetime.combine(day, time()))

    def region(self, name: str) -> str:
        """Return the rulebook's own name of a region."""
        return self.rulebook.names.find("regions", name) or name

    def treatments(self) -> Iterator[Treated]:
        """Yield every treatment of the case, series spread out."""
        for entry in self.case.treatments:
            for start in self.series(entry):
                yield self.one(entry, start)
            for start, end in self.appointments(entry):
                treated = self.one(entry, start)
                yield replace(treated, end=end) if end is not None and entry.minutes is None else treated

    def series(self, entry: TreatmentEntry) -> Iterator[datetime | date]:
        """Yield the local starts of an entry, up to two months past the plan."""
        repeat, first = entry.repeat, entry.start
        if first is None:
            return
        horizon = self.plan.to + timedelta(days=60)
        if repeat is None:
            yield first
        elif repeat.rrule is not None:
            whole_day = not isinstance(first, datetime)
            begin = first if isinstance(first, datetime) else datetime.combine(first, time())
            for moment in rrulestr(repeat.rrule, dtstart=begin):
                if moment.date() > horizon:
                    return
                yield moment.date() if whole_day else moment
        else:
            number, unit = re.fullmatch(r"(\d*) ?(day|week)s?", (repeat.every or "").strip()).groups()  # type: ignore[union-attr]
            step = timedelta(days=int(number or 1) * (7 if unit == "week" else 1))
            at, count = first, 0
            while (day := at.date() if isinstance(at, datetime) else at) <= horizon:
                if (repeat.count is not None and count >= repeat.count) or (repeat.until and day > repeat.until):
                    return
                yield at
                at, count = at + step, count + 1

    def appointments(self, entry: TreatmentEntry) -> Iterator[tuple[datetime | date, datetime | None]]:
        """Yield the start of each event of an entry's calendar, and its end where it has a time of day."""
        for event in events(self.files[entry.calendar]) if entry.calendar else ():
            begins, ends = (moment(line) if line else None for line in (event.one("DTSTART"), event.one("DTEND")))
            assert begins is not None, "a single event with a start"
            yield begins, ends if isinstance(ends, datetime) and ends != begins else None

    def one(self, entry: TreatmentEntry, start: datetime | date) -> Treated:
        """Return one treatment of an entry."""
        kind = self.rulebook.treatments[self.rulebook.names.find("treatments", entry.kind) or entry.kind]
        region = self.region(entry.region or self.case.injury[0].region)
        side = entry.side or (None if entry.region else self.case.injury[0].side)
        tissues, graded = self.treated_tissues(entry.tissue or kind.tissue, region, side)
        whole_day = not isinstance(start, datetime)
        if isinstance(start, datetime):
            begins = self.utc(start)
            ends = begins + timedelta(minutes=entry.minutes or kind.minutes)
        else:
            begins, ends = self.midnight(start), self.midnight(start + timedelta(days=1))
        return Treated(
            kind=kind.id,
            region=region,
            day=begins.astimezone(self.tz).date(),
            start=begins,
            end=ends,
            whole_day=whole_day,
            dose=entry.dose,
            tissues=tissues,
            graded=graded,
            side=side,
            severity=self.severity(entry.dose, region),
            cleared=entry.cleared,
        )

    def same_place(self, one: str, other: str) -> bool:
        """Whether two regions are one, or one of them counts as the other, as `rules/README.md` says it."""
        regions = self.rulebook.regions
        return one == other or other in regions[one].counts_as or one in regions[other].counts_as

    def treated_tissues(self, tissue: str | None, region: str, side: str | None) -> tuple[set[str], bool]:
        """Return the tissues that may have been treated, and whether running on a bone among them is graded."""
        own = self.rulebook.regions[region]
        found: set[str] = {own.tissue}
        bones = []
        for name, injury in self.injuries:
            if self.same_place(name, region) and {side, injury.side} != {"left", "right"}:
                hurt = self.rulebook.regions[name]
                found.add(injury.tissue or hurt.tissue)
                if (injury.tissue or hurt.tissue) == "bone":
                    bones.append(hurt.graded if injury.graded is None else injury.graded)
        return ({tissue} if tissue else found), (all(bones) if bones else own.graded)

    def severity(self, dose: str, region: str) -> str:
        """Return how severe a session is, as `rules/README.md` says it."""
        group = self.rulebook.regions[region].group
        near = [injury.severity for name, injury in self.injuries if self.rulebook.regions[name].group == group]
        if dose == "heavy" or "severe" in near:
            return "severe"
        if dose == "light" and "moderate" not in near:
            return "mild"
        return "moderate"

    def figure(self, rule: Rule, name: str) -> Any:
        """Return a number of a rule: a clinician's where the case has one, else that of its level of caution."""
        word = self.case.rules.override.get(rule.id)
        if word is not None and name in word.model_fields_set:
            return getattr(word, name)
        unit, _, side = name.partition("_")
        if word is not None and unit in UNITS and any(f"{each}_{side}" in word.model_fields_set for each in UNITS):
            # Their window, in whichever unit, stands in place of the rule's own.
            return None
        variant = getattr(rule, self.case.caution) if self.case.caution != "standard" else None
        return getattr(variant if variant is not None and name in variant.model_fields_set else rule, name)

    def rules(self) -> list[Rule]:
        """Return the rules that hold at the case's level of caution."""
        level = self.case.caution
        variants = [
            (rule, getattr(rule, level) if level != "standard" else None) for rule in self.rulebook.rules.values()
        ]
        words = self.case.rules.override
        return [
            rule
            for rule, variant in variants
            if (not words[rule.id].away if rule.id in words else holds(rule, variant))
        ]

    def windows(self) -> Iterator[Speaks]:
        """Yield every rule against everything that it speaks about."""
        longer = max((self.figure(rule, "longer_by_hours") or 0 for rule in self.rules()), default=0)
        for rule in self.rules():
            if rule.about not in {"injury", "treatment"}:
                continue
            if rule.about == "injury":
                for name, injury in self.injuries:
                    if self.about_injury(rule.when, name, injury):
                        yield Speaks(rule, name, LONG_AGO, FAR_AHEAD)
                continue
            for one in self.treated:
                if not self.about_treatment(rule.when, one):
                    continue
                same = [other for other in self.treated if self.counts_as_twice(one, other)]
                for opens, closes in self.spans(rule, one, longer if len(same) > 1 else 0):
                    yield Speaks(rule, one.region, opens, closes)

    def counts_as_twice(self, one: Treated, other: Treated) -> bool:
        """Whether two treatments are of one part on one day, and both of a kind that a rule makes longer for it."""
        if one.day != other.day:
            return False
        longer = [rule for rule in self.rules() if self.figure(rule, "longer_by_hours")]
        counted = all(any(self.about_treatment(rule.when, each) for rule in longer) for each in (one, other))
        same = self.same_place(one.region, other.region) and {one.side, other.side} != {"left", "right"}
        return counted and same

    def spans(self, rule: Rule, one: Treated, longer: float) -> Iterator[tuple[datetime, datetime]]:
        """Yield from when to when a rule speaks about one treatment."""
        for unit, hours in UNITS.items():
            after = self.figure(rule, f"{unit}_after")
            if after is not None:
                first, last = after[0] * hours, after[1] * hours
                closes = one.end + timedelta(hours=last + (longer if last >= 24 else 0))
                if rule.until_cleared:
                    closes = max(closes, FAR_AHEAD if one.cleared is None else self.midnight(one.cleared))
                yield (one.start if one.whole_day else one.end) + timedelta(hours=first), closes
            before = self.figure(rule, f"{unit}_before")
            if before is not None:
                last = one.end if one.whole_day else one.start
                yield one.start - timedelta(hours=before[0] * hours), last - timedelta(hours=before[1] * hours)
        if rule.during:
            yield one.start, one.end

    def about_treatment(self, when: When, one: Treated) -> bool:
        """Whether a rule speaks about a treatment."""
        if when.treatments is not None and one.kind not in when.treatments:
            return False
        if when.traits is not None and not set(when.traits) & set(self.rulebook.treatments[one.kind].traits):
            return False
        if when.severities is not None and one.severity not in when.severities:
            return False
        if when.doses is not None and one.dose not in when.doses:
            return False
        if when.blood_thinners is not None and when.blood_thinners != self.case.health.blood_thinners:
            return False
        if when.health is not None and not any(getattr(self.case.health, fact) for fact in when.health):
            return False
        return self.about_place(when, one.region, one.tissues, graded=one.graded)

    def about_injury(self, when: When, region: str, injury: Injury) -> bool:
        """Whether a rule that needs no treatment speaks about an injury."""
        if when.treatments is not None or when.traits is not None:
            return False
        if when.doses is not None or when.blood_thinners is not None or when.health is not None:
            return False
        if not self.about_person(when):
            return False
        if when.severities is not None and injury.severity not in when.severities:
            return False
        own = self.rulebook.regions[region]
        graded = own.graded if injury.graded is None else injury.graded
        return self.about_place(when, region, {injury.tissue or own.tissue}, graded=graded)

    def about_person(self, when: When) -> bool:
        """Whether a rule about training speaks about this person: their age, and since when they run or are healed."""
        begins, age, since = self.plan.from_, self.case.health.age, self.case.fitness.running_since
        if when.age_years_over is not None and (age is None or age <= when.age_years_over):
            return False
        if when.running_days_at_most is not None:
            return since is not None and begins - since <= timedelta(days=when.running_days_at_most)
        if when.healed_within_days is None:
            return True
        healed = [injury.healed for injury in self.case.injury if injury.healed is not None]
        return any(timedelta(0) <= begins - day <= timedelta(days=when.healed_within_days) for day in healed)

    def about_place(self, when: When, name: str, tissues: set[str], *, graded: bool) -> bool:
        """Whether a rule speaks about a region and any of its tissues."""
        region = self.rulebook.regions[name]
        if name in when.except_regions:
            return False
        if when.regions is not None and not set(when.regions) & {name, *region.counts_as}:
            return False
        if when.graded is not None and when.graded != graded:
            return False
        if when.groups is not None and region.group not in when.groups:
            return False
        if when.tissues is not None and not tissues & set(when.tissues):
            return False
        return when.chest_wall is None or when.chest_wall == region.chest_wall

    def concerns(self, applies_to: AppliesTo, key: str, load: int) -> bool:
        """Whether a rule's caps are about a workout."""
        kind = self.rulebook.workouts[key].kind
        like = {key, *self.rulebook.workouts[key].counts_as}
        kinds = {self.rulebook.workouts[each].kind for each in like}
        if key in applies_to.except_workouts or kind in applies_to.except_kinds or load < applies_to.load_at_least:
            return False
        if applies_to.workouts is None and applies_to.kinds is None:
            return True
        return bool(like & set(applies_to.workouts or ()) or kinds & set(applies_to.kinds or ()))

    def forbids(self, rule: Rule, region: str, key: str) -> str | None:
        """Return by which of its caps a rule rules a workout out altogether, or None."""
        workout = self.rulebook.workouts[key]
        load = workout.load[region]
        if not self.concerns(rule.applies_to, key, load):
            return None
        max_load, max_impact = self.figure(rule, "max_load"), self.figure(rule, "max_impact")
        max_intensity, max_minutes = self.figure(rule, "max_intensity"), self.figure(rule, "max_minutes")
        like = {key, *workout.counts_as}
        kinds = {self.rulebook.workouts[each].kind for each in like}
        if kinds & set(rule.rules_out) or like & set(rule.rules_out_workouts):
            return "names it"
        if rule.allows_only is not None and workout.kind not in rule.allows_only:
            return "allows only others"
        if max_load is not None and load > max_load:
            return f"allows load {max_load} on {region}, and it has {load}"
        if max_impact is not None and IMPACTS.index(workout.impact) > IMPACTS.index(max_impact):
            return f"allows impact {max_impact}, and it has {workout.impact}"
        if max_intensity is not None and EFFORTS.index(workout.least_intensity) > EFFORTS.index(max_intensity):
            return f"allows effort {max_intensity}, and it cannot be done so gently"
        if max_minutes is not None and max_minutes < workout.least_minutes:
            return f"allows {max_minutes} minutes, too short to be worth it"
        return None

    def training_rules(self) -> list[Rule]:
        """Return the rules without a treatment that speak about this person; what is treated counts as injured."""
        groups = {self.rulebook.regions[name].group for name, _ in self.injuries}
        treated = [
            self.region(entry.region)
            for entry in self.case.treatments
            if entry.region is not None
            and self.rulebook.treatments[self.rulebook.names.find("treatments", entry.kind) or entry.kind].treats_injury
        ]
        hurt = [
            *self.injuries,
            *(
                (name, Injury(region=name))
                for name in treated
                # What is done to the whole body is for no injury.
                if self.rulebook.regions[name].group not in groups and not self.rulebook.regions[name].whole
            ),
        ]
        return [
            rule
            for rule in self.rules()
            if (not rule.when.model_dump(exclude_none=True).keys() - PERSONAL and self.about_person(rule.when))
            or any(self.about_injury(rule.when, name, one) for name, one in hurt)
        ]

    # ------------------------------------------------------------------------------------------- the constraints

    def workouts(self) -> Iterator[tuple[date, PlannedWorkout, datetime, datetime]]:
        """Yield every workout with its day, and its start and end in UTC."""
        for day in self.plan.days:
            for workout in day.workouts:
                yield day.date, workout, workout.start.astimezone(UTC), workout.end.astimezone(UTC)

    def times(self) -> Iterator[str]:
        """Yield what is wrong with the times of single workouts and days."""
        dates = [day.date for day in self.plan.days]
        if dates != [self.plan.from_ + timedelta(days=number) for number in range(len(dates))]:
            yield "the days do not follow one another"
        for day, workout, start, end in self.workouts():
            name = said(day, workout)
            if end != start + timedelta(minutes=workout.minutes):
                yield f"{name} does not last {workout.minutes} real minutes"
            if not exists(workout.start, self.tz):
                yield f"{name} starts at a local time that the clock change skips"
            if start.astimezone(self.tz).date() != day:
                yield f"{name} does not start on its day"
            if workout.workout != "race" and end > self.midnight(day + timedelta(days=1)):
                yield f"{name} does not end on its day"
            entry = self.rulebook.workouts[workout.workout]
            usual = round(self.minutes[entry.length.fitness] * entry.length.percent / 100)
            least = min(entry.least_minutes, usual)
            if entry.kind == "run" and not entry.long:
                # A first run back may be shorter than is usually worth it: else who runs little never runs again.
                least = min(least, int(usual * 0.7))
            # A stage of the return to running is as long as it is.
            if workout.minutes < least and workout.workout != "race" and workout.stage is None:
                yield f"{name} is too short to be worth it"
            if EFFORTS.index(workout.intensity) < EFFORTS.index(entry.least_intensity):
                yield f"{name} cannot be done so gently"
            if EFFORTS.index(workout.intensity) > EFFORTS.index(entry.intensity):
                yield f"{name} is harder than it is meant to be"

    def start_windows(self) -> Iterator[str]:
        """Yield the workouts that do not start in a start window of their own; a race starts when it starts."""
        for day in self.plan.days:
            race = next((one for one in self.case.races if one.date == day.date), None)
            starts = [workout.start.astimezone(UTC) for workout in day.workouts]
            if race is not None and any(workout.workout == "race" for workout in day.workouts):
                for workout in day.workouts:
                    at = race.start or time(10)
                    if workout.workout != "race":
                        yield f"{said(day.date, workout)} stands on the day of a race"
                    elif workout.start.astimezone(UTC) != self.utc(datetime.combine(day.date, at)):
                        yield f"{said(day.date, workout)} does not start when the race does"
                continue
            if any(workout.workout == "race" for workout in day.workouts):
                yield f"{day.date}: a race that nobody named"
            windows = [
                tuple(self.utc(datetime.combine(day.date, end)) for end in (window.first, window.last))
                for window in self.case.windows_on(day.date)
            ]
            if not any(
                all(first <= start <= last for start, (first, last) in zip(starts, chosen, strict=False))
                for chosen in permutations(windows, len(starts))
            ):
                yield f"{day.date}: workouts do not each start in a start window of their own"

    def treatments_themselves(self) -> Iterator[str]:
        """Yield the workouts during a treatment."""
        for day, workout, start, end in self.workouts():
            for one in self.treated:
                if start < one.end and end > one.start:
                    yield f"{said(day, workout)} falls into {one.kind} of {one.region}"

    def rule_windows(self) -> Iterator[str]:
        """Yield every cap of a rule that a workout in its window breaks, and every check that is missing."""
        for day, workout, start, end in self.workouts():
            for window in self.speaking:
                if start < window.closes and end > window.opens:
                    leave = self.has_leave(window, workout.workout, start, end)
                    yield from (
                        f"{said(day, workout)}: {window.rule.id} {wrong}"
                        for wrong in self.against(window, workout, leave=leave)
                    )

    def leaves(self, window: Speaks, key: str) -> list[tuple[datetime, datetime]]:
        """Return from when to when a clinician allows a workout in spite of a rule."""
        rule, workout = window.rule, self.rulebook.workouts[key]
        # A kind stands for what makes no hard day; a hard or a long workout, or a race, has to be named.
        meant = {key} if workout.hard else {key, workout.kind}
        if rule.about not in {"treatment", "injury"} or rule.never_loosen or rule.during:
            return []
        return [
            (
                LONG_AGO if entry.from_ is None else self.midnight(entry.from_),
                FAR_AHEAD if entry.until is None else self.midnight(entry.until + timedelta(days=1)),
            )
            for entry in self.case.restrictions
            if entry.allowed and (meant & set(entry.what))
            if entry.region is None or self.same_place(self.region(entry.region), window.region)
        ]

    def has_leave(self, window: Speaks, key: str, start: datetime, end: datetime) -> bool:
        """Whether a clinician allows a workout for as long as it stands in a rule's window."""
        first, last = max(start, window.opens), min(end, window.closes)
        return any(opens <= first and last <= closes for opens, closes in self.leaves(window, key))

    def against(self, window: Speaks, workout: PlannedWorkout, *, leave: bool = False) -> Iterator[str]:
        """Yield what a rule in its window has against a workout as it is planned; with leave, only its check."""
        rule = window.rule
        if not self.concerns(
            rule.applies_to, workout.workout, self.rulebook.workouts[workout.workout].load[window.region]
        ):
            return
        wrong = self.forbids(rule, window.region, workout.workout)
        if wrong is not None and not leave:
            yield wrong
        most = self.figure(rule, "max_minutes")
        if most is not None and workout.minutes > most and not leave:
            yield f"allows {most} minutes"
        percent = self.figure(rule, "percent_of_usual")
        if percent is not None and not leave and workout.minutes > self.share(workout, percent):
            yield f"allows {percent:g} % of the usual minutes"
        hardest = self.figure(rule, "max_intensity")
        if hardest is not None and EFFORTS.index(workout.intensity) > EFFORTS.index(hardest) and not leave:
            yield f"allows effort {hardest}"
        check: Check | None = self.figure(rule, "check")
        if check is not None:
            yield from missing_from_check(check, workout.check or "")

    def share(self, workout: PlannedWorkout, percent: float) -> int:
        """Return how long a workout may be at a share of its usual minutes; a run by stages is up to its stage."""
        entry = self.rulebook.workouts[workout.workout]
        usual = round(self.minutes[entry.length.fitness] * entry.length.percent / 100)
        if workout.stage is not None:
            return LONG_ENOUGH
        least = min(entry.least_minutes, usual) if workout.workout in {"run_easy", "run_walk"} else 0
        return max(int(usual * percent / 100), least)

    def single_runs(self) -> Iterator[str]:
        """Yield the runs that are longer than the share of the longest run that is allowed."""
        for rule in self.training_rules():
            for day, workout, _, _ in self.workouts():
                if not rule.first_run_back and self.concerns(rule.applies_to, workout.workout, 3):
                    yield from self.too_long(rule, day, workout)

    def longest_so_far(self) -> Iterator[str]:
        """Yield the runs and rides that are longer than the longest of the days before them lets them be.

        No log is known here: the case's own longest counts as done on the day before the plan.
        """
        own = {"run": self.minutes["longest_run_minutes"], "bike": self.minutes["bike_minutes"]}
        for rule in self.training_rules():
            form: Longest | None = self.figure(rule, "longest")
            if form is None:
                continue
            for day, workout, _, _ in self.workouts():
                if workout.stage is not None or not self.concerns(rule.applies_to, workout.workout, 3):
                    continue
                if workout.kind not in own:
                    # A match or a brick counts as a run, but no longest run says how long it may be.
                    continue
                before = [
                    one.minutes
                    for other, one, _, _ in self.workouts()
                    if one.kind == workout.kind and 0 < (day - other).days <= form.days
                ]
                if (day - self.plan.from_).days < form.days:
                    before.append(Minutes(own.get(workout.kind, 0)))
                most = form.minutes_where_none or LONG_ENOUGH
                if before:
                    share = int(max(before) * form.percent / 100)
                    most = max(share, max(before) + form.at_least_minutes_more)
                most = min(most, form.most_minutes or LONG_ENOUGH)
                if workout.minutes > most:
                    yield f"{said(day, workout)}: {rule.id} allows {most} minutes"

    def too_long(self, rule: Rule, day: date, workout: PlannedWorkout) -> Iterator[str]:
        """Yield the shares of a person's usual runs that a run exceeds."""
        for name, usual in (
            ("percent_of_longest_run", "longest_run_minutes"),
            ("percent_of_easy_run", "easy_run_minutes"),
        ):
            percent = self.figure(rule, name)
            # A run by stages is as long as its running: walking is no run, and a stage has at least one repeat.
            minutes = running(workout.minutes, workout.workout, workout.intervals)
            if percent is not None and minutes > percent * self.minutes[usual] / 100:
                yield f"{said(day, workout)}: {rule.id} allows {percent:g} % of {self.minutes[usual]} minutes"

    def first_runs_back(self) -> Iterator[str]:
        """Yield what is wrong with the first run after each break from running of a day or more."""
        begins = self.midnight(self.plan.from_)
        runs = [one for one in self.workouts() if self.rulebook.workouts[one[1].workout].is_running]
        for rule in self.training_rules():
            if not rule.first_run_back:
                continue
            for closes in self.ends_of_breaks():
                # A run-and-walk on the last day of the break is the first run back already.
                first = next((one for one in runs if one[0] >= closes.astimezone(self.tz).date()), None)
                if closes <= begins - REMEMBERED or first is None:
                    continue
                day, workout, _, _ = first
                if not self.concerns(rule.applies_to, workout.workout, 3):
                    continue
                yield from self.too_long(rule, day, workout)
                hardest = self.figure(rule, "max_intensity")
                if hardest is not None and EFFORTS.index(workout.intensity) > EFFORTS.index(hardest):
                    yield f"{said(day, workout)}: {rule.id} allows effort {hardest}"

    def ends_of_breaks(self) -> list[datetime]:
        """Return when the times without easy runs end that rules impose for 24 hours or more."""
        spans = sorted(
            span
            for one in self.speaking
            if self.forbids(one.rule, one.region, "run_easy") is not None
            for span in without((one.opens, one.closes), self.leaves(one, "run_easy"))
        )
        merged: list[tuple[datetime, datetime]] = []
        for opens, closes in spans:
            if merged and opens <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(closes, merged[-1][1]))
            else:
                merged.append((opens, closes))
        return [closes for opens, closes in merged if closes - opens >= timedelta(hours=24)]

    def busy_times(self, busy: Sequence[BusyBlock]) -> Iterator[str]:
        """Yield the workouts that overlap a busy time; a race may: it may be the very event."""
        for day, workout, start, end in self.workouts():
            for block in busy:
                # A block without a length is none.
                if workout.workout != "race" and block.start < block.end and start < block.end and block.start < end:
                    yield f"{said(day, workout)}: busy until {block.end}"

    def days_before_races(self) -> Iterator[str]:
        """Yield the workouts that a rule keeps out of the days before a race."""
        for rule in self.rules():
            days = self.figure(rule, "days_before_race")
            for race in self.case.races if days is not None else ():
                for day, workout, _, _ in self.workouts():
                    if 1 <= (race.date - day).days <= days and workout.workout in rule.rules_out_workouts:
                        yield f"{said(day, workout)}: {rule.id}, the race is on {race.date}"

    def may_take_place(self, race: Race, minutes: int) -> bool:
        """Whether no rule in its window forbids a race: one that cannot be run needs no taper."""
        from tests.checker_health import health_windows  # noqa: PLC0415 (it is built on this module)

        start = self.midnight(race.date) + timedelta(hours=10)
        if race.start is not None:
            start = datetime.combine(race.date, race.start, self.case.tz)
        return not any(
            self.forbids(window.rule, window.region, "race") is not None
            for window in (*self.speaking, *health_windows(self))
            if start < window.closes and start + timedelta(minutes=minutes) > window.opens
            if self.concerns(window.rule.applies_to, "race", self.rulebook.workouts["race"].load[window.region])
            if not self.has_leave(window, "race", start, start + timedelta(minutes=minutes))
        )

    def is_held(self, race: Race, minutes: int) -> bool:
        """Whether a race is planned; behind the plan's days, whether it may take place."""
        if self.plan.from_ <= race.date <= self.plan.to:
            return any(one.workout == "race" and day == race.date for day, one, _, _ in self.workouts())
        return self.may_take_place(race, minutes)

    def around_races(self) -> Iterator[str]:
        """Yield the workouts that a rule keeps out of the days after, or before, a race of some length."""
        lasting = {id(race): race.minutes or self.minutes["race_minutes"] for race in self.case.races}
        held_on = {id(race): self.is_held(race, lasting[id(race)]) for race in self.case.races}
        rules = [rule for rule in self.training_rules() if rule.after_race is not None or rule.before_race is not None]
        for rule, race, day, workout in [
            (rule, race, day, workout)
            for rule in rules
            for race in self.case.races
            for day, workout, _, _ in self.workouts()
        ]:
            minutes, held = lasting[id(race)], held_on[id(race)]
            goal = minutes > self.minutes["easy_run_minutes"] if race.goal is None else race.goal
            apart = (day - race.date).days
            out = workout.workout in rule.rules_out_workouts or workout.kind in rule.rules_out
            for side, name, days in (("after", "after_race", apart), ("before", "before_race", -apart)):
                around: AroundRace | None = self.figure(rule, name)
                if around is None or not held or (around.goal_only and not goal):
                    continue
                if not around.minutes[0] < minutes <= around.minutes[1]:
                    continue
                near, far = sorted(around.days) if around.days else (0, 0)
                if around.days is None:
                    far = max(around.at_least_days, int(-(-minutes * (around.days_per_10_minutes or 0) // 10)))
                # After it the last day is free again, before it the first one is not.
                inside = max(near, 1) <= days < far if side == "after" else near < days <= far
                if inside and out:
                    yield f"{said(day, workout)}: {rule.id}, the race is on {race.date}"

    def days_with_several(self) -> Iterator[str]:
        """Yield workouts that overlap, and kinds that stand twice on a day."""
        everything = sorted(
            ((start, end, day, one) for day, one, start, end in self.workouts()), key=lambda each: each[:2]
        )
        for (_, ends, _, _), (starts, _, day, workout) in pairwise(everything):
            # A race may run past midnight, and it alone.
            if starts < ends:
                yield f"{said(day, workout)} begins before the workout before it ends"
        for each in self.plan.days:
            for kind, count in Counter(workout.kind for workout in each.workouts).items():
                sessions = [one for one in self.case.sessions if one.is_on(each.date) and kind != "run"]
                fixed = sum(self.rulebook.workouts[one.workout].kind == kind for one in sessions)
                if count > max(fixed, 1):
                    yield f"{each.date}: {kind} stands {count} times"

    def weeks(self) -> Iterator[str]:
        """Yield the weeks with too few rest days, or with more workouts than were asked for."""
        goals = self.case.goals
        starts = WEEK.index(self.case.availability.week_starts or "monday")
        by_week: dict[date, list[PlanDay]] = {}
        for each in self.plan.days:
            by_week.setdefault(each.date - timedelta(days=(each.date.weekday() - starts) % 7), []).append(each)
        for monday, days in by_week.items():
            name = f"week from {days[0].date}"
            began = max(self.plan.wishes_from or monday, monday)
            week = [monday + timedelta(days=number) for number in range(7)]
            # Its part is that of the days for sport: some have none but at the weekend.
            week = [each for each in week if self.case.windows_on(each)] or week
            self.part = Fraction(sum(each >= began for each in week), len(week))
            if sum(bool(day.workouts) for day in days) > 7 - goals.rest_days:
                yield f"{name}: fewer than {goals.rest_days} rest days"
            races = sum(workout.workout == "race" for day in days for workout in day.workouts)
            kinds = Counter(workout.kind for day in days for workout in day.workouts)
            if not goals.runs:
                kinds["run"] -= races
            asked = {kind: self.most(getattr(goals, goal)) for goal, kind in COUNTED.items()}
            on_its_day = goals.long_run and any(WEEK[each.date.weekday()] == goals.long_run for each in days)
            asked["run"] = max(asked["run"], int(bool(on_its_day)), races)
            others = {key: kind for key, kind in self.rulebook.workout_kinds.items() if key not in asked and kind.goal}
            asked |= {key: self.most(getattr(goals, str(kind.goal), 0)) for key, kind in others.items()}
            instead = {self.rulebook.workouts[key].kind for key in self.rulebook.workouts["run_easy"].instead}
            instead &= {"bike", "upper_body"} | ({"swim", "aqua_run"} if goals.swims else set())
            instead |= {key for key, kind in others.items() if kind.stands_in_for_runs and asked[key]}
            room = asked["run"] - kinds["run"]
            if room < 0:
                yield f"{name}: {kinds['run']} runs where {asked['run']} were asked for"
            for kind, count in kinds.items():
                extra = count - asked.get(kind, 0)
                if kind != "run" and extra > 0:
                    room -= extra
                    if kind not in instead or room < 0:
                        yield f"{name}: {count} of {kind} are more than were asked for and runs are missing"
            named = Counter(workout.workout for day in days for workout in day.workouts)
            if named["run_long"] > (goals.long_run is not False):
                yield f"{name}: {named['run_long']} long runs"
            for key, goal in SPECIAL.items():
                if named[key] > getattr(goals, goal):
                    yield f"{name}: {named[key]} of {key}"

    def most(self, count: int) -> int:
        """Return the most of a wish in a week of which a plan has only the last days: its part, rounded up."""
        return min(count, ceil(count * self.part))

    def spacing(self) -> Iterator[str]:
        """Yield the runs, hard days and long runs that stand too close together."""
        catalogue = self.rulebook.workouts
        chosen = {
            "days_between_runs": [day for day, one, _, _ in self.workouts() if catalogue[one.workout].is_running],
            "days_between_hard": [day for day, one, _, _ in self.workouts() if catalogue[one.workout].hard],
            "days_between_long": [day for day, one, _, _ in self.workouts() if catalogue[one.workout].long],
        }
        for field, days in chosen.items():
            rules = [
                rule
                for rule in self.training_rules()
                if rule.after_break is None and self.figure(rule, field) is not None
            ]
            least = max((self.figure(rule, field) for rule in rules), default=1)
            for one, other in pairwise(days):
                if (other - one).days < least:
                    yield f"{field}: {one} and {other} are less than {least} days apart"


def without(
    span: tuple[datetime, datetime], holes: Sequence[tuple[datetime, datetime]]
) -> list[tuple[datetime, datetime]]:
    """Return what is left of a span beside its holes."""
    left = [span]
    for opens, closes in holes:
        cut = [part for begin, end in left for part in ((begin, min(end, opens)), (max(begin, closes), end))]
        left = [(begin, end) for begin, end in cut if begin < end]
    return left


def holds(rule: Rule, variant: Numbers | None) -> bool:
    """Whether a rule holds at the level of a variant, which may say so in place of the rule itself."""
    return not (variant.away if variant is not None and "away" in variant.model_fields_set else rule.away)


def said(day: date, workout: PlannedWorkout) -> str:
    """Return which workout is meant."""
    return f"{day} {workout.workout} at {workout.start:%H:%M}"


def exists(moment: datetime, tz: ZoneInfo) -> bool:
    """Whether the clock on the wall ever shows a time: one in a gap comes back changed from UTC."""
    wall = moment.astimezone(tz) if moment.tzinfo is not tz else moment
    back = wall.replace(tzinfo=tz).astimezone(UTC).astimezone(tz)
    return back.replace(tzinfo=None) == wall.replace(tzinfo=None) and moment.utcoffset() == wall.utcoffset()


def missing_from_check(check: Check, text: str) -> Iterator[str]:
    """Yield what a rule wants checked that the sentence of the check does not ask, or not as strictly."""
    for word, most in (("soreness", check.soreness_at_most), ("pain", check.pain_at_most)):
        found = re.search(rf"{word} (\d+) or less", text)
        if most is not None and (found is None or int(found[1]) > most):
            yield f"asks for {word} {most} or less"
    for wanted, words in (
        (check.no_limp, "no limp"),
        (check.morning_at_baseline, "this morning"),
        (check.no_chest_symptom, "chest"),
        (check.no_swelling, "no swelling"),
    ):
        if wanted and words not in text:
            yield f"asks for {words}"
