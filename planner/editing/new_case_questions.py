"""The questions that a new case takes, and what their answers mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic_core import PydanticCustomError

from planner.case.availability import parse_windows
from planner.clock import nearest_zone, zone, zone_of_city
from planner.dates import date_in_toml, parse_date
from planner.errors import suggestion
from planner.rulebook.model import Rulebook
from planner.rulebook.names import kind_and_place, plain_name, split_side
from planner.rulebook.scales import SEVERITIES
from planner.validation import mistake_sentence


@dataclass(frozen=True, slots=True)
class Question:
    """Ask for one thing; `understand` turns an answer into a value or raises `ValueError` with what would be right."""

    key: str
    text: str
    default: str
    understand: Callable[[str], str]
    may_be_left_out: bool = False
    """Whether no answer at all is an answer too."""


def questions(
    rulebook: Rulebook, timezone: str, today: date, which_place: Callable[[str, str], str] | None
) -> list[Question]:
    """Return the questions that matter, at most eight, each with a sensible default.

    Args:
        rulebook: the rules, whose names answers may use.
        timezone: the time zone of this machine, the default.
        today: the day from which "tomorrow" is counted.
        which_place: how to ask what an ambiguous name of a part of the body means, given its key and the answer: who
            gives the same answer again does not know. None takes it as it is.

    """
    names = rulebook.names
    asked: set[str] = set()

    def region(answer: str) -> str:
        bare, side = split_side(plain_name(answer.casefold()))
        written = names.name_within("regions", answer.strip() if side is None else bare)
        region = names.find("regions", written)
        if region is None:
            raise ValueError(f'"{answer}" is no region; {names.nearest("regions", answer)}')
        word = names.ambiguity(written)
        if word is not None and which_place is not None and word not in asked:
            asked.add(word)
            raise ValueError(which_place(word, written))
        # An ambiguous word stays as it was written, so that the plan goes on naming what else it may be; so does a name
        # that says the tissue too, for the region alone would lose it.
        kept = written if rulebook.tissue_of_name(written) is not None else region
        kept = kept if word is None else word.replace("_", " ")
        return kept if side is None else f"{side} {kept}"

    def treatment(answer: str) -> str:
        if answer.casefold() in {"none", "no", "-", "nothing"}:
            return ""
        bare_kind, where = (answer, "") if names.find("treatments", answer) else kind_and_place(answer)
        kind = names.find("treatments", bare_kind)
        if kind is None:
            raise ValueError(f'"{bare_kind}" is no treatment; {names.nearest("treatments", bare_kind)}')
        name = names.name_within("treatments", bare_kind) if rulebook.says_more(bare_kind) else kind
        return f"{name},{region(where) if where else ''}"

    def when(answer: str) -> str:
        return moment_in_toml(answer, today)

    soon = today + timedelta(days=7)
    return [
        Question("name", "What should the calendar call you?", "Me", _name),
        Question("region", "Where does it hurt?", "plantar fascia", region),
        Question(
            "severity",
            "How bad is it: mild (a niggle), moderate (it changes your training) or severe (a limp, or pain in "
            "ordinary walking)?",
            "moderate",
            _severity,
        ),
        Question(
            "treatment",
            'Which treatment is booked, and where ("dry needling, calf", or none)?',
            "none",
            treatment,
        ),
        Question("start", f"When is it ({soon:%Y-%m-%d} 09:30, or the date alone)?", f"{today:%Y-%m-%d}", when),
        Question("goals", "How many runs, rides and upper-body days a week?", "3 2 2", _goals),
        Question("window", "When can you start a workout on most days?", "07:00-08:30", _window),
        Question("timezone", "Which time zone do you live in (or which large city)?", timezone, _timezone),
    ]


def longest_run_question() -> Question:
    """Return the question that is asked last, where there is room for it."""
    return Question("longest", "How many minutes was your longest run of the last month?", "", _minutes, True)


def longest_is_asked(answers: Mapping[str, str]) -> bool:
    """Return whether the longest run is asked about: where runs are wanted, and no more than eight questions are."""
    return answers["goals"].split()[0] != "0" and not answers["treatment"]


def _name(answer: str) -> str:
    if not answer.isprintable() or len(answer) > 100:
        raise ValueError("that is no name; give up to 100 plain characters")
    return answer


def _severity(answer: str) -> str:
    if answer.casefold() not in SEVERITIES:
        raise ValueError(f'"{answer}" is not one of the choices; {suggestion(answer, SEVERITIES)}')
    return answer.casefold()


def moment_in_toml(answer: str, today: date) -> str:
    """Return a date, or a local date and time, as TOML writes it; `09:30` alone is today."""
    text = answer.strip()
    if re.fullmatch(r"\d{1,2}:\d{2}", text):
        text = f"{today:%Y-%m-%d} {text:0>5}"
    if re.search(r"\d(?:z|[+-]\d{1,2}:\d{2})$", text.casefold()):
        raise ValueError("leave out the offset; times are local")
    return date_in_toml(parse_date(text, today))


def _goals(answer: str) -> str:
    numbers = re.findall(r"\d+", answer)
    if len(numbers) != 3 or any(int(number) > 7 for number in numbers):
        raise ValueError("give three numbers from 0 to 7, such as 3 2 2")
    return " ".join(str(int(number)) for number in numbers)


PARTS_OF_DAY = {"morning": "07:00-08:30", "lunch": "12:00-13:00", "evening": "18:00-19:30"}


def _window(answer: str) -> str:
    text = PARTS_OF_DAY.get(answer.strip().casefold().removesuffix("s"), answer)
    try:
        (window,) = parse_windows(text)
    except PydanticCustomError as error:
        raise ValueError(mistake_sentence(error)) from None
    return str(window)


def _minutes(answer: str) -> str:
    if not answer:
        return ""
    number = re.sub(r"\s*(?:min|mins|minutes|m)?\.?$", "", answer.strip().casefold())
    if not number.isdecimal() or not 5 <= int(number) <= 600:
        raise ValueError("give 5 to 600 minutes, or nothing where you do not know")
    return str(int(number))


def _timezone(answer: str) -> str:
    timezone = answer if zone(answer) is not None else zone_of_city(answer)
    if timezone is None:
        raise ValueError(f'"{answer}" is no time zone; {nearest_zone(answer)}')
    return timezone
