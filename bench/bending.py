"""How long it takes to bend four weeks of somebody else's plan with six sessions a week, by processor time."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import process_time

from bench.timing import table
from planner.bending.plan import bent_plan
from planner.calendars.of_case import read_calendars
from planner.case.file import parse_case
from planner.rulebook.file import shipped_rulebook
from planner.scheduling.request import Request
from planner.scheduling.task import days_to_read

START = date(2026, 11, 23)
WEEKS = 4
ROUNDS = 7
WEEK = {
    0: "Strength 40 min",
    1: "Easy run 8 km",
    2: "6 x 800 m, 10 km",
    3: "Easy run 6 km",
    5: "Easy run 7 km with strides",
    6: "Long run 18 km",
}
ONE = 'default = "07:00-08:30"\nsaturday = "09:00-12:00"\nsunday = "09:00-12:00"'
THREE = 'default = ["06:30-08:00", "12:00-13:00", "18:00-20:00"]'
NEEDLING = '[[treatments]]\nkind = "dry needling"\nregion = "calf"\nstart = 2026-11-24T09:30:00\n'
WEEKLY = 'repeat = { every = "1 week", count = 4 }\n'
CASES = {
    "nothing to change": ('[[treatments]]\nkind = "massage"\nregion = "neck"\nstart = 2026-11-24T09:30:00\n', ONE),
    "needled once": (NEEDLING, ONE),
    "needled every week": (NEEDLING + WEEKLY, ONE),
    "the same, three windows a day": (NEEDLING + WEEKLY, THREE),
}


def feed() -> str:
    """Return the calendar of a plan with six sessions a week."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN"]
    for number in range(7 * WEEKS):
        day = START + timedelta(days=number)
        if day.weekday() in WEEK:
            lines += ["BEGIN:VEVENT", f"UID:{number}@bench", f"DTSTART;VALUE=DATE:{day:%Y%m%d}"]
            lines += [f"SUMMARY:{WEEK[day.weekday()]}", "END:VEVENT"]
    return "\n".join([*lines, "END:VCALENDAR", ""])


def measure(treatments: str, availability: str) -> tuple[float, float, str]:
    """Return the milliseconds of reading the plan and of bending it, and how much of it stays."""
    rulebook = shipped_rulebook()
    text = (
        f'timezone = "Europe/Berlin"\n[injury]\nregion = "calf"\nseverity = "mild"\n{treatments}'
        f'[availability]\n{availability}\n[[workouts]]\ncalendar = "coach.ics"\neasy_pace = "6:00/km"\n'
    )
    case = parse_case(text, "case.toml", rulebook)
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "coach.ics").write_text(feed())
        read, bend, stays = [], [], ""
        for _ in range(ROUNDS):
            begun = process_time()
            calendars = read_calendars(case, Path(name), *days_to_read(START, WEEKS))
            read.append(process_time() - begun)
            begun = process_time()
            planned = bent_plan(Request(case, rulebook, START, None, WEEKS, calendars))
            bend.append(process_time() - begun)
            stays = planned.bent.text.partition(".")[0] if planned.bent is not None else ""
    return 1000 * median(read), 1000 * median(bend), stays


def report() -> str:
    """Return what was measured, as a table."""
    rows = []
    for name, (treatments, availability) in CASES.items():
        read, bend, stays = measure(treatments, availability)
        rows.append([name, f"{read:.0f}", f"{bend:.0f}", stays])
    head = ["case", "reading, ms", "the whole bent plan, ms", "what stays"]
    return f"## Somebody else's plan, {WEEKS} weeks\n\n{table(head, rows)}"


if __name__ == "__main__":
    print(report())
