"""How much of a plan changes when one appointment moves by a day: revised, and planned afresh.

Random cases, plans of four weeks. A workout counts as changed where it no longer stands at its time. *Forced* is a
lower limit: the workouts that the rules do not let stand where they stood, each by itself.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bench.timing import table
from planner.case.model import Case
from planner.clock import Minutes, midnight, seconds
from planner.planning import plan
from planner.results.plan import Plan
from planner.revision.calendar import Earlier, ShownEvent
from planner.revision.revise import weeks_of
from planner.rulebook.file import shipped_rulebook
from planner.rulebook.model import Rulebook
from planner.scheduling.task import prepare

START = date(2026, 11, 23)
WEEKS = 4
CASES = 200
KINDS = ("dry_needling", "massage", "shockwave", "manipulation", "iastm", "acupuncture")
REGIONS = ("calf", "hamstring", "plantar_fascia", "shoulder", "low_back", "hip")
HOURS = (8, 9, 12, 16, 18)


class Count(NamedTuple):
    """Count the workouts that stood, and how many of them do not stand there any more."""

    planned: int
    forced: int
    revised: int
    afresh: int
    fewer: int
    """How many fewer workouts that were asked for the revised plan holds than the one made afresh."""


def random_case(random: Random) -> dict[str, Any]:
    """Return the data of a random case with three to six appointments in four weeks."""
    injured = random.choice(REGIONS)
    booked = [
        {
            "kind": random.choice(KINDS),
            "region": random.choice((injured, random.choice(REGIONS))),
            "start": datetime(2026, 11, 23, random.choice(HOURS)) + timedelta(days=random.randrange(1, 27)),  # noqa: DTZ001 (local)
        }
        for _ in range(random.randint(3, 6))
    ]
    goals: dict[str, Any] = {
        "runs": random.randint(2, 4),
        "bikes": random.randint(1, 2),
        "upper_body": random.randint(0, 2),
    }
    if random.random() < 0.6:
        goals["long_run"] = random.choice(("saturday", "sunday"))
    return {
        "timezone": "Europe/Berlin",
        "injury": {"region": injured, "severity": random.choice(("mild", "moderate"))},
        "treatments": booked,
        "goals": goals,
        "availability": {"default": "06:30-08:00", "wednesday": ["06:30-07:30", "18:00-19:30"]},
    }


def shown(made: Plan) -> Earlier:
    """Return what a calendar shows after a plan was imported on the eve of its first day."""
    now = midnight(START, ZoneInfo(made.timezone)) - timedelta(hours=6)
    events = tuple(ShownEvent(one.uid, one.workout, one.title, one.start, one.end, 0) for one in made.workouts)
    return Earlier(made.plan_id, made.weeks_from, made.to, now, events, frozenset(one.uid for one in events))


def places(made: Plan) -> Counter[tuple[str, datetime]]:
    """Return what stands where in a plan."""
    return Counter((one.workout, one.start) for one in made.workouts)


def asked_for(made: Plan) -> int:
    """Return how many workouts a plan holds that count for a wish."""
    return len(made.workouts) - sum(
        any(r.rule == "preferences.instead_of_a_hole" for r in one.reasons) for one in made.workouts
    )


def count(seed: int, rulebook: Rulebook) -> Count | None:
    """Return what one random case changes, None where its plan is empty."""
    random = Random(seed)  # noqa: S311 (cases for a benchmark, no secret)
    data = random_case(random)
    old = plan(_case(data, rulebook), rulebook, today=START, weeks=WEEKS)
    if not old.workouts:
        return None
    moved = random.choice(data["treatments"])
    moved["start"] += timedelta(days=random.choice((-1, 1)))
    case = _case(data, rulebook)
    revised = plan(case, rulebook, today=START, weeks=WEEKS, earlier=shown(old))
    afresh = plan(case, rulebook, today=START, weeks=WEEKS)
    limits = prepare(case, rulebook, weeks_of(START, WEEKS)).limits
    forced = sum(
        not limits.judge(one.workout, seconds(one.start), Minutes(one.minutes)).allowed for one in old.workouts
    )
    before = places(old)
    return Count(
        len(old.workouts),
        forced,
        (before - places(revised)).total(),
        (before - places(afresh)).total(),
        asked_for(afresh) - asked_for(revised),
    )


def _case(data: dict[str, Any], rulebook: Rulebook) -> Case:
    return Case.model_validate(data, context={"rulebook": rulebook})


def report(cases: int = CASES) -> str:
    """Return how much changes over so many random cases."""
    rulebook = shipped_rulebook()
    found = [one for seed in range(cases) if (one := count(seed, rulebook)) is not None]
    total = Count(*(sum(column) for column in zip(*found, strict=True)))
    head = ("four weeks, one appointment moved", "workouts", "of those planned", "of those changed afresh")
    rows = [
        (name, f"{value:,}", f"{100 * value / total.planned:.1f} %", f"{value / total.afresh:.2f}")
        for name, value in zip(("planned", "forced", "revised", "afresh"), total, strict=False)
    ]
    more = sum(one.revised > one.forced for one in found)
    return (
        f"{table(head, rows)}\n\n{len(found)} random cases; in {more} more changed than each rule by itself forces; "
        f"workouts asked for that only the plan made afresh holds: {total.fewer}."
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    print(report(parser.parse_args(arguments).cases))


if __name__ == "__main__":
    main()
