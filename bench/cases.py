"""The two cases that everything is measured on: the article's runner, and a week as rich as anybody's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from planner.case.file import parse_case
from planner.case.model import Case
from planner.revision.revise import weeks_of
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.choose import problem_of
from planner.scheduling.task import prepare
from planner.search.problem import SearchProblem

START = date(2026, 11, 23)
"""A Monday; every plan begins on it."""

_ARTICLE = """\
name = "Henry"
timezone = "America/New_York"

[injury]
region = "plantar_fascia"
severity = "moderate"

[[treatments]]
kind = "dry_needling"
region = "calf"
start = 2026-11-24T09:30:00
minutes = 45
repeat = {{ every = "1 week", count = {weeks} }}

[goals]
runs = 3
bikes = 2
upper_body = 2
long_run = "sunday"

[availability]
default = "07:00-08:30"
wednesday = ["06:30-07:30", "18:00-19:30"]
saturday = "09:00-12:00"
sunday = "09:00-12:00"

[fitness]
easy_run_minutes = 40
longest_run_minutes = 60
bike_minutes = 45
upper_body_minutes = 40
"""

_RICH = """\
name = "Rich"
timezone = "America/New_York"

[injury]
region = "plantar_fascia"
severity = "mild"

[[treatments]]
kind = "dry_needling"
region = "calf"
start = 2026-11-24T09:30:00
minutes = 45
repeat = {{ every = "1 week", count = {weeks} }}

[[treatments]]
kind = "dry_needling"
region = "shoulder"
start = 2026-11-26T12:15:00
minutes = 30
repeat = {{ every = "1 week", count = {weeks} }}

[[treatments]]
kind = "dry_needling"
region = "low_back"
start = 2026-11-27T17:00:00
minutes = 30
repeat = {{ every = "1 week", count = {weeks} }}

[goals]
{goals}

[availability]
default = ["06:30-08:00", "17:30-19:30"]

[fitness]
easy_run_minutes = 45
longest_run_minutes = 90
bike_minutes = 60
upper_body_minutes = 40
lower_body_minutes = 40
core_minutes = 20
mobility_minutes = 15
swim_minutes = 40
"""

_RICH_GOALS = {
    "runs": 4,
    "bikes": 2,
    "upper_body": 2,
    "swims": 1,
    "lower_body": 1,
    "core": 2,
    "mobility": 2,
    "hard_runs": 1,
    "hard_bikes": 1,
    "long_run": '"sunday"',
}


def article_text(weeks: int) -> str:
    """Return the article's runner as a case file: the calf is needled on every Tuesday of the plan."""
    return _ARTICLE.format(weeks=weeks)


def article(weeks: int) -> Case:
    """Return the article's runner."""
    return parse_case(article_text(weeks), "article.toml", shipped_rulebook())


def rich(weeks: int, without: tuple[str, ...] = (), goals: Mapping[str, object] = _RICH_GOALS) -> Case:
    """Return the rich case: seven goals, two windows a day, three treatments a week; `without` leaves goals out."""
    asked = "\n".join(f"{name} = {value}" for name, value in goals.items() if name not in without)
    return parse_case(_RICH.format(weeks=weeks, goals=asked), "rich.toml", shipped_rulebook())


CASES: dict[str, Callable[[int], Case]] = {"article": article, "rich": rich}


def problem(case: Case, weeks: int) -> SearchProblem:
    """Return what the scheduler is given for a case."""
    return problem_of(prepare(case, shipped_rulebook(), weeks_of(START, weeks)), {})
