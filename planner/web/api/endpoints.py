"""What the API can be asked: each answer is the very model of a command of the command line."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel
from starlette.requests import Request

from planner.appointments.opening_hours import parse_hours
from planner.appointments.treatment_list import TreatmentList, treatment_list
from planner.bending.sessions import session_list
from planner.calendars.of_case import calendars_of
from planner.clock import FIRST_YEAR, LAST_YEAR, PLAUSIBLE, Minutes, local
from planner.errors import InputError, Problem, quoted
from planner.page.environment import rule_key
from planner.results.answer import Answer, DayAnswer
from planner.results.as_json import rule_data
from planner.results.coached import SessionList
from planner.results.offer import Offer
from planner.results.plan import Plan
from planner.rulebook.model import Rulebook
from planner.rulebook.names import split_side
from planner.scheduling.task import MOST_WEEKS
from planner.web.api.answering import NotThereError, Work
from planner.web.api.models import (
    BookQuestion,
    CaseList,
    ListedCase,
    ListedRule,
    PlanQuestion,
    RuleList,
    WhyQuestion,
)
from planner.web.cases.opened import Opened, calendars_named, opened_with, questions_about, request_of
from planner.web.cases.practice import Practice
from planner.what_if.booking import Booking, offer
from planner.what_if.questions import plan_around

LONGEST = timedelta(days=60)
Day = TypeVar("Day", date, datetime)


class Endpoint(NamedTuple):
    """Describe one address of the API: how it is asked, and which models go in and out."""

    path: str
    method: str
    summary: str
    work: Work
    answers: tuple[type[BaseModel], ...]
    question: type[BaseModel] | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    """Parameters of the address, each with its kind: `date` or `weeks`."""


def list_cases(practice: Practice, _request: Request, _question: None) -> CaseList:
    """Return the cases of the folder; one with a mistake is called by its key."""
    cases = []
    for key, path in practice.folder.keys().items():
        try:
            name = practice.open(key, path).case.name
        except InputError:
            name = ""
        cases.append(ListedCase(key=key, name=name))
    return CaseList(cases=tuple(cases))


def plan_of_case(practice: Practice, request: Request, _question: None) -> Plan:
    """Return the plan of a case, as it follows from its files now."""
    opened = _opened(practice, request)
    start = _date(request, "from", opened.moment.today)
    return practice.questions(opened, start, _weeks(request)).plan_with_remedies


def plan_of_text(practice: Practice, _request: Request, question: PlanQuestion) -> Plan:
    """Return the plan of a case that was sent; calendars on the disk of the server are not read for it."""
    opened = opened_with("", Path("case"), question.case, None, practice.setting)
    named = [field for field, _ in calendars_named(opened.case)]
    if named:
        right = "write what stands in it"
        raise InputError(Problem("case", field, "a file of the server is not read", right) for field in named)
    start = _plausible("start", question.start or opened.moment.today)
    return questions_about(opened, practice.setting, start, question.weeks).plan_with_remedies


def why(practice: Practice, request: Request, question: WhyQuestion) -> Answer | DayAnswer:
    """Return why a day looks as it does, or whether a workout may start then."""
    opened, book = _opened(practice, request), practice.rulebook
    _plausible("day", question.day)
    moment = None if question.time is None else local(_plausible("time", question.time), opened.case.tz)
    day = question.day if moment is None else moment.date()
    name = None if question.workout is None else book.names.find("workouts", question.workout)
    if question.workout is not None and name is None:
        near = book.names.nearest("workouts", question.workout)
        raise InputError([Problem("request", "workout", f"{quoted(question.workout)} is no workout", near)])
    last = None if opened.memory is None else opened.memory.earlier.last
    first, weeks = plan_around(day, opened.moment.today, None, None, last, opened.case.week_starts)
    questions = practice.questions(opened, first, weeks)
    if name is None:
        return questions.answer_for_day(day, moment)
    return questions.answer_on(name, day) if moment is None else questions.best_answer(name, [moment])


def treatments(practice: Practice, request: Request, _question: None) -> TreatmentList:
    """Return the appointments of a case as they are understood."""
    opened = _opened(practice, request)
    first, last = _span(request, opened.moment.today)
    calendars = calendars_of(opened.path, opened.case, first, last)
    return treatment_list(opened.case, practice.rulebook, calendars, first, last, "case")


def workouts(practice: Practice, request: Request, _question: None) -> SessionList:
    """Return how the sessions of somebody else's plan were read; a case that names none is a mistake."""
    opened = _opened(practice, request)
    if not opened.case.workouts:
        right = "name its calendar in [[workouts]] of the case"
        raise InputError([Problem("case", "workouts", "the case names no plan of somebody else", right)])
    first, last = _span(request, opened.moment.today)
    calendars = calendars_of(opened.path, opened.case, first - LONGEST, last, practice.setting.words)
    return session_list(opened.case, practice.rulebook, calendars, first, last, opened.moment.today)


def book(practice: Practice, request: Request, question: BookQuestion) -> Offer:
    """Return the possible times of an appointment, ranked by what they cost the training."""
    opened, rulebook = _opened(practice, request), practice.rulebook
    booking = _booking(question, rulebook, opened.moment.today)
    read = request_of(opened, practice.setting, weeks=MOST_WEEKS)
    return offer(read._replace(weeks=1), booking, not_before=opened.moment.now)


def _booking(question: BookQuestion, rulebook: Rulebook, today: date) -> Booking:
    wrong: list[Problem] = []
    names: dict[str, str] = {}
    region, side = split_side(question.region)
    bare = {"kind": question.kind, "region": region}
    for field, table, text in (("kind", "treatments", question.kind), ("region", "regions", question.region)):
        key = rulebook.names.find(table, bare[field])
        names[field] = key or ""
        if key is None:
            wrong.append(Problem("request", field, f"{quoted(text)} is not known", rulebook.names.nearest(table, text)))
    hours, mistakes = parse_hours(question.hours)
    wrong += [Problem("request", "hours", mistake[0], mistake[1]) for mistake in mistakes]
    if (
        question.last < max(question.first, today)
        or question.last - question.first > LONGEST
        or question.last.year >= LAST_YEAR
    ):
        right = f"give a day from {max(question.first, today)} on, {LONGEST.days} days later at most"
        wrong.append(Problem("request", "last", f"{question.last} cannot be", right))
    minutes = Minutes(question.minutes or (rulebook.treatments[names["kind"]].minutes if names["kind"] else 1))
    if not any(window.minutes >= minutes for windows in hours.values() for window in windows):
        wrong.append(Problem("request", "hours", f"no appointment of {minutes} minutes fits", "give longer hours"))
    if wrong:
        raise InputError(wrong)
    return Booking(names["kind"], names["region"], minutes, max(question.first, today), question.last, hours, side=side)


def list_rules(practice: Practice, _request: Request, _question: None) -> RuleList:
    """Return every rule."""
    rules = practice.rulebook.rules.values()
    return RuleList(rules=tuple(ListedRule(key=rule_key(rule.id), rule=rule_data(rule)) for rule in rules))


def one_rule(practice: Practice, request: Request, _question: None) -> ListedRule:
    """Return one rule by its key."""
    key = request.path_params["rule"]
    for rule in practice.rulebook.rules.values():
        if rule_key(rule.id) == key:
            return ListedRule(key=key, rule=rule_data(rule))
    raise NotThereError


def _opened(practice: Practice, request: Request) -> Opened:
    path = practice.path_of(request.path_params["key"])
    if path is None:
        raise NotThereError
    return practice.open(request.path_params["key"], path)


def _span(request: Request, today: date) -> tuple[date, date]:
    """Return the first and the last day that are asked for: eight weeks from today on, where nothing says otherwise."""
    first = _date(request, "from", today)
    last = _date(request, "to", first + timedelta(days=55))
    if last < first:
        raise InputError([Problem("request", "to", f"{last} is before {first}", "give a day that is not before it")])
    return first, last


def _date(request: Request, name: str, default: date) -> date:
    text = request.query_params.get(name)
    if text is None:
        return default
    try:
        return _plausible(name, date.fromisoformat(text))
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise InputError([Problem("request", name, f"{quoted(text)} is no date", "write 2026-11-25")]) from None


def _plausible(name: str, day: Day) -> Day:
    if not FIRST_YEAR < day.year < LAST_YEAR - 1:
        raise InputError([Problem("request", name, f"{day} is too far away", PLAUSIBLE)])
    return day


def _weeks(request: Request) -> int | None:
    """Return how many times seven days are asked for; without a word, to the end of a calendar week."""
    text = request.query_params.get("weeks")
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and 1 <= int(text) <= 12):
        raise InputError([Problem("request", "weeks", f"{quoted(text)} is no number of weeks", "give 1 to 12")])
    return int(text)


ENDPOINTS = (
    Endpoint("/api/cases", "GET", "The cases of the folder", list_cases, (CaseList,)),
    Endpoint(
        "/api/cases/{key}/plan",
        "GET",
        "The plan of a case",
        plan_of_case,
        (Plan,),
        parameters=(("from", "date"), ("weeks", "weeks")),
    ),
    Endpoint(
        "/api/cases/{key}/why", "POST", "Why a day, or a workout at a time", why, (Answer, DayAnswer), WhyQuestion
    ),
    Endpoint(
        "/api/cases/{key}/treatments",
        "GET",
        "The appointments as understood",
        treatments,
        (TreatmentList,),
        parameters=(("from", "date"), ("to", "date")),
    ),
    Endpoint(
        "/api/cases/{key}/workouts",
        "GET",
        "How somebody else's plan was read",
        workouts,
        (SessionList,),
        parameters=(("from", "date"), ("to", "date")),
    ),
    Endpoint("/api/cases/{key}/book", "POST", "The best times of an appointment", book, (Offer,), BookQuestion),
    Endpoint("/api/plan", "POST", "The plan of a case that is sent", plan_of_text, (Plan,), PlanQuestion),
    Endpoint("/api/rules", "GET", "The rules", list_rules, (RuleList,)),
    Endpoint("/api/rules/{rule}", "GET", "One rule", one_rule, (ListedRule,)),
)
