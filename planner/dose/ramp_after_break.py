"""Ramps: the way back after a break, as windows in which rules hold, from the first session back on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from math import ceil

from planner.dose.breaks import Break
from planner.dose.history import TrainingSession
from planner.dose.shares import DaySpan, Shares
from planner.limits.rule_windows import Basis, Window
from planner.rulebook.figures import AfterBreak, AppliesTo
from planner.rulebook.rule import Rule

WHOLE = 100
"""Per cent of the usual."""


def ramp_windows(
    shares: Shares,
    rules: Iterable[Rule],
    breaks: dict[str, list[Break]],
    sessions: Sequence[TrainingSession],
    last: date,
) -> Iterator[Window]:
    """Yield the windows of all rules that speak after a break; `sessions` are done and, where known, planned."""
    for rule in rules:
        form = rule.after_break
        if form is None or rule.begin_at_stage is not None:
            continue
        for kind in form.of:
            for pause in breaks.get(kind, ()):
                if form.days[0] <= pause.days <= form.days[1]:
                    yield from _windows(shares, rule, form, pause, sessions, last)


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
    for number, percent in enumerate(form.percents):
        begins = pause.back + timedelta(days=number * days // len(form.percents)) if number else first
        ends = pause.back + timedelta(days=(number + 1) * days // len(form.percents))
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
        yield from shares.capped(rule, span, basis, minutes)
