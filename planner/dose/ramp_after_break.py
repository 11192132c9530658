"""Ramps: the way back after a break or a setback, and the way into what is new, as windows in which rules hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from math import ceil

from planner.dose.breaks import FOR_A_KIND, Break
from planner.dose.history import TrainingSession, longest_before
from planner.dose.shares import DaySpan, Shares
from planner.limits.progress import LogReading
from planner.limits.rule_windows import Basis, Window
from planner.rulebook.figures import AfterBreak, AppliesTo
from planner.rulebook.rule import Rule

ENDS_A_BREAK = {workout for workouts in FOR_A_KIND.values() for workout in workouts}
WHOLE = 100
"""Per cent of the usual."""
LONG_RUNS_APART = 5
"""Days from one long run to the next at the least (`DO-26`), as long as no plan says when they are."""
NO_LONG_RUN = 8
"""Days after a setback until there may be a long run again (`DO-30`), likewise."""


def ramp_windows(
    shares: Shares,
    rules: Iterable[Rule],
    breaks: dict[str, list[Break]],
    sessions: Sequence[TrainingSession],
    last: date,
    *,
    staged: bool = False,
) -> Iterator[Window]:
    """Yield the windows of all rules that speak after a break.

    Args:
        shares: what is usual.
        rules: the rules.
        breaks: the breaks of each kind of workout.
        sessions: what was done and, where known, what is planned.
        last: the last day of the plan.
        staged: whether running begins by stages: a run-and-walk is as long as its stage, and no share of anything.

    """
    for written in rules:
        rule, form = _sparing_stages(written) if staged else written, written.after_break
        if form is None or rule.begin_at_stage is not None:
            continue
        for kind in form.of:
            for pause in breaks.get(kind, ()):
                if form.days[0] <= pause.days <= form.days[1]:
                    yield from _windows(shares, rule, form, pause, sessions, last)


def _sparing_stages(rule: Rule) -> Rule:
    scope = rule.applies_to
    spared = scope.model_copy(update={"except_workouts": (*scope.except_workouts, "run_walk")})
    return rule.model_copy(update={"applies_to": spared})


def lasts_until(form: AfterBreak, pause: Break, sessions: Sequence[TrainingSession]) -> date:
    """Return the day on which a rule about a break lets go, but for what grows by the week."""
    days = max(form.for_days, ceil(pause.days * form.days_per_break_day), form.days_per_part * len(form.percents))
    end = pause.back + timedelta(days=days)
    if not form.sessions:
        return end
    since = sorted({session.day for session in sessions if session.kind == pause.kind and session.day >= pause.back})
    if len(since) >= form.sessions:
        return max(end, since[form.sessions - 1] + timedelta(days=1))
    # Those that nobody has planned yet: every other day at the earliest.
    begins = since[-1] if since else pause.back - timedelta(days=2)
    return max(end, begins + timedelta(days=2 * (form.sessions - len(since)) + 1))


def _windows(
    shares: Shares, rule: Rule, form: AfterBreak, pause: Break, sessions: Sequence[TrainingSession], last: date
) -> Iterator[Window]:
    basis = Basis("break", pause.back, pause.days, pause.kind)
    end = lasts_until(form, pause, sessions)
    # Until the first session back, from the day on which there may be one, nothing is usual either.
    first = min(pause.opens, pause.back)
    concerned = shares.concerned(rule, pause.kind, counted=True)
    if not form.percents:
        if rule.caps:
            # Of a rule about several kinds, each break speaks of its own: arms that went on working are not held back.
            own = {"applies_to": AppliesTo(workouts=tuple(concerned), only_these=True)} if len(form.of) > 1 else None
            yield shares.window(rule, DaySpan(first, end), basis, own)
        return
    days = max((end - pause.back).days, len(form.percents))
    # A day that begins in one part and ends in the next belongs to the smaller share: half of nine days are five.
    borders = [
        pause.back + timedelta(days=ceil(number * days / len(form.percents)))
        for number in range(len(form.percents) + 1)
    ]
    for number, percent in enumerate(form.percents):
        begins, ends = borders[number] if number else first, borders[number + 1]
        yield from _share(shares, rule, DaySpan(begins, ends), basis, concerned, percent)
    percent = form.percents[-1]
    while form.percent_per_week is not None and percent < WHOLE and end <= last:
        percent *= 1 + form.percent_per_week / 100
        yield from _share(shares, rule, DaySpan(end, end + timedelta(days=7)), basis, concerned, percent)
        end += timedelta(days=7)


def _share(
    shares: Shares, rule: Rule, span: DaySpan, basis: Basis, workouts: list[str], percent: float
) -> Iterator[Window]:
    if span.first < span.end:
        minutes = {workout: shares.usual(workout) * percent / WHOLE for workout in workouts}
        # What ends a break is never too short to be worth it: the break would go on, and its first share with it.
        for workout in ENDS_A_BREAK & minutes.keys():
            least = shares.rulebook.workouts[workout].least_minutes
            minutes[workout] = max(minutes[workout], min(least, shares.usual(workout)))
        yield from shares.capped(rule, span, basis, minutes)


def long_runs_after_setbacks(
    shares: Shares,
    windows: Iterable[Window],
    readings: Iterable[LogReading],
    done: Sequence[TrainingSession],
    planned: Sequence[TrainingSession] | None,
) -> Iterator[Window]:
    """Yield the windows in which the long run comes back in steps after a setback, one for each good long run.

    Args:
        shares: what is usual.
        windows: those of all rules; those of rules about the log with `long_run_percents` are meant.
        readings: what the log says: a long run that it calls too much, or just enough, is no step.
        done: what was done.
        planned: what the plan holds, None where none was made yet: then a long run may stand on every fifth day.

    """
    bad = {reading.day for reading in readings if reading.response in {"hold", "regress", "refer"}}
    for window in windows:
        percents = window.rule.long_run_percents
        if percents is None or window.entry is None:
            continue
        day, end = (datetime.fromtimestamp(moment, shares.tz).date() for moment in (window.opens, window.closes))
        runs = [session for session in done if session.workout != "race"]
        longest = longest_before(runs, "run", day + timedelta(days=1), 30) or shares.usual("run_long")
        long = {run.day for run in (*done, *(planned or ())) if run.workout == "run_long" and not run.usual}
        steps = sorted(step for step in long - bad if step > day)
        while planned is None and len(steps) < len(percents):
            earliest = day + timedelta(days=NO_LONG_RUN)
            steps.append(max([earliest, *(step + timedelta(days=LONG_RUNS_APART) for step in steps)]))
        begins = [day, *(step + timedelta(days=1) for step in steps), end]
        for number, percent in enumerate(percents[: len(begins) - 1]):
            span = DaySpan(begins[number], min(begins[number + 1], end))
            if span.first < span.end:
                most = int(longest * percent / WHOLE)
                yield from shares.capped(window.rule, span, Basis("setback", day, most), {"run_long": most})


def build_up_windows(
    shares: Shares,
    rule: Rule,
    workouts: Sequence[str],
    done: Iterable[TrainingSession],
    planned: Iterable[TrainingSession] | None,
    span: DaySpan,
) -> Iterator[Window]:
    """Yield the windows of a rule about what comes in place of runs, for whom it is new: short, then longer each time.

    Args:
        shares: what is usual.
        rule: the rule.
        workouts: what is new to the person, of what the rule is about.
        done: what was done.
        planned: what the plan holds, None where none was made yet: then it may stand on every day.
        span: the days of the plan.

    """
    form = rule.instead_of_run
    if form is None or not workouts:
        return
    kinds = {shares.rulebook.workouts[key].kind for key in workouts}
    there = {session.day for session in (*done, *(planned or ())) if session.kind in kinds}
    days = sorted(there | set(span.days() if planned is None else ()))
    for day in span.days():
        times_more = max(_lately(days, day, form.unused_days) - form.first_workouts + 1, 0)
        most = max(form.minutes, min(form.minutes + times_more * form.minutes_more, shares.usual("run_easy")))
        basis = Basis("person", day, most, min(kinds))
        # Shorter than is worth it would be none at all.
        minutes = {key: max(most, shares.rulebook.workouts[key].least_minutes) for key in workouts}
        yield from shares.capped(rule, DaySpan(day, day + timedelta(days=1)), basis, minutes)


def _lately(days: Sequence[date], day: date, unused: int) -> int:
    """Return how many of some days, in order, lie before one without more than so many days between them."""
    number = 0
    for other in reversed([earlier for earlier in days if earlier < day]):
        if (day - other).days > unused:
            break
        number, day = number + 1, other
    return number
