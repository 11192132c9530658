"""Very many random cases, by hand: `python -m tests.many_cases --cases 20000 --seed 1`; prints what the checker finds.

Four kinds in turn: danger signs, clearances and overrides over weeks; logs; treatments, races and clock changes; and a
Four kinds in turn: danger signs, clearances and overrides over weeks; logs; treatments, races and clock changes; and a
plan of weeks made again after some of them. Nothing is made smaller and nothing stops the rest. What would make room
for what did not fit is not looked for: it changes no plan, and takes most of the time.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from time import monotonic
from traceback import format_exc
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from planner.case.model import Case
from planner.results.plan import Plan
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.assembly import assemble
from planner.scheduling.choose import choose_dosed, memory_for
from planner.scheduling.request import Request, prepared
from tests import test_bans_properties as bans
from tests.cases import Ask, asks
from tests.checker import Checker, broken
from tests.checker_flags import broken_by_signs
from tests.checker_log import broken_by_the_log
from tests.test_log_properties import logs

Check = Callable[..., None]


def main(arguments: list[str]) -> int:
    """Plan so many random cases and print what breaks; return 1 if anything does."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--cases", type=int, default=1000, help="how many (default 1000)")
    parser.add_argument("--seed", type=int, default=0, help="which ones: other numbers are other cases")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so many minutes")
    options = parser.parse_args(arguments)
    tally = Tally(options.minutes)
    for kind, check, drawn in KINDS:
        tally.run(kind, check, drawn, options.cases // len(KINDS), options.seed)
    return tally.told()


class Tally:
    """Count the cases that were planned, and keep what was found broken."""

    def __init__(self, minutes: float) -> None:
        self.began, self.minutes = monotonic(), minutes
        self.planned: Counter[str] = Counter()
        self.broken: list[str] = []

    def run(self, kind: str, check: Check, drawn: dict[str, Any], cases: int, number: int) -> None:
        """Make so many random cases of a kind, each planned and checked."""

        @seed(number)
        @settings(
            max_examples=cases,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(st.fixed_dictionaries(drawn))
        def every(found: dict[str, Any]) -> None:
            if monotonic() - self.began > self.minutes * 60:
                return
            self.planned[kind] += 1
            try:
                check(**found)
            except Exception:  # noqa: BLE001 (whatever a case raises is what is looked for)
                self.broken.append(f"{kind}: {format_exc(limit=-2)}\n{found!r}")
                print(self.broken[-1], flush=True)
            if not self.planned.total() % 200:
                print(f"{self.planned.total()} {monotonic() - self.began:.0f} s", file=sys.stderr, flush=True)

        every()

    def told(self) -> int:
        """Print the figures and return the exit status."""
        kinds = ", ".join(f"{count} {kind}" for kind, count in self.planned.items())
        print(f"{self.planned.total()} cases ({kinds}), {len(self.broken)} broken")
        return 1 if self.broken else 0


def made_for(request: Request) -> Plan:
    """Return a plan without what would make room for what did not fit."""
    task = prepared(request)
    task, solution, chosen = choose_dosed(task, memory_for(task))
    return assemble(task, chosen, solution.points, task.earlier)


def check_bans(case: Case, weeks: int) -> None:
    """Check what signs, clearances, logs, overrides and people's circumstances forbid."""
    rulebook = shipped_rulebook()
    made = made_for(Request(case, rulebook, bans.TODAY, None, weeks))
    treated = Checker(case, rulebook, made).treated
    found = [*broken(case, rulebook, made), *broken_by_the_log(case, rulebook, made)]
    assert [] == [*found, *broken_by_signs(case, rulebook, made, treated)]


def check_logs(case: Case, weeks: int) -> None:
    """Check what the log forbids."""
    made = made_for(Request(case, shipped_rulebook(), bans.TODAY, None, weeks))
    assert [] == [*broken_by_the_log(case, shipped_rulebook(), made), *broken(case, shipped_rulebook(), made)]


def check_asks(ask: Ask) -> None:
    """Check windows, spacing and everything else of a plan around treatments."""
    made = made_for(Request(ask.case, shipped_rulebook(), ask.today, None, ask.weeks))
    assert [] == broken(ask.case, shipped_rulebook(), made)


def check_again(before: Any, after: Any, log: Any, weeks: int, days: int) -> None:
    """Check what a calendar still shows when a plan of weeks is made again."""
    bans.test_no_calendar_goes_on_showing_what_has_no_end.hypothesis.inner_test(before, after, log, weeks, days)  # type: ignore[attr-defined]


KINDS: list[tuple[str, Check, dict[str, Any]]] = [
    ("bans", check_bans, {"case": bans.cases(), "weeks": st.integers(1, 3)}),
    ("logs", check_logs, {"case": logs(), "weeks": st.integers(1, 3)}),
    ("treatments", check_asks, {"ask": asks()}),
    (
        "plans made again",
        check_again,
        {
            "before": bans.injuries(),
            "after": bans.injuries(),
            "log": bans.entries(1, 3),
            "weeks": st.integers(1, 3),
            "days": st.integers(0, 6),
        },
    ),
]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
