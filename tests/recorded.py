"""Answers on record: what two dozen drawn people and those of the examples were answered, in figures and names alone.

Kept are the plan with its reasons, obstacles and remedies, what is said of a day and of some times, the plan some hours
later with something changed, and the times for an appointment: of each line its beginning, and a sum of the rest.
`python -m tests.recorded` writes them anew into `tests/golden/answers.txt`; `python -m tests.recorded 7` shows those
to one person whole, to be compared with and without the change that you make. A change there is a change of what people
get: read the difference before you keep it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from planner.calendars.of_case import calendars_of
from planner.case.file import read_case
from planner.models import Part
from planner.planning import book, plan, why
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.request import Request
from planner.scheduling.task import days_to_read
from planner.what_if.booking_wish import BookingWish
from planner.what_if.questions import Questions
from tests.cases import DAYS, case_of
from tests.living import Living

FILE = Path(__file__).parent / "golden" / "answers.txt"
SHOWN = 88
"""Characters of a line that are kept as they are."""
EXAMPLES = Path(__file__).parents[1] / "examples"
PEOPLE = [*map(str, range(24)), *sorted(file.stem for file in EXAMPLES.glob("*.toml"))]
SAID = {
    "title",
    "text",
    "why",
    "clearing",
    "about",
    "name",
    "check",
    "otherwise_title",
    "sources",
    "evidence",
    "was",
    "would_fit_if",
}
"""Sentences, and what a rule says of itself: they may be worded otherwise."""
FIRSTS = (date(2026, 11, 23), date(2026, 11, 26), date(2026, 10, 29), date(2027, 3, 12))
"""A Monday, a Thursday, and days before the clocks change."""


class Person:
    """Draw a person by number: the same one on every machine and with every version of Python."""

    def __init__(self, number: int) -> None:
        self.chance = Random(number)  # noqa: S311 (a person, no secret)
        self.number = number
        self.today = self.chance.choice(FIRSTS)
        self.weeks = self.chance.choice((None, 1, 2, 3))
        self.data = dict(self._data())

    def maybe(self, one_in: int) -> bool:
        """Return whether something that holds for so many is true of this person."""
        return self.chance.randrange(one_in) == 0

    def day(self, least: int, most: int) -> date:
        """Return a day so many days from the first one on."""
        return self.today + timedelta(days=self.chance.randrange(least, most + 1))

    def at(self, least: int, most: int) -> datetime:
        """Return a local time on such a day."""
        clock = self.chance.choice((time(7), time(9, 30), time(12), time(17, 15), time(20)))
        return datetime.combine(self.day(least, most), clock)

    def _data(self) -> Iterator[tuple[str, Any]]:
        book, chance = shipped_rulebook(), self.chance
        regions = sorted(book.regions)
        yield "timezone", chance.choice(("America/New_York", "Europe/Berlin", "Australia/Lord_Howe"))
        yield "caution", chance.choice(("permissive", "standard", "standard", "strict"))
        injuries = [self._injury(chance.choice(regions)) for _ in range(chance.choice((0, 1, 1, 1, 2)))]
        yield "injury", injuries
        yield "treatments", [self.treatment() for _ in range(chance.choice((0, 1, 1, 2, 3)))]
        yield "goals", self.goals()
        yield "availability", self._availability()
        yield "fitness", self._fitness()
        yield "log", list(self._log(injuries))
        if self.maybe(3):
            yield "races", [{"date": self.day(2, 20), "minutes": chance.choice((25, 55, 240)), "start": time(9)}]
        if self.maybe(4):
            yield "away", [{"from": self.day(1, 4), "until": self.day(5, 9), "what": ["run", "swim"]}]
        if self.maybe(3):
            yield (
                "sessions",
                [{"workout": "lower_body", "day": [chance.choice(DAYS)], "start": time(18), "minutes": 45}],
            )
        if self.maybe(8):
            yield "restrictions", [{"what": ["run"], "until": self.day(0, 6), "by": "Dr Smith"}]
        if self.maybe(4):
            yield "health", {"blood_thinners": self.maybe(2), "age": chance.choice((34, 67)), "pregnant": self.maybe(8)}
        if self.maybe(8):
            yield "illness", [{"kind": "flu", "from": self.day(-9, -6), "until": self.day(-5, 2)}]
        if self.maybe(6) and injuries:
            yield "return_to_running", {"stage": chance.choice((1, 3, 7))}

    def _injury(self, region: str) -> dict[str, Any]:
        severity = self.chance.choice(("mild", "mild", "mild", "moderate", "moderate", "severe"))
        return {"region": region, "severity": severity}

    def treatment(self) -> dict[str, Any]:
        """Draw an appointment."""
        book, chance = shipped_rulebook(), self.chance
        kinds = ("dry_needling", "dry_needling", "massage", chance.choice(sorted(book.treatments)))
        found: dict[str, Any] = {"kind": chance.choice(kinds), "region": chance.choice(sorted(book.regions))}
        start = self.at(-4, 8)
        found["start"] = start.date() if self.maybe(5) else start
        found["dose"] = chance.choice(("light", "normal", "normal", "heavy"))
        if self.maybe(3):
            found["repeat"] = {"every": chance.choice(("1 week", "3 days")), "count": 3}
        return found

    def goals(self) -> dict[str, Any]:
        """Draw the wishes of a week."""
        chance = self.chance
        found: dict[str, Any] = {
            "runs": chance.randrange(5),
            "bikes": chance.randrange(4),
            "upper_body": chance.randrange(3),
        }
        if found["runs"] > 1:
            found["hard_runs"] = chance.randrange(2)
            found["long_run"] = chance.choice((False, *DAYS))
        if found["bikes"] and self.maybe(3):
            found["hard_bikes"] = 1
        if self.maybe(4):
            found[chance.choice(("swims", "mobility", "walks", "core"))] = 2
        found["rest_days"] = chance.randrange(4)
        return found

    def _availability(self) -> dict[str, Any]:
        chance = self.chance
        windows: tuple[Any, ...] = ("07:00-08:30", ["06:30-07:30", "18:00-19:30"], [], "09:00-14:00", "17:00-20:00")
        found: dict[str, Any] = {"default": chance.choice(windows[:2])}
        for day in chance.sample(DAYS, 3):
            found[day] = chance.choice(windows)
        found[self.day(0, 6).isoformat()] = {
            "windows": ["06:30-08:00"],
            "minutes": 40,
            "kinds": ["bike", "run", "walk"],
        }
        return found

    def _fitness(self) -> dict[str, Any]:
        found: dict[str, Any] = {"easy_run_minutes": self.chance.choice((25, 40, 50)), "longest_run_minutes": 70}
        if self.maybe(3):
            found["last_run"] = self.day(-40, -6)
        return found

    def _log(self, injuries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for ago in range(-12, 0):
            if self.maybe(3):
                did = self.chance.choice(("run_easy", "bike_easy", "upper_body"))
                entry: dict[str, Any] = {"date": self.today + timedelta(days=ago), "did": did, "minutes": 40}
                if injuries and did == "run_easy":
                    pain = self.chance.choice((0, 1, 2, 4))
                    entry |= {"region": injuries[0]["region"], "pain": pain, "next_morning": 0}
                yield entry


def data_of(value: Any) -> Any:
    """Return what stands in JSON without sentences and without what is empty."""
    if isinstance(value, dict):
        if "uid" in value:
            value = {**value, "uid": value["uid"] and value["uid"][:8]}
        found = {key: data_of(each) for key, each in value.items() if key not in SAID}
        return {key: each for key, each in found.items() if each not in ([], {}, "", None, False)}
    return [data_of(each) for each in value] if isinstance(value, list) else value


def line_of(value: Any) -> str:
    """Return data on one line; a rule that has only its id and the number of its treatment as `id/0`."""
    if isinstance(value, dict):
        if value.keys() <= {"rule", "treatment", "standing", "safety"}:
            return f"{value['rule']}/{value['treatment']}" if "treatment" in value else str(value["rule"])
        return " ".join(f"{key}={line_of(each)}" for key, each in value.items())
    return f"({', '.join(map(line_of, value))})" if isinstance(value, list) else str(value)


def lines_of(model: Part, head: str) -> Iterator[str]:
    """Yield a model on as many lines as it has parts."""
    data = data_of(model.model_dump(mode="json", by_alias=True))
    for key, value in data.items():
        if key in {"notes", "alerts"}:
            # How they begin tells which they are.
            yield f"{head} {key}: {line_of([' '.join(text.split()[:5]) for text in value])}"
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield from (f"{head} {key}: {line_of(each)}" for each in value)
        else:
            yield f"{head} {key}: {line_of(value)}"


def _of_days(person: Person, questions: Questions, days: int) -> Iterator[str]:
    """Yield all that is said of some days, a line a day, of a time of each, and of a workout that is put there."""
    tz = ZoneInfo(person.data["timezone"])
    for day in [each.date for each in questions.plan.days[:days]]:
        yield " | ".join(lines_of(questions.answer_for_day(day), "why"))
        moment = datetime.combine(day, person.chance.choice((time(6, 30), time(12), time(18, 45))), tz)
        yield " | ".join(lines_of(questions.answer_for_day(day, moment), f"why at {moment:%H:%M}"))
        put = questions.with_put(person.chance.choice(("run_easy", "bike_easy", "upper_body")), moment)
        yield "no plan has it" if put is None else " | ".join(lines_of(put, "put there"))


def answers(number: int) -> list[str]:
    """Return what the program answers to a person, line by line."""
    person = Person(number)
    case, rules = case_of(**person.data), shipped_rulebook()
    now = datetime.combine(person.today, time(6), ZoneInfo(person.data["timezone"]))
    living = Living(person.data, now)
    living.again(weeks=person.weeks or 1)
    assert living.plan is not None
    found = list(lines_of(living.plan, "plan"))
    found += _of_days(person, Questions(Request(case, rules, person.today, person.today, person.weeks)), 3)
    moment = person.at(0, 6)
    found += lines_of(why(case, rules, moment, "run_easy", today=person.today), "run then")
    if number % 4 == 0:
        wish = BookingWish("massage", person.today, person.day(1, 3), "calf", "mon-sun 08:00-10:00")
        found += lines_of(book(case, rules, wish, today=person.today), "massage")
    living.pass_time(hours=person.chance.choice((1, 30, 51)))
    weeks = person.weeks or 1
    if number % 2:
        living.again(weeks=weeks, treatments=[*person.data["treatments"][1:], person.treatment()])
    else:
        living.again(weeks=weeks, goals=person.goals())
    found += lines_of(living.plan, "again")
    memory = living.memory()
    earlier = None if memory is None else memory.earlier
    request = Request(case_of(**living.data), rules, living.now.date(), None, weeks, None, earlier)
    found += _of_days(person, Questions(request), 2)
    return found


def answers_to_example(name: str) -> list[str]:
    """Return what the program answers to the person of a shipped example, line by line."""
    rules, today = shipped_rulebook(), FIRSTS[0]
    file = EXAMPLES / f"{name}.toml"
    case = read_case(file, rules)
    calendars = calendars_of(file, case, *days_to_read(today))
    found = list(lines_of(plan(case, rules, today=today, calendars=calendars), "plan"))
    wish = BookingWish("massage", today, today + timedelta(days=5), "calf", "mon-sun 08:00-09:30")
    found += lines_of(book(case, rules, wish, today=today, calendars=calendars), "massage")
    for day in (today + timedelta(days=number) for number in (1, 5)):
        found.append(" | ".join(lines_of(why(case, rules, day, today=today, calendars=calendars), "why")))
    return found


def answers_to(name: str) -> list[str]:
    """Return what the program answers to a person, by number, or to that of an example, by its name."""
    return answers(int(name)) if name.isdecimal() else answers_to_example(name)


def kept(line: str) -> str:
    """Return what is kept of a line: how it begins, and a sum of the rest."""
    return line if len(line) <= SHOWN else f"{line[:SHOWN]} #{sha256(line.encode()).hexdigest()[:8]}"


def recorded(file: Path = FILE) -> dict[str, list[str]]:
    """Return the lines on record in a file, by the number above them."""
    found: dict[str, list[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            lines = found[line.removeprefix("== ")] = []
        else:
            lines.append(line)
    return found


def main() -> int:
    """Write all answers anew, or show those to one person whole."""
    if sys.argv[1:]:
        sys.stdout.write("\n".join(answers_to(sys.argv[1])) + "\n")
        return 0
    texts = [f"== {name}\n" + "".join(f"{kept(line)}\n" for line in answers_to(name)) for name in PEOPLE]
    FILE.write_text("".join(texts), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
