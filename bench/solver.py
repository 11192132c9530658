"""Our `solve()` against OR-Tools CP-SAT on the same model, for both cases and 1 to 52 weeks.

Run `python -m bench.solver`; `--plain` compares the search with and without its bound, `--sweep` the constants of both.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.cases import CASES, START, problem
from bench.cp_sat import Answer, answer, encode
from bench.sweep import plain_report, sweep_report
from bench.timing import alternate, milliseconds, table, typical
from planner.planning import plan, prepare, problem_of
from planner.rulebook_file import shipped_rulebook
from planner.schedule import solve

WEEKS = (1, 4, 12, 52)
LIMIT = 60.0
"""Seconds that CP-SAT is given for one problem."""
PATIENCE = 2.0
"""Problems on which CP-SAT takes longer than so many seconds are timed once: its time dwarfs any noise."""


@dataclass(frozen=True, slots=True)
class Line:
    """Hold what was measured for one case and length, in milliseconds."""

    case: str
    weeks: int
    ours: float
    building: float
    cp_sat: float
    workers: str
    points: int
    answer: Answer

    @property
    def row(self) -> list[str]:
        """The line as cells of a table."""
        theirs, ratio = f"{self.cp_sat:,.0f}", f"{self.cp_sat / self.ours:,.1f}"
        equal = "yes"
        if not self.answer.proven:
            theirs, ratio = f"not finished in {theirs}", f"over {ratio}"
            equal = f"{self.points} here; best {self.answer.points}, bound {self.answer.bound}"
        cells = [self.case, str(self.weeks), f"{self.ours:,.1f}", theirs, ratio, equal, self.workers]
        return [*cells, f"{self.building:,.0f}"]


HEAD = ["case", "weeks", "ours, ms", "CP-SAT, ms", "ratio", "points equal", "CP-SAT's better", "model building, ms"]


def measure(case: str, weeks: int, limit: float = LIMIT) -> Line:
    """Measure one case and length, and hold both optima against each other."""
    stated = problem(CASES[case](weeks), weeks)
    building = milliseconds(lambda: encode(stated))
    model = encode(stated)
    points = solve(stated).points
    answers: dict[str, Answer] = {}

    def cp_sat(name: str, workers: int) -> float:
        answers[name] = answer(model, workers=workers, limit=limit)
        return answers[name].seconds * 1000

    teams = {"one worker": 1, "its default": 0}
    for name, workers in teams.items():
        cp_sat(name, workers)
        check(points, answers[name], f"{case}, {weeks} weeks, {name}")
    slow = {name for name, found in answers.items() if found.seconds > PATIENCE}
    contenders = {"ours": lambda: milliseconds(lambda: solve(stated))} | {
        name: lambda name=name, workers=workers: cp_sat(name, workers)  # type: ignore[misc]  # a default binds it
        for name, workers in teams.items()
        if name not in slow
    }
    times = {name: [answers[name].seconds * 1000] for name in slow}
    times |= alternate(contenders, 7 if weeks < 52 else 3)
    # A team that proved its answer beats one that did not; then the faster one counts.
    better = min(teams, key=lambda name: (not answers[name].proven, median(times[name])))
    return Line(case, weeks, median(times["ours"]), building, median(times[better]), better, points, answers[better])


def check(points: int, found: Answer, where: str) -> None:
    """Stop where CP-SAT contradicts us: both claim to be exact, so one of us would be wrong."""
    if found.proven and found.points != points:
        raise AssertionError(f"{where}: CP-SAT proves {found.points} points, we say {points}")
    if found.points > points or found.bound < points:
        raise AssertionError(f"{where}: {points} points are outside CP-SAT's {found.points} to {found.bound}")


def report(weeks: Sequence[int] = WEEKS, limit: float = LIMIT) -> str:
    """Measure everything and return the tables."""
    lines = [measure(case, length, limit) for case in CASES for length in weeks]
    parts = ["## The scheduler against CP-SAT", table(HEAD, [line.row for line in lines])]
    for case in CASES:
        ours = {line.weeks: line.ours for line in lines if line.case == case}
        if {1, 52} <= set(ours):
            grown = f"{case}: 52 weeks take {ours[52] / ours[1]:.0f} times as long as one"
            parts.append(f"{grown} ({ours[52] / 52:.1f} ms a week, {ours[1]:.1f} ms a week alone).")
    return "\n\n".join([*parts, whole_report()])


def whole_report() -> str:
    """Measure what surrounds `solve()`: preparing the days, stating the problem, explaining the plan."""
    rulebook, rows = shipped_rulebook(), []
    for name, of in CASES.items():
        for weeks in (1, 12, 52):
            case = of(weeks)
            task = prepare(case, rulebook, START, weeks)
            prepared = typical(lambda case=case, weeks=weeks: prepare(case, rulebook, START, weeks), 3)  # type: ignore[misc]
            stated = problem_of(task, {})
            stating = typical(lambda task=task: problem_of(task, {}), 3)  # type: ignore[misc]
            solving = typical(lambda stated=stated: solve(stated), 3)  # type: ignore[misc]
            whole = typical(
                lambda case=case, weeks=weeks: plan(case, rulebook, today=START, start=START, weeks=weeks), 3  # type: ignore[misc]
            )
            rest = whole - prepared - stating - solving
            rows.append([name, str(weeks), *(f"{each:,.1f}" for each in (whole, prepared, stating, solving, rest))])
    head = ["case", "weeks", "plan(), ms", "prepare", "problem_of", "solve", "assemble (the rest)"]
    return f"## Where the time of plan() goes\n\n{table(head, rows)}"


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--weeks", type=int, nargs="+", default=WEEKS, help="lengths to measure (default: 1 4 12 52)")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds for CP-SAT on one problem (default: 60)")
    parser.add_argument("--plain", action="store_true", help="compare the search with and without its bound")
    parser.add_argument("--sweep", action="store_true", help="compare values of the constants")
    options = parser.parse_args()
    if options.plain:
        print(plain_report())
    elif options.sweep:
        print(sweep_report())
    else:
        print(report(options.weeks, options.limit))


if __name__ == "__main__":
    main()
