"""Dose in words: what of a person's training a limit rests on, and what the forms of rules about dose say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from planner.errors import one_of
from planner.limits.rule_windows import Basis
from planner.rulebook.figures import (
    AfterBreak,
    AroundRace,
    Gap,
    Growth,
    InsteadOfRun,
    Longest,
    RaceRatio,
    Setbacks,
    WeekCeiling,
    When,
    counted,
)
from planner.rulebook.rule import Rule
from planner.wording.english import day_name, listed

KINDS = {
    "run": "running",
    "bike": "riding",
    "swim": "swimming",
    "upper_body": "upper-body work",
    "lower_body": "leg work",
}
"""What people call doing each kind of workout."""


def doing(kind: str) -> str:
    """Return what people call doing a kind of workout."""
    return KINDS.get(kind, kind.replace("_", " "))


def based_on(basis: Basis) -> str:
    """Return what a limit rests on: `After 17 days without running`, `By your longest run of the last weeks`."""
    match basis.what:
        case "break":
            return f"After {counted(basis.amount, 'days')} without {doing(basis.kind)}"
        case "race":
            return f"A race of {counted(basis.amount, 'minutes')} on {day_name(basis.day)}"
        case "longest":
            what = "ride" if basis.kind == "bike" else "run"
            return f"By your longest {what} of the last weeks, {counted(basis.amount, 'minutes')} at most"
        case "usual":
            return f"A share of what is usual from {day_name(basis.day)} on, {counted(basis.amount, 'minutes')}"
        case "setback":
            return f"After the setback of {day_name(basis.day)}, {counted(basis.amount, 'minutes')} at most"
        case "person":
            return "By what your case says of you"
        case _:
            return f"By the running of the weeks before, {counted(basis.amount, 'minutes')} in the week"


# ------------------------------------------------------------------------------------------ the forms, as rules say


def when_about_dose(rule: Rule) -> str | None:
    """Return when a rule about a break or a race speaks, None for any other."""
    if rule.after_break is not None:
        form = rule.after_break
        return f"after {_days(form.days)} without {listed([doing(kind) for kind in form.of])}{_how_long(form)}"
    for side, around in (("after", rule.after_race), ("before", rule.before_race)):
        if around is not None:
            return f"{_around(around)} {side} a race{_of_minutes(around)}"
    return None


def _days(span: tuple[int, int]) -> str:
    return f"{span[0]} days or more" if span[1] >= 999 else f"{span[0]} to {span[1]} days"


def _how_long(form: AfterBreak) -> str:
    parts = []
    if form.for_days:
        parts.append(f"for {counted(form.for_days, 'days')}")
    if form.days_per_break_day:
        parts.append(f"for {form.days_per_break_day:g} times the days of the break")
    if form.days_per_part:
        parts.append(f"for {counted(form.days_per_part * len(form.percents), 'days')}")
    if form.sessions:
        parts.append(f"until {counted(form.sessions, 'sessions')} back were done")
    return f", {', and '.join(parts)}, from the first session back on" if parts else ", from the first session back on"


def _around(around: AroundRace) -> str:
    if around.days is None:
        return f"for a day for every {10 / (around.days_per_10_minutes or 1):g} minutes raced"
    first, last = around.days
    near = min(first, last)
    return f"from day {first} to {last}" if near else f"in the {counted(max(first, last), 'days')}"


def _of_minutes(around: AroundRace) -> str:
    first, last = around.minutes
    words = f" of {first} to {last} minutes" if first and last < 1440 else ""
    words = (
        words or (f" of over {first} minutes" if first else "") or (f" of up to {last} minutes" if last < 1440 else "")
    )
    return words + (" that is a goal" if around.goal_only else "")


def _longest(form: Longest) -> str:
    parts = []
    if form.percent < 1000:
        parts.append(f"at most {form.percent:g} % of the longest of the last {form.days} days")
    if form.at_least_minutes_more:
        parts.append(f"or {counted(form.at_least_minutes_more, 'minutes')} more than it")
    if form.minutes_where_none is not None:
        parts.append(f"{counted(form.minutes_where_none, 'minutes')} where there was none")
    if form.percent_after_down_week is not None:
        parts.append(f"{form.percent_after_down_week:g} % after a lighter week or a hold")
    if form.most_minutes is not None:
        parts.append(f"at most {counted(form.most_minutes, 'minutes')}")
    return ", ".join(parts)


def _growth(form: Growth) -> str:
    words = f"a week grows by {form.percent:g} %, or by {form.at_least_minutes} minutes where that is more"
    if form.every_weeks > 1:
        words += f", every {form.every_weeks} weeks"
    if form.down_week_every is not None:
        words += f"; one in {form.down_week_every} has {form.down_week_percent:g} %"
    return f"{words}; until it is usual"


def _gap(form: Gap) -> str:
    after = f" after one of {listed([doing(kind) for kind in form.after_kinds])}" if form.after_kinds else ""
    if form.hours is not None:
        return f"on one day at least {counted(form.hours, 'hours')} between two"
    words = f"at least {counted(form.days, 'days')} from one to the next{after}"
    words += ", of what stands in for runs and its like" if form.instead_of_runs else ""
    if form.for_days_from_first is not None:
        words += f", for {counted(form.for_days_from_first, 'days')} from the first one on"
    return words


def _ratio(form: RaceRatio) -> str:
    words = f"{'alerts' if form.alert else 'remarks'} where a race is over {form.over:g} times the longest run"
    words += f" of the last {form.days} days"
    words += f" ({form.injured_over:g} times with an injury)" if form.injured_over is not None else ""
    if form.break_days is not None:
        words += f", or it comes within {counted(form.days_after_break, 'days')} after {form.break_days} or more off"
    return words


def _week(form: WeekCeiling) -> str:
    return f"a week has at most {form.percent:g} % of the larger of the last week and the mean of the last {form.weeks}"


def _percents(form: AfterBreak) -> str:
    words = f"{', then '.join(f'{percent:g}' for percent in form.percents)} % of the usual minutes"
    if form.percent_per_week is not None:
        words += f", then {form.percent_per_week:g} % more each week"
    return words


def _instead_of_run(form: InsteadOfRun) -> str:
    first = f"the first {form.first_workouts} last {counted(form.minutes, 'minutes')} at most"
    then = f"then each {form.minutes_more} more"
    return f"for whom it is new ({counted(form.unused_days, 'days')} without): {first}, {then}"


def _setbacks(form: Setbacks) -> str:
    return f"from setback number {form.number} within {counted(form.within_days, 'days')} on"


FORMS: dict[str, Callable[[Any], str]] = {
    "longest": _longest,
    "growth": _growth,
    "week_ceiling": _week,
    "gap": _gap,
    "race_ratio": _ratio,
    "setbacks": _setbacks,
    "long_run_percents": lambda percents: (
        f"long runs of {', then '.join(f'{percent:g}' for percent in percents)} % of the longest before it, "
        "a step for each of them that was good"
    ),
    "instead_of_run": _instead_of_run,
    "race_days_times": lambda times: f"the days that rules name before and after a race are {times:g} times as many",
    "percent_of_usual": lambda percent: f"at most {percent:g} % of the usual minutes",
    "percent_of_usual_week": lambda percent: f"a week has at most {percent:g} % of the usual running",
    "begin_at_stage": lambda stage: f"begins at stage {stage} of the return to running",
    "most_a_day": lambda most: f"at most {most} on one day",
    "most_days_in_a_row": lambda days: f"at most {counted(days, 'days')} in a row",
    "warn_share_of_long_run": lambda shares: (
        f"remarks where the long run is over {one_of([f'{share:g}' for share in shares])} % of the week "
        "(with 2 or 3, with 4, with 5 or more runs)"
    ),
}
"""What the fields of rules about dose say."""


def person_phrases(when: When) -> Iterator[str]:
    """Yield of which people a rule about training speaks, a phrase for each thing that it asks of them."""
    if when.age_years_over is not None:
        yield f"people over {when.age_years_over}"
    if when.running_days_at_most is not None:
        yield f"whoever has been running for {counted(when.running_days_at_most, 'days')} at most"
    if when.healed_within_days is not None:
        yield f"whoever had an injury that healed within {counted(when.healed_within_days, 'days')}"


def form_phrases(rule: Rule) -> Iterator[str]:
    """Yield what a rule's forms about dose say, a phrase for each."""
    for field, say in FORMS.items():
        if getattr(rule, field) is not None:
            yield say(getattr(rule, field))
    if rule.after_break is not None and rule.after_break.percents:
        yield _percents(rule.after_break)


def _span_of_break(form: AfterBreak) -> str:
    parts = [_days(form.days)]
    if form.percents:
        parts.append("/".join(f"{percent:g}" for percent in form.percents) + " %")
    if form.sessions:
        parts.append(counted(form.sessions, "sessions"))
    if form.for_days:
        parts.append(f"for {form.for_days} d")
    if form.days_per_break_day:
        parts.append(f"{form.days_per_break_day:g} d per day off")
    if form.days_per_part:
        parts.append(f"{form.days_per_part} d each")
    return ", ".join(parts)


def _span_of_race(form: AroundRace) -> str:
    if form.days is not None:
        return f"{form.days[0]} to {form.days[1]} days"
    return f"{form.days_per_10_minutes:g} per 10 min"


def _short_longest(form: Longest) -> str:
    return f"{form.percent:g} %" if form.percent < 1000 else f"{form.most_minutes} min"


DOSE_FIGURES: dict[str, tuple[str, Callable[[Any], str]]] = {
    "after_break": ("after a break of", _span_of_break),
    "after_race": ("days after a race", _span_of_race),
    "before_race": ("days before a race", _span_of_race),
    "longest": ("of the longest", _short_longest),
    "week_ceiling": ("% of recent weeks", lambda form: f"{form.percent:g}"),
    "growth": ("growth", lambda form: f"{form.percent:g} % or {form.at_least_minutes} min"),
    "gap": ("days to the next", lambda form: f"{form.days}" if form.hours is None else f"{form.hours} h"),
    "race_ratio": ("times the longest", lambda form: f"{form.over:g}"),
    "setbacks": ("setbacks", lambda form: f"{form.number} in {form.within_days} d"),
    "long_run_percents": ("% of the longest run", lambda percents: "/".join(f"{percent:g}" for percent in percents)),
    "instead_of_run": ("minutes at first", lambda form: f"{form.minutes}, +{form.minutes_more}"),
    "race_days_times": ("times the days around a race", "{:g}".format),
    "percent_of_usual": ("% of the usual", "{:g}".format),
    "percent_of_usual_week": ("% of the usual week", "{:g}".format),
    "begin_at_stage": ("first stage", str),
    "most_days_in_a_row": ("days in a row", str),
    "most_a_day": ("on one day", str),
    "warn_share_of_long_run": ("% of the week", lambda shares: "/".join(f"{share:g}" for share in shares)),
}
"""How the figures of rules about dose are called, and how they are written, where caution levels differ."""
