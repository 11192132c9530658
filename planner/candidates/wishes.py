"""Wishes: what a case asks of a week, with a coach's defaults where the person left something open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple

from planner.case.model import Case
from planner.clock import Minutes
from planner.dates import WEEKDAYS
from planner.limits.progress import minutes_to_grow_to
from planner.rulebook.kinds import Workout
from planner.rulebook.model import Rulebook

Role = Literal["goal", "substitute", "race", "extra"]

LAST_DAYS = timedelta(days=30)
"""How far back the longest run counts (`training.session_cap`)."""
LONGEST_RUN_SHARE = 1.5
"""The longest run of the last 30 days, where it is not known, as a share of an easy run."""


class Form(NamedTuple):
    """Name one way to fulfil a wish: a workout, and the counters of the week that it takes from."""

    workout: str
    goal: str
    role: Role
    counters: tuple[str, ...]
    as_asked: bool = True


class Wishes(NamedTuple):
    """Hold what a week is to be filled with.

    `caps` limits each named counter per week; `ranks` orders the goals (0 first); `minutes` are the usual lengths by
    figure of `[fitness]`, of which `guessed` were not given; `long_run_day` counts from Monday, 0.
    """

    forms: tuple[Form, ...]
    caps: Mapping[str, int]
    ranks: Mapping[str, int]
    minutes: Mapping[str, Minutes]
    guessed: tuple[str, ...]
    long_run_day: int | None
    ideal_run_gap: int
    """Days from one run to the next in an even spread."""
    usual: Mapping[str, Minutes] = MappingProxyType({})
    """The minutes that are usual now, where `minutes` are more: those to grow to."""

    @property
    def usual_now(self) -> Mapping[str, Minutes]:
        """The minutes by figure of `[fitness]` that are usual now, before any growing."""
        return {**self.minutes, **self.usual} if self.usual else self.minutes


def wishes(case: Case, rulebook: Rulebook, today: date) -> Wishes:
    """Return what a case asks of each week; `today` bounds the log's last 30 days."""
    goals = case.goals
    asked = [goal for goal in goals.priority if goals.count(goal)]
    usual = usual_minutes(case, rulebook, today)
    minutes = {**usual, **minutes_to_grow_to(case, usual, today)}
    sessions = _weekly_sessions(case, rulebook)
    long_run = goals.long_run and case.return_to_running is None
    return Wishes(
        forms=tuple(form for goal in rulebook.goals if goal in asked for form in _forms(case, rulebook, goal)),
        caps={
            "workout_days": 7 - goals.rest_days,
            **{goal: max(goals.count(goal), sessions[goal]) for goal in rulebook.goals if goal in asked},
            **({"long_run": 1} if long_run else {}),
            **{
                special: count
                for special in ("hard_runs", "hard_bikes", *rulebook.special_goals)
                if (count := goals.count(special))
            },
        },
        ranks={goal: rank for rank, goal in enumerate(asked)},
        minutes=minutes,
        guessed=tuple(key for key in minutes if getattr(case.fitness, key, None) is None),
        long_run_day=WEEKDAYS.index(goals.long_run) if goals.long_run and long_run else None,
        ideal_run_gap=int(7 / goals.runs + 0.5) if goals.runs > 1 else 1,
        usual={figure: usual[figure] for figure in minutes if minutes[figure] != usual[figure]},
    )


def wishes_of_short_week(case: Case, wished: Wishes, begins: date, since: date) -> dict[str, int]:
    """Return what is asked of a week that is planned from a day on: of each goal its part, and so of all together.

    The part is that of the days for sport, for some people have none but at the weekend. Of what it leaves over,
    halves and more are one, those further up first. The long run is asked for where its day is to come.

    Args:
        case: the person's case, with the days that have start windows.
        wished: what it asks of a whole week.
        begins: the first day of the week.
        since: the first of its days that is planned.

    """
    week = [begins + timedelta(days=number) for number in range(7)]
    week = [day for day in week if case.windows_on(day)] or week
    days = [day for day in week if day >= since]
    caps, left, whole = wished.caps, len(days), len(week)
    goals = sorted(wished.ranks, key=lambda goal: wished.ranks[goal])
    asked = {goal: caps[goal] * left // whole for goal in goals}
    over = _rounded(sum(caps[goal] for goal in goals) * left, whole) - sum(asked.values())
    rest = {goal: caps[goal] * left % whole for goal in goals}
    # Sorting keeps the order of those alike.
    for goal in sorted(goals, key=lambda goal: -min(2 * rest[goal], whole))[:over]:
        asked[goal] += 1
    if "long_run" in caps:
        asked["long_run"] = int(wished.long_run_day in [day.weekday() for day in days])
        asked["runs"] = max(asked["runs"], asked["long_run"])
    for special in caps.keys() - asked.keys() - {"workout_days"}:
        asked[special] = _rounded(caps[special] * left, whole)
    asked["workout_days"] = min(_rounded(caps["workout_days"] * left, whole), left)
    return {name: asked[name] for name in caps}


def _rounded(number: int, parts: int) -> int:
    return (2 * number + parts) // (2 * parts)


def _weekly_sessions(case: Case, rulebook: Rulebook) -> Counter[str]:
    """Return how many fixed sessions of each goal a week holds: they stand even where fewer were asked for."""
    goal_of = {kind: goal for goal, kind in rulebook.goals.items()}
    return Counter(goal_of.get(rulebook.workouts[entry.workout].kind, "") for entry in case.sessions for _ in entry.day)


def usual_minutes(case: Case, rulebook: Rulebook, today: date) -> dict[str, Minutes]:
    """Return the minutes of each figure of `[fitness]`, a coach's guess where the case gives none.

    They are what is usual: the log lowers none of them (what it allows is up to the rules about dose), and a race that
    was run is never the usual long run.
    """
    figures = case.fitness.model_dump(exclude_none=True)
    minutes = {**rulebook.usual_minutes, **{key: figure for key, figure in figures.items() if key.endswith("_minutes")}}
    if "longest_run_minutes" not in minutes:
        logged = [
            entry.minutes
            for entry in case.log
            if entry.did and entry.minutes and entry.did != "race" and rulebook.workouts[entry.did].kind == "run"
            if timedelta(0) <= today - entry.date <= LAST_DAYS
        ]
        minutes["longest_run_minutes"] = max([*logged, round(minutes["easy_run_minutes"] * LONGEST_RUN_SHARE)])
    minutes["race_minutes"] = minutes["longest_run_minutes"]
    return minutes


def _forms(case: Case, rulebook: Rulebook, goal: str) -> Iterable[Form]:
    goals = case.goals
    match goal:
        case "runs" if case.return_to_running is not None:
            yield Form("run_walk", goal, "goal", ("runs",))
            for workout in _substitutes(case, rulebook):
                yield Form(workout, goal, "substitute", ("runs",))
        case "runs":
            yield Form("run_easy", goal, "goal", ("runs",))
            yield Form("run_walk", goal, "goal", ("runs",), as_asked=False)
            if goals.long_run:
                yield Form("run_long", goal, "goal", ("runs", "long_run"))
            if goals.hard_runs:
                yield Form("run_hard", goal, "goal", ("runs", "hard_runs"))
            for workout in _substitutes(case, rulebook):
                yield Form(workout, goal, "substitute", ("runs",))
        case _:
            catalogue = {
                key: workout for key, workout in rulebook.workouts.items() if workout.kind == rulebook.goals[goal]
            }
            yield Form(_plain(catalogue), goal, "goal", (goal,))
            hard = next((key for key, workout in catalogue.items() if workout.hard and not workout.long), None)
            if goal == "bikes" and goals.hard_bikes and hard is not None:
                yield Form(hard, goal, "goal", (goal, "hard_bikes"))
            for special, key in rulebook.special_goals.items():
                if key in catalogue and goals.count(special):
                    yield Form(key, goal, "goal", (goal, special))
            for key, entry in catalogue.items():
                if entry.lesser:
                    yield Form(key, goal, "goal", (goal,), as_asked=False)


def _plain(catalogue: Mapping[str, Workout]) -> str:
    """Return the workout that stands for its kind: the first that is neither hard nor long nor a lesser form."""
    plain = (key for key, workout in catalogue.items() if not (workout.hard or workout.long or workout.lesser))
    return next(plain, next(iter(catalogue)))


def _substitutes(case: Case, rulebook: Rulebook) -> list[str]:
    """Return what may stand in for a run: easy rides and upper-body days, and water only for those who swim.

    Who writes that they want no rides, or no upper-body days, gets none for a run either.
    """
    kinds = {key for key, kind in rulebook.described_kinds.items() if kind.stands_in_for_runs}
    kinds -= unwanted_kinds(case, rulebook)
    return [workout for workout in rulebook.instead_of("run_easy") if rulebook.workouts[workout].kind in kinds]


def unwanted_kinds(case: Case, rulebook: Rulebook) -> set[str]:
    """Return the kinds of workouts that never come in place of another.

    They are those of which the case says in so many words that it wants none (`bikes = 0`), and water for who does not
    ask for swims.
    """
    goals = case.goals
    none = {kind for goal, kind in rulebook.goals.items() if goal in goals.model_fields_set and not goals.count(goal)}
    return none | {
        key
        for key, kind in rulebook.described_kinds.items()
        if kind.only_with is not None and not goals.count(kind.only_with)
    }


def workouts_of_same_wish(workout: str, wished: Wishes) -> set[str]:
    """Return the workouts that fulfil the same wish as one, itself among them: an easy run, and run and walk."""
    asked = [form for form in wished.forms if form.role == "goal"]
    counters = {form.counters for form in asked if form.workout == workout}
    return {workout, *(form.workout for form in asked if form.counters in counters)}


def race_form(wished: Wishes) -> Form:
    """Return the form of a race: it is one of the week's runs where runs are asked for."""
    return Form(
        "race",
        "runs" if "runs" in wished.caps else "races",
        "race",
        ("runs",) if "runs" in wished.caps else (),
    )


def form_of(workout: str, wished: Wishes, rulebook: Rulebook) -> Form:
    """Return the form of a workout that stands where it stands, asked for or not."""
    if workout == "race":
        return race_form(wished)
    for role in ("goal", "substitute"):
        for form in wished.forms:
            if form.workout == workout and form.role == role:
                return form
    return _extra(workout, wished, rulebook)


def form_on(workout: str, day: date, case: Case, wished: Wishes, rulebook: Rulebook) -> Form:
    """Return the form of a workout that stands on a day: a fixed session of it is there in place of nothing else.

    Args:
        workout: the workout, by its name in the catalogue.
        day: the local day.
        case: the person's case, with its fixed sessions.
        wished: what it asks of a week.
        rulebook: the rules.

    """
    form = form_of(workout, wished, rulebook)
    if form.role == "substitute" and any(entry.workout == workout and entry.is_on(day) for entry in case.sessions):
        return _extra(workout, wished, rulebook)
    return form


def _extra(workout: str, wished: Wishes, rulebook: Rulebook) -> Form:
    """Return the form of a workout that nobody asked for."""
    kind = rulebook.workouts[workout].kind
    goal = next((goal for goal, its_kind in rulebook.goals.items() if its_kind == kind), kind)
    return Form(workout, goal, "extra", (goal,) if goal in wished.caps else ())
