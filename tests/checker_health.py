"""The checker's fourth part: what `[health]` and being ill forbid, derived again from the rule data, day by day.

It shares no code with `planner.limits`: all rules about people and about illness are written in whole days, so a rule
here holds on days, from a first one up to one that is free again. `Checker.against` says what it has against a workout.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from planner.case.health import Illness
from planner.rulebook.rule import Rule
from tests.checker import FAR_AHEAD, LONG_AGO, UNITS, Checker, Speaks

FIELDS = {"quinolone": "quinolone_until"}
"""Facts that `[health]` calls by another name than rules do."""
DAYS = tuple[date | None, date | None]
"""From which day on, and up to which, which is free again; None: always, and never."""


def health_windows(checker: Checker) -> Iterator[Speaks]:
    """Yield when each rule about people, and about illness, speaks."""
    for rule in checker.rules():
        spans: list[DAYS] = []
        if rule.about == "person":
            for fact in rule.when.health or ():
                value = getattr(checker.case.health, FIELDS.get(fact, fact))
                spans += [] if value is None or value is False else [about_person(checker, rule, value)]
        elif rule.about == "illness":
            ill = [one for one in checker.case.illness if one.kind in (rule.when.illnesses or ())]
            spans += [span for one in ill for span in about_illness(checker, rule, one)]
        for region in places(checker, rule) if spans else ():
            for first, end in spans:
                opens = LONG_AGO if first is None else checker.midnight(first)
                closes = FAR_AHEAD if end is None else checker.midnight(end)
                if opens < closes:
                    yield Speaks(rule, region, opens, closes)


def days_after(checker: Checker, rule: Rule) -> tuple[float, float] | None:
    """Return the window of a rule after something, in days."""
    for unit, hours in UNITS.items():
        span = checker.figure(rule, f"{unit}_after")
        if span is not None:
            return span[0] * hours / 24, span[1] * hours / 24
    return None


def about_person(checker: Checker, rule: Rule, value: Any) -> DAYS:
    """Return when a rule holds for somebody of whom a fact is so, as the case says it."""
    begins = value if isinstance(value, date) else getattr(value, "date", None)
    cleared = getattr(value, "cleared", None)
    span = days_after(checker, rule)
    first, end = None, None
    if begins is not None and span is not None:
        # A course of tablets is over after its last day.
        counted = begins + timedelta(days="quinolone" in (rule.when.health or ()))
        first = None if rule.during else counted + timedelta(days=span[0])
        end = counted + timedelta(days=span[1])
    if rule.until_cleared:
        end = None if cleared is None else max(cleared, end) if end is not None else cleared
    elif rule.cleared_ends and cleared is not None:
        end = cleared if end is None else min(end, cleared)
    return first, end


def about_illness(checker: Checker, rule: Rule, ill: Illness) -> Iterator[DAYS]:
    """Yield when a rule holds for an illness: on its days, while it lasts, after it."""
    over = None if ill.until is None else ill.until + timedelta(days=1)
    span = checker.figure(rule, "illness_days")
    if span is not None:
        end = ill.from_ + timedelta(days=span[1])
        if rule.until_cleared:
            yield ill.from_ + timedelta(days=span[0]), None if ill.cleared is None else max(ill.cleared, end)
        else:
            # Who is well again has no second day of it, but for what never is loosened.
            to_its_end = over is None or rule.never_loosen or rule.also_when_well
            yield ill.from_ + timedelta(days=span[0]), end if to_its_end else min(end, over or end)
    if rule.during:
        yield ill.from_, over
    after = days_after(checker, rule)
    if after is not None and over is not None:
        times = checker.figure(rule, "days_per_fever_day") or 0
        last = max(after[1], after[0] - (-times * (ill.fever_days or 0) // 1))
        yield over + timedelta(days=after[0]), over + timedelta(days=last)


def places(checker: Checker, rule: Rule) -> list[str]:
    """Return the hurt or treated parts that a rule is about; any one where it is about none in particular."""
    when, everywhere = rule.when, next(iter(checker.rulebook.regions))
    if when.regions is None and when.groups is None and when.tissues is None and not rule.applies_to.load_at_least:
        return [everywhere]
    if checker.injuries:
        found = [(name, one.tissue, one.graded) for name, one in checker.injuries]
    else:
        found = [(checker.region(one.region), one.tissue, None) for one in checker.case.treatments if one.region]
    regions = checker.rulebook.regions
    return [
        name
        for name, tissue, graded in found
        if checker.about_place(
            when,
            name,
            {tissue or regions[name].tissue},
            graded=regions[name].graded if graded is None else graded,
        )
    ]


def spoken_against(checker: Checker) -> set[date]:
    """Return the days of a plan with an appointment that health speaks against, or asks to be told before."""
    electric = {
        (checker.region(one.region), one.kind) for one in checker.case.treatments if one.region and one.electric
    }
    found = set()
    for one in checker.treated:
        for rule in checker.rules() if one.day >= checker.plan.from_ else ():
            when = rule.when
            meant = rule.about == "person" and one.kind in (*rule.forbids_treatments, *rule.asks_before_treatments)
            current = when.electric in {None, (one.region, one.kind) in electric}
            if meant and current and checker.about_place(when, one.region, one.tissues, graded=one.graded):
                found |= {one.day for fact in when.health or () if holds_on(checker, rule, fact, one.day)}
    return found


def holds_on(checker: Checker, rule: Rule, fact: str, day: date) -> bool:
    """Whether a rule about people holds on a day, by a fact of the case."""
    value = getattr(checker.case.health, FIELDS.get(fact, fact))
    if not value:
        return False
    first, end = about_person(checker, rule, value)
    return (first is None or first <= day) and (end is None or day < end)


def restricted(checker: Checker) -> Iterator[tuple[datetime, datetime, Any]]:
    """Yield from when to when each of a clinician's restrictions holds, in UTC."""
    for entry in checker.case.restrictions:
        if entry.allowed and entry.most_minutes is None and entry.most_intensity is None:
            continue
        opens = LONG_AGO if entry.from_ is None else checker.midnight(entry.from_)
        closes = FAR_AHEAD if entry.until is None else checker.midnight(entry.until + timedelta(days=1))
        yield opens, closes, entry


def broken_by_health(checker: Checker) -> list[str]:
    """Return a sentence for every workout of a plan that a rule about people, an illness or a restriction forbids."""
    found = []
    windows = list(health_windows(checker))
    for day, workout, start, end in checker.workouts():
        for window in windows:
            if start < window.closes and end > window.opens:
                found += [
                    f"{day} {workout.workout}: {window.rule.id} {wrong}" for wrong in checker.against(window, workout)
                ]
        for opens, closes, entry in restricted(checker):
            kind = checker.rulebook.workouts[workout.workout].kind
            named = workout.workout in entry.what or kind in entry.what or not entry.what
            if start < closes and end > opens and named:
                found += [
                    f"{day} {workout.workout}: {entry.by} restricts it {wrong}"
                    for wrong in against(checker, entry, workout)
                ]
    return found


def against(checker: Checker, entry: Any, workout: Any) -> Iterator[str]:
    """Yield what a clinician's restriction that names a workout has against it."""
    if entry.most_minutes is None and entry.most_intensity is None:
        if entry.what:
            yield "altogether"
        elif entry.region and checker.rulebook.workouts[workout.workout].load[checker.region(entry.region)] > 1:
            yield f"for it loads {entry.region}"
    elif entry.most_minutes is not None and workout.minutes > entry.most_minutes:
        yield f"to {entry.most_minutes} minutes"
