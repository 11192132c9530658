"""The windows of all rules about dose for one case: of breaks, of races, of what was longest, of the weeks before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from math import ceil
from types import MappingProxyType
from typing import NamedTuple

from planner.candidates.wishes import Wishes
from planner.case.model import Case
from planner.clock import Minutes, at, midnight, seconds
from planner.dose.breaks import FOR_A_KIND, Break, BreakFinder
from planner.dose.ceilings import Ceilings, WeekMost, with_longest_of_case
from planner.dose.history import (
    WEEKS_BEFORE,
    History,
    TrainingSession,
    asked_week,
    history_of,
    recent_weeks,
    usual_week,
)
from planner.dose.raced import AroundRaces, Raced, races_of
from planner.dose.ramp_after_break import build_up_windows, long_runs_after_setbacks, ramp_windows
from planner.dose.shares import DaySpan, MostMinutes, Shares, is_new_to, join_windows, share_windows
from planner.dose.week_level import WeekLevels, ask_of_week, no_more_than_asked
from planner.limits.in_force import injuries, speaks_to
from planner.limits.progress import LogReading, WayBack, running_stage, sessions_per_stage, stages_done
from planner.limits.rule_windows import Basis, Window
from planner.limits.verdicts import Limits
from planner.revision.pinned import PriorPlan
from planner.revision.revise import Weeks
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule

RACE_START = time(10)
"""When a race is taken to start where the case does not say."""
QUIET_DAYS = 7
"""After a hold or a setback so many days nothing grows (`DO-40`)."""
WAY_BACK = 35
"""Days: so long after a break of a week or more the way back is the ramp's business, not the growth rule's."""
IN_ONE_GO = 30
"""Minutes: whoever has run so long in one go needs no walking any more (`DO-06`)."""


class DoseLimits(NamedTuple):
    """Hold what rules about dose say for one case, and what they rest on."""

    windows: tuple[Window, ...]
    history: History
    breaks: Mapping[str, Sequence[Break]]
    races: tuple[Raced, ...]
    way_back: WayBack | None
    done: tuple[TrainingSession, ...] = ()
    """What was done, with what the case says of the longest run and ride."""
    rules: tuple[Rule, ...] = ()
    """The rules about training that speak to the case."""
    planned: tuple[TrainingSession, ...] | None = None
    """The workouts that were taken as planned, None where the weeks were taken to hold what they may."""
    fewer_runs: Mapping[int, int] = MappingProxyType({})
    """How many runs a week may hold, by its place in the plan, where that is fewer than asked for."""
    longest: Mapping[tuple[str, date], Sequence[tuple[Rule, Minutes]]] = MappingProxyType({})
    """What rules on the longest so far say of a workout on a day, also where that is more than usual."""
    weeks: Mapping[date, WeekMost] = MappingProxyType({})
    """How many minutes of running each week may hold, by its first day, where a rule bounds them."""


NO_DOSE = DoseLimits((), History((), frozenset(), None, date.min, {}), {}, (), None)
"""What is said of a case of which nothing is known."""


def dose_of(
    case: Case,
    rulebook: Rulebook,
    rules: Iterable[Rule],
    limits: Limits,
    wished: Wishes,
    prior: PriorPlan,
    weeks: Weeks,
    today: date,
    readings: Sequence[LogReading],
    planned: Sequence[TrainingSession] | None = None,
    masked: Collection[int] = (),
) -> DoseLimits:
    """Return what rules about dose say for the weeks of a plan.

    Args:
        case: the person's case.
        rulebook: the rulebook.
        rules: the rules at the case's caution level.
        limits: what all other rules let through.
        wished: what the case asks of a week.
        prior: what was done, and what stands already.
        weeks: the weeks of the plan.
        today: the day that counts as today.
        readings: what the log says, entry by entry.
        planned: the workouts of the plan, None where it has none yet.
        masked: the numbers of the log entries that prove nothing good.

    """
    hurt = injuries(case, rulebook)
    mine = [rule for rule in rules if rule.about == "training" and speaks_to(rule, case, hurt, rulebook, today)]
    return _Maker(case, rulebook, mine, limits, wished, prior, weeks, today, readings, planned, masked).made()


class _Maker:
    """Make the windows of one case."""

    def __init__(
        self,
        case: Case,
        rulebook: Rulebook,
        rules: Sequence[Rule],
        limits: Limits,
        wished: Wishes,
        prior: PriorPlan,
        weeks: Weeks,
        today: date,
        readings: Sequence[LogReading],
        planned: Sequence[TrainingSession] | None,
        masked: Collection[int],
    ) -> None:
        self.case, self.rulebook, self.rules = case, rulebook, rules
        self.limits, self.wished, self.weeks, self.today = limits, wished, weeks, today
        self.readings, self.planned, self.masked = readings, planned, masked
        self.fewer: dict[int, int] = {}
        self.week_most: Mapping[date, WeekMost] = {}
        self.longest: Mapping[tuple[str, date], Sequence[tuple[Rule, Minutes]]] = {}
        self.end = weeks.begins + timedelta(days=7 * weeks.number)
        self.last = self.end - timedelta(days=1)
        self.shares = Shares(rulebook, wished, case.tz)
        self.history = history_of(case, rulebook, prior, wished, weeks.first, self.last)
        self.races = [
            race
            for race in races_of(case, wished, self.history, today)
            if race.day < today or any(run.day == race.day for run in self.history.of("run")) or self._may_start(race)
        ]

    def made(self) -> DoseLimits:
        finder = BreakFinder(
            self.history,
            self.limits,
            self.rulebook,
            self.case.availability,
            self.case.tz,
            max(self.weeks.first, self.today),
            self.last,
            self.planned or (),
            self.case.goals.runs,
            self.case.away,
        )
        breaks = {kind: finder.of(kind) for kind in FOR_A_KIND}
        usual = self._usual_week(breaks)
        way_back = self._way_back(breaks)
        sessions = [*self.history.sessions, *(self.planned or ())]
        self.history = self._staged_minutes(way_back)
        done = self._done(breaks)
        staged = way_back is not None or self._returning
        windows = list(ramp_windows(self.shares, self.rules, breaks, sessions, self.last, staged=staged))
        if way_back is not None:
            windows += self._walking_first(way_back)
        begins = seconds(midnight(self.weeks.begins, self.case.tz))
        still_open = [window for window in self.limits.everything if window.closes > begins]
        windows += share_windows(self.shares, still_open)
        windows += long_runs_after_setbacks(self.shares, still_open, self.readings, done, self.planned)
        windows += self._for_the_person()
        races = AroundRaces(self.shares, self.rules, self.races, DaySpan(self.weeks.begins, self.end))
        windows += races.windows()
        most_on = MostMinutes(self.case, self.limits.with_more(windows), self.shares)
        windows += races.with_shares(most_on, usual, self.history.sessions, self.planned, staged=staged)
        windows += self._ceilings(self.limits.with_more(windows), done, breaks, usual, staged=staged)
        windows = [window for window in windows if window.closes > begins]
        return DoseLimits(
            tuple(join_windows(windows)),
            self.history,
            breaks,
            tuple(self.races),
            way_back,
            tuple(done),
            tuple(self.rules),
            None if self.planned is None else tuple(self.planned),
            self.fewer,
            self.longest,
            self.week_most,
        )

    def _may_start(self, race: Raced) -> bool:
        """Return whether rules let a race to come take place: what they forbid needs no taper and no rest after it."""
        if self._returning:
            return False
        named = next((entry for entry in self.case.races if entry.date == race.day), None)
        start = RACE_START if named is None or named.start is None else named.start
        begins = seconds(at(race.day, start, self.case.tz))
        return self.limits.judge("race", begins, Minutes(race.minutes)).allowed

    @property
    def _returning(self) -> bool:
        return self.case.return_to_running is not None

    def _usual_week(self, breaks: Mapping[str, Sequence[Break]]) -> Minutes:
        """Return the usual week: before the break or setback that is not a month past, else before the plan."""
        before = self.weeks.begins
        month = timedelta(days=7 * WEEKS_BEFORE)
        away = [
            pause.last or pause.back for pause in breaks["run"] if pause.has_a_way_back and pause.back > before - month
        ]
        setbacks = [report.day for report in self.readings if report.response in {"regress", "refer"}]
        before = min([before, *(day for day in (*away, *setbacks) if day > before - month)])
        return usual_week(self.case, self.rulebook, self.wished, self.history, before)

    def _for_the_person(self) -> Iterator[Window]:
        """Yield the windows of rules that cap whom they are about, and of those about what is done in place of runs."""
        span = DaySpan(self.weeks.begins, self.end)
        for rule in self.rules:
            if rule.when.personal and rule.caps and rule.after_break is None:
                yield self.shares.window(rule, span, Basis("person", span.first, 0))
            if rule.instead_of_run is None:
                continue
            new = [
                key
                for key in self.shares.concerned(rule)
                if is_new_to(self.case, self.rulebook, key)
                if rule.applies_to.kinds is None or self.rulebook.workouts[key].kind in rule.applies_to.kinds
            ]
            yield from build_up_windows(self.shares, rule, new, self.history.sessions, self.planned, span)

    # ------------------------------------------------------------------------------------------ walking first

    def _way_back(self, breaks: Mapping[str, Sequence[Break]]) -> WayBack | None:
        """Return where running begins with walking in turn, None where it does not."""
        if self._returning or not self.rulebook.stages or not breaks["run"]:
            return None
        last = breaks["run"][-1]
        stages = [
            rule.begin_at_stage
            for rule in self.rules
            if rule.begin_at_stage is not None and rule.after_break is not None
            if rule.after_break.days[0] <= last.days <= rule.after_break.days[1]
        ]
        if not stages or self._ran_in_one_go(last.back):
            return None
        return WayBack(min(stages), last.back, last.days, min(last.opens, last.back))

    def _staged_minutes(self, way_back: WayBack | None) -> History:
        """Return what was done with each run-and-walk of a way back as long as the running of its stage."""
        stages = stages_done(self.case, self.rulebook, self.today, way_back, self.masked)
        sessions = [
            session._replace(minutes=Minutes(stage.run_minutes * stage.repeats))
            if session.workout == "run_walk" and (stage := stages.get(session.day)) is not None
            else session
            for session in self.history.sessions
        ]
        return self.history._replace(sessions=tuple(sessions))

    def _ran_in_one_go(self, back: date) -> bool:
        plain = [run for run in self.history.of("run") if run.day >= back and run.workout not in ("run_walk", "race")]
        return any(run.minutes >= IN_ONE_GO for run in plain)

    def _walking_first(self, way_back: WayBack) -> Iterator[Window]:
        """Yield the windows in which all runs are run-and-walk sessions: until the last stage was done."""
        now = running_stage(self.case, self.rulebook, self.today, way_back, self.masked)
        if now is None:
            return
        per_stage = sessions_per_stage(self.case, self.rulebook)
        needed = max((len(self.rulebook.stages) - now.stage + 1) * per_stage - now.good, 0)
        walked = sorted(run.day for run in self.planned or () if run.workout == "run_walk" and run.day >= way_back.back)
        begins = max(way_back.back, self.today, self.weeks.first)
        if self.planned is None or len(walked) < needed:
            runs = max(self.case.goals.runs, 1)
            end = begins + timedelta(days=ceil(needed * 7 / min(runs, 3)))
            end = max(end, self.end) if self.planned is not None else end
        else:
            end = walked[needed - 1] + timedelta(days=1) if needed else begins
        if end <= self.weeks.begins:
            return
        first = max(way_back.opens, self.weeks.begins)
        for rule in self.rules:
            form = rule.after_break
            meant = form is not None and form.days[0] <= way_back.days <= form.days[1]
            if meant and rule.begin_at_stage == way_back.stage:
                yield self.shares.window(rule, DaySpan(first, end), Basis("break", way_back.back, way_back.days))
                return

    # ----------------------------------------------------------------------------------------------- ceilings

    def _done(self, breaks: Mapping[str, Sequence[Break]]) -> list[TrainingSession]:
        """Return what was done, and what the case says of the longest run and ride."""
        days = max((rule.longest.days for rule in self.rules if rule.longest is not None), default=0)
        breaks_of = {kind: list(pauses) for kind, pauses in breaks.items()}
        first = max(self.weeks.begins, min(self.today, self.weeks.first))  # the plan may lie behind today
        return with_longest_of_case(self.history, self.wished.usual_now, breaks_of, days, first)

    def _ceilings(
        self,
        limits: Limits,
        done: Sequence[TrainingSession],
        breaks: Mapping[str, Sequence[Break]],
        usual: Minutes,
        *,
        staged: bool,
    ) -> Iterator[Window]:
        begins = self.weeks.begins
        away = any(pause.has_a_way_back and pause.back > begins - timedelta(days=WAY_BACK) for pause in breaks["run"])
        # The weeks of a break say nothing about what the next may hold: that is up to the way back.
        asked = max(usual, asked_week(self.case, self.rulebook, self.wished))
        recent = [] if away else recent_weeks(self.history, begins, WEEKS_BEFORE, asked)
        ceiling = next((rule.week_ceiling for rule in self.rules if rule.week_ceiling is not None), None)
        growth = next((rule.growth for rule in self.rules if rule.growth is not None), None)
        goal = asked_week(self.case, self.rulebook, self.wished, grown=True)
        logged = sum(self.history.covers(begins - timedelta(days=7 * number)) for number in range(1, WEEKS_BEFORE + 1))
        levels = WeekLevels(ceiling, growth, recent, asked, goal, may_grow=not away, logged_weeks=logged)
        quiet = not any(
            0 <= (max(self.today, begins) - report.day).days <= QUIET_DAYS and report.response != "progress"
            for report in self.readings
        )
        weeks = [
            ask_of_week(self.case, self.wished, self.history, self.weeks, number) for number in range(self.weeks.number)
        ]
        long = [pause for pause in breaks["run"] if pause.has_a_way_back]
        most_on = MostMinutes(self.case, limits, self.shares)
        maker = Ceilings(self.shares, self.rules, levels, done, most_on, long, staged=staged)
        yield from no_more_than_asked(self.shares, self.case, self.rules, weeks, may_grow=not away)
        yield from maker.windows(weeks, self.planned, quiet=quiet)
        self.fewer, self.longest, self.week_most = maker.fewer, maker.longest, maker.weeks
