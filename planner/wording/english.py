"""English: dates, lists, articles and nouns as a person says them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from planner.errors import one_of


def clock(moment: datetime) -> str:
    """Return a local moment as a person says it: `Wed 25 Nov, 10:15`."""
    return f"{moment:%a} {moment.day} {moment:%b}, {moment:%H:%M}"


def day_name(day: date) -> str:
    """Return a local date as a person says it: `Wed 25 Nov`."""
    return f"{day:%a} {day.day} {day:%b}"


def listed(parts: Sequence[str]) -> str:
    """Return parts as `a, b and c`."""
    return one_of(parts) if len(parts) < 2 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def span(first: date, last: date) -> str:
    """Return a span of dates: `23 Nov to 29 Nov 2026`."""
    year = f" {last.year}" if last.year != first.year else ""
    begin = f"{first.day} {first:%b}{' ' + str(first.year) if year else ''}"
    return f"{begin} to {last.day} {last:%b} {last.year}"


SPOKEN = {
    "bike_easy": "easy ride",
    "bike_hard": "hard ride",
    "run_walk": "run-and-walk session",
    "upper_body": "upper-body session",
    "lower_body": "lower-body session",
    "plyometrics": "plyometrics session",
    "core": "core session",
    "mobility": "mobility session",
    "aqua_run": "deep-water run",
}
"""What people call a workout whose name in the catalogue takes no article; all others are called by that name."""


def spoken(workout: str, title: str) -> str:
    """Return a workout as it stands in a sentence: `easy ride`; a race keeps its own name."""
    return title if workout == "race" and title != "Race" else SPOKEN.get(workout, title[:1].lower() + title[1:])


def with_article(noun: str) -> str:
    """Return a noun with its indefinite article."""
    return f"an {noun}" if noun[:1].lower() in "aeiou" else f"a {noun}"


def sentence(clauses: Sequence[str]) -> str:
    """Return clauses as one sentence, with a capital letter and a full stop."""
    joined = ", and ".join((", ".join(clauses[:-1]), clauses[-1])) if len(clauses) > 1 else "".join(clauses)
    return f"{joined[:1].upper()}{joined[1:]}."


def start_words(start: datetime | date) -> str:
    """Return when an appointment begins: `Tue 24 Nov, 09:30`, or `Tue 24 Nov` where its time is not known."""
    return f"{day_name(start)}, {start:%H:%M}" if isinstance(start, datetime) else day_name(start)


def small(name: str) -> str:
    """Return a name as it stands within a sentence: `Dry needling` small, `PRP injection` as it is."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
