"""Our `solve()` against OR-Tools CP-SAT on the same model, for both cases and 1 to 52 weeks.

Run `python -m bench.solver`; `--plain` compares the search with and without its bound, `--sweep` the constants of both.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

from bench.cases import CASES, START, problem
from bench.cp_sat import Answer, answer, encode
from bench.sweep import plain_report, sweep_report
from bench.timing import alternate, milliseconds, table
from planner.planning import plan
from planner.revision.revise import weeks_of
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.assembly import assemble
from planner.scheduling.choose import choose, problem_of
from planner.scheduling.task import prepare
from planner.search.solve import solve

WEEKS = (1, 4, 12, 52)
LIMIT = 60.0
"""Seconds that CP-SAT is given for one problem."""
PATIENCE = 2.0
"""Problems on which CP-SAT takes longer than so many seconds are timed once: its time dwarfs any noise."""


@dataclass(frozen=True, slots=True)
class Team:
    """Name one way to run CP-SAT; `workers` 0 is its own choice, `linear` is how much of the model goes into its LP."""

    name: str
    workers: int
    linear: int = 1
    tuned: bool = False


TEAMS = (Team("one worker", 1), Team("its default", 0), Team("one worker, full LP", 1, linear=2, tuned=True))
"""As it comes out of the box, and with the one setting that suits this problem best (found by trying)."""


@dataclass(frozen=True, slots=True)
class Line:
    """Hold what was measured for one case and length, in milliseconds."""

    case: str
    weeks: int
    ours: float
    building: float
    points: int
    cp_sat: dict[Team, tuple[float, Answer]]

    def better(self, *, tuned: bool) -> tuple[Team, float, Answer]:
        """Return the team that proved its answer, or the faster of two that did."""
        teams = [team for team in self.cp_sat if team.tuned == tuned]
        team = min(teams, key=lambda each: (not self.cp_sat[each][1].proven, self.cp_sat[each][0]))
        return team, *self.cp_sat[team]

    @property
    def row(self) -> list[str]:
        """The line as cells of a table."""
        cells = [self.case, str(self.weeks), f"{self.ours:,.1f}"]
        for tuned in (False, True):
            team, took, found = self.better(tuned=tuned)
            ratio = f"{took / self.ours:,.1f}"
            if found.proven:
                cells += [f"{took:,.0f}" + ("" if tuned else f" ({team.name})"), ratio]
            else:
                cells += [f"not finished in {took:,.0f}: {found.points} to {found.bound}", f"over {ratio}"]
        equal = any(found.proven for _, found in self.cp_sat.values())
        return [*cells, f"yes, {self.points}" if equal else f"{self.points}, unproven there", f"{self.building:,.0f}"]


HEAD = [
    "case",
    "weeks",
    "ours, ms",
    "CP-SAT as it comes, ms",
    "ratio",
    "CP-SAT tuned, ms",
    "ratio",
    "points equal",
    "model building, ms",
]


def measure(case: str, weeks: int, limit: float = LIMIT) -> Line:
    """Measure one case and length, and hold both optima against each other."""
    stated = problem(CASES[case](weeks), weeks)
    building = milliseconds(lambda: encode(stated))
    model = encode(stated)
    points = solve(stated).points
    answers: dict[Team, Answer] = {}

    def run(team: Team) -> float:
        answers[team] = answer(model, workers=team.workers, linear=team.linear, limit=limit)
        check(points, answers[team], f"{case}, {weeks} weeks, {team.name}")
        return answers[team].seconds * 1000

    times = {team.name: [run(team)] for team in TEAMS}
    quick = [team for team in TEAMS if answers[team].seconds <= PATIENCE]
    contenders = {"ours": lambda: milliseconds(lambda: solve(stated))}
    contenders |= {team.name: partial(run, team) for team in quick}
    times |= alternate(contenders, 7 if weeks < 52 else 3)
    cp_sat = {team: (median(times[team.name]), answers[team]) for team in TEAMS}
    return Line(case, weeks, median(times["ours"]), building, points, cp_sat)


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
    rows = [_whole(name, weeks) for name in CASES for weeks in (1, 12, 52)]
    head = ["case", "weeks", "plan(), ms", "prepare", "problem_of", "solve", "assemble"]
    return f"## Where the time of plan() goes\n\n{table(head, rows)}"


def _whole(name: str, weeks: int) -> list[str]:
    case, rulebook = CASES[name](weeks), shipped_rulebook()
    task = prepare(case, rulebook, weeks_of(START, weeks))
    solution, candidates = choose(task)
    chosen = [[candidates[option.key] for option in options] for options in solution.days]
    stated = problem_of(task, {})
    parts = {
        "plan": lambda: plan(case, rulebook, today=START, start=START, weeks=weeks),
        "prepare": lambda: prepare(case, rulebook, weeks_of(START, weeks)),
        "problem_of": lambda: problem_of(task, {}),
        "solve": lambda: solve(stated),
        "assemble": lambda: assemble(task, chosen, solution.points),
    }
    times = alternate({part: partial(milliseconds, work) for part, work in parts.items()}, 3)
    return [name, str(weeks), *(f"{median(times[part]):,.1f}" for part in parts)]


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
