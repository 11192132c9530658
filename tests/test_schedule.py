"""The scheduler: exact by exhaustive search on small random problems, steady, and each constraint alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.candidates.preferences import COMFORT
from planner.revision.pinned import PUT
from planner.search.branch_and_bound import WeekSearch
from planner.search.problem import Day, Option, SearchProblem, Solution, Spacing, Week
from planner.search.solve import SearchMemory, solve
from planner.search.state_graph import WeekMap
from planner.search.through_day import Detours
from tests.cases import examples

pytestmark = pytest.mark.once

Choice = list[tuple[Option, ...]]
BOTH_WAYS = pytest.mark.parametrize("bounded", [False, True], ids=["plain", "bounded"])


# ------------------------------------------------------------------------------------------- exhaustive search


def choices(days: tuple[Day, ...]) -> Iterator[Choice]:
    """Yield every choice of at most one option a window, allowed or not."""
    if not days:
        yield []
        return
    for rest in choices(days[1:]):
        for first in of_day(days[0].windows):
            yield [first, *rest]


def of_day(windows: tuple[tuple[Option, ...], ...]) -> Iterator[tuple[Option, ...]]:
    """Yield every choice of a day."""
    if not windows:
        yield ()
        return
    for rest in of_day(windows[1:]):
        yield rest
        for option in windows[0]:
            yield (option, *rest)


def worth(problem: SearchProblem, choice: Choice) -> int | None:
    """Return the points of a choice, or None where it is not allowed."""
    points = by_day(problem, choice)
    return None if points is None else sum(points)


def by_day(problem: SearchProblem, choice: Choice) -> list[int] | None:  # noqa: PLR0912 (one thing after the other)
    """Return the points of each day of a choice, None where it is not allowed; by the words of `SearchProblem`."""
    days = [(number, day) for number, week in enumerate(problem.weeks) for day in week.days]
    gains: list[int] = []
    used, back = Counter[tuple[int, int]](), problem.first_run_back
    last = {"run": None, "hard": None, "long": None}
    seen: dict[str, int | None] = dict(last)
    counted = [counted_before(spacing) for spacing in problem.spacings]
    for number, ((week, day), chosen) in enumerate(zip(days, choice, strict=True)):
        back = back or day.break_ends
        done = [option for option in chosen if option.done]
        if done != [option for window in day.windows for option in window if option.done]:
            return None
        for one, other in combinations(chosen, 2):
            overlap = one.start < other.end and other.start < one.end
            if not (one.done and other.done) and (overlap or one.kind == other.kind or (one.hard and other.hard)):
                return None
        points = sum(option.points for option in chosen)
        points -= problem.crowded * max(len(chosen) - max(len(done), 1), 0)
        used.update((week, use) for option in chosen for use in option.uses)
        used[week, 0] += bool(chosen)
        for option in chosen:
            if option.run and option.back and option.back != ("first" if back else "later"):
                return None
        for name, least in (
            ("run", max(problem.run_gap, day.run_gap)),
            ("hard", problem.hard_gap),
            ("long", problem.long_gap),
        ):
            if not any(getattr(option, name) for option in chosen):
                continue
            before = seen[name]
            seen[name] = number
            if not any(getattr(option, name) and (not option.done or name in option.asked) for option in chosen):
                continue
            if before is not None and number - before < least:
                return None
            if name == "run" and before is not None and number - before < len(problem.spread):
                points -= problem.spread[number - before]
        for bit, spacing in enumerate(problem.spacings):
            asking = [option for option in chosen if option.asks >> bit & 1]
            if spacing.most and asking and sum(option.counts >> bit & 1 for option in chosen) > spacing.most:
                return None
            if spacing.minutes or spacing.most:
                if spacing.minutes and any(too_near(bit, spacing.minutes, *pair) for pair in combinations(chosen, 2)):
                    return None
                continue
            if not spacing.in_a_row and len(asking) > 1:
                return None
            if asking and broken(spacing, counted[bit], number):
                return None
            counted[bit][number] = any(option.counts >> bit & 1 for option in chosen)
        back = back and not any(option.run for option in chosen)
        gains.append(points)
    if any(count > problem.weeks[week].caps[use] for (week, use), count in used.items()):
        return None
    return gains


def too_near(bit: int, minutes: int, one: Option, other: Option) -> bool:
    """Return whether two workouts of a day stand too near to each other for a spacing that is about one day."""
    alike = (one.asks & other.counts | one.counts & other.asks) >> bit & 1
    return bool(alike) and one.start < other.end + minutes and other.start < one.end + minutes


def counted_before(spacing: Spacing) -> dict[int, bool]:
    """Return on which days before the first one, 0, a workout counted for a spacing."""
    if spacing.in_a_row:
        return {-number: True for number in range(1, (spacing.since or 0) + 1)}
    return {} if spacing.since is None else {-spacing.since: True}


def broken(spacing: Spacing, counted: dict[int, bool], day: int) -> bool:
    """Return whether a workout on a day breaks a spacing, by the days before it on which one counted."""
    if spacing.in_a_row:
        return all(counted.get(day - number) for number in range(1, spacing.days + 1))
    return any(counted.get(day - number) for number in range(1, spacing.days))


def best_of_all(problem: SearchProblem) -> int:
    """Return the most points that any allowed choice has."""
    days = tuple(day for week in problem.weeks for day in week.days)
    return max(points for choice in choices(days) if (points := worth(problem, choice)) is not None)


@st.composite
def problems(draw: st.DrawFn) -> SearchProblem:
    """Draw a small problem that stretches every part: up to two weeks, three windows a day, gaps, caps and breaks."""
    random = Random(draw(st.integers(0, 2**32)))  # noqa: S311 (test data, no secret)
    counters = random.randint(2, 4)
    weeks = []
    for _ in range(random.randint(1, 2)):
        days = []
        for _ in range(random.randint(1, 3)):
            windows: list[tuple[Option, ...]] = []
            begins = 0
            if random.random() < 0.15:
                windows.append((option(random, counters, -60)._replace(uses=(), back="", done=True, asks=0),))
            for _ in range(random.randint(0, 3 if random.random() < 0.2 else 2)):
                windows.append(tuple(option(random, counters, begins) for _ in range(random.randint(0, 3))))
                begins += 60
            days.append(Day(tuple(windows), break_ends=random.random() < 0.2, run_gap=random.choice([1, 1, 2, 3])))
        done = sum(any(one.done for window in day.windows for one in window) for day in days)
        caps = (random.randint(done, 3), *(random.randint(0, 2) for _ in range(counters - 1)))
        weeks.append(Week(tuple(days), caps))
    if random.random() < 0.3:
        # What comes after the planned days: nothing else is chosen on its day.
        last = option(random, counters, 0)._replace(uses=(), back="", done=True, asks=0, asked=("hard", "long", "run"))
        weeks[-1] = Week((*(_undone(day) for day in weeks[-1].days), Day(((last,),))), (3, *weeks[-1].caps[1:]))
        weeks[:-1] = [Week(tuple(_undone(day) for day in one.days), one.caps) for one in weeks[:-1]]
    return SearchProblem(
        weeks=tuple(weeks),
        run_gap=random.randint(1, 3),
        hard_gap=random.randint(1, 3),
        long_gap=random.randint(1, 4),
        spread=(0, *sorted((random.randint(0, 30) for _ in range(random.randint(0, 2))), reverse=True)),
        crowded=random.choice((0, 10, 30)),
        first_run_back=random.random() < 0.3,
        spacings=tuple(
            Spacing(random.randint(1, 3), random.random() < 0.5, random.choice((None, 1, 2)))
            for _ in range(random.randint(0, 2))
        )
        if random.random() < 0.7
        else (
            random.choice((Spacing(1, minutes=random.choice((1, 30, 60, 180))), Spacing(1, most=random.randint(1, 2)))),
            Spacing(random.randint(1, 3)),
        ),
    )


def _undone(day: Day) -> Day:
    """Return a day without what is done: a plan must be able to keep its distance from what comes after it."""
    return day._replace(windows=tuple(window for window in day.windows if not any(one.done for one in window)))


def option(random: Random, counters: int, begins: int) -> Option:
    """Return a random workout of a window."""
    kind = random.choice(("run", "bike", "upper_body", "swim"))
    start = begins + random.choice((0, 30))
    uses = tuple(sorted(set(random.choices(range(1, counters), k=random.randint(0, 2)))))
    run = kind == "run"
    return Option(
        key=random.randrange(10**6),
        kind=kind,
        start=start,
        end=start + random.choice((30, 60, 120)),
        points=random.randint(-20, 100),
        uses=uses,
        run=run,
        hard=random.random() < 0.3,
        long=run and random.random() < 0.3,
        back=random.choice(("", "first", "later")) if run else "",
        counts=random.randrange(4),
        asks=random.randrange(4),
    )


@examples(250)
@given(problems())
def test_no_plan_is_better_than_the_one_that_is_found(problem: SearchProblem) -> None:
    """Exhaustive search, the plain search and the bounded one find as many points, and what they choose is allowed."""
    expected = best_of_all(problem)
    found = [solve(problem, bounded=bounded) for bounded in (False, True)]
    assert [one.points for one in found] == [expected, expected]
    assert [worth(problem, list(one.days)) for one in found] == [expected, expected]


@examples(150)
@given(problems(), problems(), st.data())
def test_another_day_in_the_place_of_one_gives_the_plan_that_exhaustive_search_finds(
    problem: SearchProblem, other: SearchProblem, data: st.DataObject
) -> None:
    """Whatever days were asked about before; and of equals it is the one whose first days have more points."""
    # Few points to tell apart: so there are many equals.
    days = [_coarse(day) for week in problem.weeks for day in week.days]
    problem = _with(problem, days)._replace(spread=(0, 50), crowded=50)
    offered = [_coarse(_counted(_undone(day), problem)) for week in other.weeks for day in week.days]
    detours = Detours(problem, SearchMemory())
    for _ in range(2):
        number, day = data.draw(st.integers(0, len(days) - 1)), data.draw(st.sampled_from(offered))
        day = day._replace(run_gap=days[number].run_gap)
        taken = [*days[:number], day, *days[number + 1 :]]
        changed = _with(problem, taken)
        detour = detours.best(number, day)
        choice = [
            tuple(each.windows[window][option] for window, option in picks)
            for each, picks in zip(taken, detour.picks, strict=True)
        ]
        allowed = [gains for each in choices(tuple(taken)) if (gains := by_day(changed, each)) is not None]
        best = max(allowed, key=lambda gains: (sum(gains), gains))
        assert detour.points == sum(best)
        assert by_day(changed, choice) == best


def _counted(day: Day, problem: SearchProblem) -> Day:
    """Return a day whose workouts use only the counters of a problem."""
    counters = len(problem.weeks[0].caps)
    return _each(day, lambda one: one._replace(uses=tuple(use for use in one.uses if use < counters)))


def _coarse(day: Day) -> Day:
    """Return a day whose points are multiples of 50."""
    return _each(day, lambda one: one._replace(points=50 * round(one.points / 50)))


def _each(day: Day, change: Callable[[Option], Option]) -> Day:
    return day._replace(windows=tuple(tuple(map(change, window)) for window in day.windows))


def _with(problem: SearchProblem, days: Sequence[Day]) -> SearchProblem:
    """Return a problem with other days."""
    rest = iter(days)
    return problem._replace(
        weeks=tuple(week._replace(days=tuple(next(rest) for _ in week.days)) for week in problem.weeks)
    )


@examples(30)
@given(problems())
def test_solving_twice_gives_the_same_choice(problem: SearchProblem) -> None:
    """Among equals it is always the same one, however the search is done."""
    for bounded in (False, True):
        assert solve(problem, bounded=bounded) == solve(problem, bounded=bounded)


@examples(15)
@given(st.integers(0, 2**32))
def test_both_searches_agree_on_rich_weeks(seed: int) -> None:
    """Weeks too rich for exhaustive search: seven days, two windows, five counters."""
    random = Random(seed)  # noqa: S311 (test data, no secret)
    weeks = []
    for _ in range(2):
        days = [
            Day(
                tuple(tuple(option(random, 5, begins) for _ in range(4)) for begins in (0, 600)),
                break_ends=random.random() < 0.1,
                run_gap=random.choice([1, 1, 3]),
            )
            for _ in range(7)
        ]
        weeks.append(Week(tuple(days), (6, 3, 2, 2, 3)))
    problem = SearchProblem(tuple(weeks), run_gap=2, hard_gap=2, long_gap=5, spread=(0, 80), crowded=30)
    assert solve(problem, bounded=True).points == solve(problem, bounded=False).points


# ------------------------------------------------------------------------------------------ each constraint alone


def run(key: int = 0, start: int = 0, points: int = 100, **data: object) -> Option:
    """Return a run of half an hour."""
    return workout(key, "run", start, points, run=True, **data)


def workout(key: int, kind: str, start: int = 0, points: int = 100, **data: object) -> Option:
    """Return a workout of half an hour that uses no counter but where said."""
    return Option(key=key, kind=kind, start=start, end=start + 30, points=points, **{"uses": (), **data})  # type: ignore[arg-type]


def week(*days: list[list[Option]], caps: tuple[int, ...] = (7,), breaks: tuple[int, ...] = ()) -> Week:
    """Return a week of days, each with its windows; `breaks` numbers the days on which one ends."""
    return Week(
        tuple(
            Day(tuple(tuple(window) for window in windows), break_ends=number in breaks)
            for number, windows in enumerate(days)
        ),
        caps,
    )


def keys(found: Solution) -> list[list[int]]:
    """Return the keys of what was chosen on each day."""
    return [[option.key for option in day] for day in found.days]


@BOTH_WAYS
@pytest.mark.parametrize(("caps", "expected"), [((2,), 200), ((1,), 100), ((0,), 0)])
def test_the_days_with_a_workout_are_capped(caps: tuple[int, ...], expected: int, bounded: bool) -> None:
    """Counter 0 counts days, not workouts: rest days stay."""
    problem = SearchProblem((week([[run()]], [[workout(1, "bike")]], caps=caps),))
    assert solve(problem, bounded=bounded).points == expected


@BOTH_WAYS
def test_two_workouts_on_one_day_are_one_day(bounded: bool) -> None:
    """With one day allowed, both workouts of it are better than one on each day."""
    problem = SearchProblem((week([[run(0)], [workout(1, "bike", 60)]], [[workout(2, "bike")]], caps=(1,)),))
    assert keys(solve(problem, bounded=bounded)) == [[0, 1], []]


@BOTH_WAYS
@pytest.mark.parametrize(("cap", "expected"), [(2, 200), (1, 100), (0, 0)])
def test_a_counter_is_never_used_more_often_than_its_cap(cap: int, expected: int, bounded: bool) -> None:
    """A wish for two runs a week holds two."""
    problem = SearchProblem((week([[run(uses=(1,))]], [[run(uses=(1,))]], caps=(7, cap)),))
    assert solve(problem, bounded=bounded).points == expected


@BOTH_WAYS
@pytest.mark.parametrize("windows", [2, 3, 4, 5, 6, 7])
def test_a_counter_is_never_used_more_often_on_one_day_with_many_windows(windows: int, bounded: bool) -> None:
    """Stand-ins for a run on one day use the counter of runs as often as there are windows: one is wished for."""
    day = [[workout(number, f"kind {number}", 60 * number, uses=(1,))] for number in range(windows)]
    problem = SearchProblem((week([[run(99, uses=(1,))]], day, caps=(7, 1)),))
    assert solve(problem, bounded=bounded).points == 100


@BOTH_WAYS
def test_every_week_counts_anew(bounded: bool) -> None:
    """The caps of one week do not touch the next."""
    one = week([[run(uses=(1,))]], [[run(uses=(1,))]], caps=(7, 1))
    assert solve(SearchProblem((one, one)), bounded=bounded).points == 200


@BOTH_WAYS
@pytest.mark.parametrize("name", ["run", "hard", "long"])
@pytest.mark.parametrize(("gap", "expected"), [(1, 300), (2, 200), (3, 100)])
def test_days_of_a_kind_keep_their_distance(name: str, gap: int, expected: int, bounded: bool) -> None:
    """On three days in a row: all, every other, or one of them."""
    day = [[workout(0, "run", **{name: True})]]
    problem = SearchProblem((week(day, day, day),), **{f"{name}_gap": gap})  # type: ignore[arg-type]
    assert solve(problem, bounded=bounded).points == expected


@BOTH_WAYS
@pytest.mark.parametrize(("gap", "expected"), [(2, 100), (1, 200)])
def test_distances_hold_across_weeks(gap: int, expected: int, bounded: bool) -> None:
    """Sunday and the Monday after it are consecutive days."""
    problem = SearchProblem((week([[run()]]), week([[run()]])), run_gap=gap)
    assert solve(problem, bounded=bounded).points == expected


@BOTH_WAYS
@pytest.mark.parametrize(("since", "expected"), [(None, 200), (2, 200), (1, 100)])
def test_the_last_run_before_the_plan_counts(since: int | None, expected: int, bounded: bool) -> None:
    """Whoever ran yesterday, two days apart, does not run today."""
    problem = SearchProblem((week([[run()]], [], [[run()]]),), run_gap=2, since=(since, None, None))
    assert solve(problem, bounded=bounded).points == expected


@BOTH_WAYS
@pytest.mark.parametrize(("start", "expected"), [(30, 200), (29, 100)])
def test_workouts_of_a_day_do_not_overlap(start: int, expected: int, bounded: bool) -> None:
    """One may begin in the minute in which the other ends."""
    problem = SearchProblem((week([[run()], [workout(1, "bike", start)]]),))
    assert solve(problem, bounded=bounded).points == expected


@BOTH_WAYS
@pytest.mark.parametrize(("kind", "expected"), [("bike", 200), ("run", 100)])
def test_a_day_holds_each_kind_once(kind: str, expected: int, bounded: bool) -> None:
    """A second workout of a day is of another kind."""
    problem = SearchProblem((week([[run()], [workout(1, kind, 60)]]),))
    assert solve(problem, bounded=bounded).points == expected


@BOTH_WAYS
@pytest.mark.parametrize(("hard", "expected"), [(False, 200), (True, 100)])
def test_a_day_holds_one_hard_workout(hard: bool, expected: int, bounded: bool) -> None:
    """Two hard workouts are too many for a day, whatever their kinds."""
    problem = SearchProblem((week([[run(hard=True)], [workout(1, "bike", 60, hard=hard)]]),))
    assert solve(problem, bounded=bounded).points == expected


@BOTH_WAYS
def test_a_window_holds_one_workout(bounded: bool) -> None:
    """Of two options of a window, the better one."""
    problem = SearchProblem((week([[workout(0, "bike", 0, 90), workout(1, "upper_body", 60, 100)]]),))
    assert keys(solve(problem, bounded=bounded)) == [[1]]


@BOTH_WAYS
@pytest.mark.parametrize(("spread", "expected"), [((0,), 200), ((0, 99), 101), ((0, 101), 100), ((0, 0, 99), 200)])
def test_runs_close_together_cost_their_points(spread: tuple[int, ...], expected: int, bounded: bool) -> None:
    """Runs on consecutive days cost what the spread says for a gap of one."""
    problem = SearchProblem((week([[run()]], [[run()]]),), spread=spread)
    assert solve(problem, bounded=bounded).points == expected


@BOTH_WAYS
@pytest.mark.parametrize(("crowded", "expected"), [(0, 200), (99, 101), (101, 100)])
def test_a_second_workout_on_a_day_costs_its_points(crowded: int, expected: int, bounded: bool) -> None:
    """Where it costs more than it is worth, it is left out."""
    problem = SearchProblem((week([[run()], [workout(1, "bike", 60)]]),), crowded=crowded)
    assert solve(problem, bounded=bounded).points == expected


def test_the_bound_is_found_soon_where_what_outweighs_all_else_meets_a_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The price of a place that two workouts put by a person contend for is thousands of ordinary steps away."""
    steps = []

    class Counting(WeekSearch):
        def _set_prices(self, week: WeekMap, prices: Sequence[int]) -> None:
            steps.append(prices)
            super()._set_prices(week, prices)

    monkeypatch.setattr("planner.search.solve.WeekSearch", Counting)
    put = [[[run(key=number, points=COMFORT * PUT, uses=(1,))]] for number in range(2)]
    assert keys(solve(SearchProblem((week(*put, caps=(7, 1)),)), bounded=True)) == [[0], []]
    assert len(steps) < 200


@BOTH_WAYS
def test_what_costs_more_than_it_gives_is_left_out(bounded: bool) -> None:
    """Nothing is better than less than nothing."""
    problem = SearchProblem((week([[run(points=-1)]]),))
    assert solve(problem, bounded=bounded) == Solution(0, ((),))


SHORT, WHOLE = run(1, points=60, back="first"), run(2, points=100, back="later")


@BOTH_WAYS
@pytest.mark.parametrize(
    ("breaks", "before", "expected"),
    [
        ((), False, [[2], [2], [2]]),
        ((), True, [[1], [2], [2]]),
        ((0,), False, [[1], [2], [2]]),
        ((1,), False, [[2], [1], [2]]),
        ((0, 2), False, [[1], [2], [1]]),
    ],
)
def test_the_first_run_after_a_break_is_the_short_one(
    breaks: tuple[int, ...],
    before: bool,
    expected: list[list[int]],
    bounded: bool,
) -> None:
    """A break that ends on a day, or ended before the plan, makes the next run the first one back."""
    day = [[SHORT, WHOLE]]
    problem = SearchProblem((week(day, day, day, breaks=breaks),), first_run_back=before)
    assert keys(solve(problem, bounded=bounded)) == expected


@BOTH_WAYS
def test_days_without_a_run_do_not_end_the_wait_for_the_first_run_back(bounded: bool) -> None:
    """A ride is no run: the run after it is still the first one back."""
    problem = SearchProblem((week([[workout(0, "bike")]], [[SHORT, WHOLE]], breaks=(0,)),))
    assert keys(solve(problem, bounded=bounded)) == [[0], [1]]


@BOTH_WAYS
@pytest.mark.parametrize(("gap", "expected"), [(1, [[1], [2], [3]]), (2, [[1], [2], []])])
def test_what_is_done_stays_whatever_its_distance_and_keeps_the_next_one_away(
    gap: int, expected: list[list[int]], bounded: bool
) -> None:
    """Two runs were run day after day: nobody can take them back, but the third one waits."""
    done = [run(key, points=0, done=True) for key in (1, 2)]
    found = solve(SearchProblem((week([[done[0]]], [[done[1]]], [[run(3)]]),), run_gap=gap), bounded=bounded)
    assert keys(found) == expected


@BOTH_WAYS
@pytest.mark.parametrize("weeks", [(week(),), (week([], []),)])
def test_an_empty_problem_has_an_empty_plan(weeks: tuple[Week, ...], bounded: bool) -> None:
    """No day or no window: nothing to choose, and nothing to trip over."""
    found = solve(SearchProblem(weeks), bounded=bounded)
    assert (found.points, found.days) == (0, tuple(() for one in weeks for _ in one.days))
