"""When should I book: the possible times of an appointment, ranked by what they cost the training."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from starlette.responses import Response

from planner.appointments.opening_hours import WEEKDAY_HOURS, parse_hours
from planner.clock import Minutes
from planner.editing.edits import Edit, add_entry
from planner.page.day_items import Viewer
from planner.page.environment import clock_words, long_day
from planner.page.sentences import plain, say
from planner.page.shadows import shadows, workouts_in_mind
from planner.page.weeks import weeks_of_plan
from planner.results.offer import Offer
from planner.rulebook.model import Rulebook
from planner.rulebook.scales import SIDES
from planner.scheduling.task import MOST_WEEKS
from planner.web.cases.opened import opened_with, request_of
from planner.web.desk.booking.appointments import kind_choices
from planner.web.desk.booking.times_search import Progress, TimesSearches
from planner.web.page_request import PageRequest
from planner.web.words.hours import as_hours
from planner.web.words.meaning import meaning_of
from planner.web.words.names import everyday_names, not_known, side_in
from planner.what_if.booking import Booking, offer

MOST_SHOWN = 5
LONGEST = timedelta(days=60)


def book(request: PageRequest) -> Response:
    """Ask what is to be booked, and rank the times; put one into the case where that is asked for."""
    today = request.opened.moment.today
    case, rulebook = request.opened.case, request.practice.rulebook
    entry = next(iter(case.treatments), None)
    form = {
        "kind": request.text("kind", entry.kind if entry else "dry_needling"),
        "region": request.text("region", _region_words(request)),
        "first": request.text("first", (today + timedelta(days=1)).isoformat()),
        "last": request.text("last", (today + timedelta(days=7)).isoformat()),
        "hours": request.text("hours", WEEKDAY_HOURS),
        "minutes": request.text("minutes"),
    }
    wrong: dict[str, str] = {}
    weeks_with_it: dict[str, Any] | None = None
    page_values: dict[str, Any] = {"options": [], "passed_over": [], "alerts": (), "searched": False, "search": None}
    if request.http.method == "POST":
        booking = _understood(request, form, wrong)
        do, _, moment = request.text("do").partition(" ")
        start = _moment(moment)
        if booking is not None and start is not None:
            edit = _booked_at(booking, start, rulebook)
            if do == "put":
                request.practice.change(request.opened, edit, request.text("base"))
                return request.redirect("/weeks")
            weeks_with_it = _weeks_with(request, edit, start)
        if booking is not None:
            page_values |= _offer(request, booking)
    return request.page(
        "book.html",
        plain("book.title"),
        here="book",
        status=422 if wrong else 200,
        form=form,
        wrong={name: wrong.get(name, "") for name in form},
        problems=list(wrong.values()),
        kinds=kind_choices(rulebook),
        names=everyday_names(rulebook, "regions"),
        weeks_with_it=weeks_with_it,
        **page_values,
    )


def _region_words(request: PageRequest) -> str:
    case, rulebook = request.opened.case, request.practice.rulebook
    entry = next((entry for entry in case.treatments if entry.region), None)
    place = entry if entry is not None else case.injury[0] if case.injury else None
    if place is None or place.region is None:
        return ""
    return f"{place.side or ''} {rulebook.regions[place.region].name.lower()}".strip()


def _booked_at(booking: Booking, start: datetime, rulebook: Rulebook) -> Edit:
    """Return the edit that puts an appointment into the case at a time."""
    values: dict[str, Any] = {"kind": booking.kind, "region": booking.region, "start": start}
    if booking.side is not None:
        values["side"] = booking.side
    if booking.minutes != rulebook.treatments[booking.kind].minutes:
        values["minutes"] = booking.minutes
    return add_entry("treatments", values)


def _weeks_with(request: PageRequest, edit: Edit, start: datetime) -> dict[str, Any]:
    """Return the weeks as they would be with an appointment, which nothing writes down yet."""
    opened, practice = request.opened, request.practice
    new = opened_with(opened.key, opened.path, edit(opened.text), opened.content, practice.setting)
    questions = practice.questions(new, max(opened.first_shown, start.date() - timedelta(days=start.weekday())), 2)
    task, book = questions.task, practice.rulebook
    there = shadows(task.limits, task.treatments, book, workouts_in_mind(task))
    viewer = Viewer(book, opened.moment.now, there)
    return {"title": say("book.with_it", when=clock_words(start)), "weeks": weeks_of_plan(questions.plan, viewer)}


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _understood(request: PageRequest, form: dict[str, str], wrong: dict[str, str]) -> Booking | None:
    """Return what is to be booked, or None where something is wrong with it."""
    rulebook, today = request.practice.rulebook, request.opened.moment.today
    if form["kind"] not in rulebook.treatments:
        wrong["kind"] = plain("appointments.no_kind")
    side, words = side_in(form["region"])
    meant = meaning_of(words, rulebook).regions
    if not meant:
        wrong["region"] = not_known(rulebook, "regions", words)
    days: dict[str, date] = {}
    for name in ("first", "last"):
        try:
            days[name] = date.fromisoformat(form[name])
        except ValueError:
            wrong[name] = plain("book.no_date")
    if len(days) == 2:
        if days["last"] < days["first"] or days["last"] < today:
            wrong["last"] = plain("book.backwards")
        elif days["last"] - days["first"] > LONGEST:
            wrong["last"] = plain("book.too_long", days=LONGEST.days)
    hours, mistakes = parse_hours(", ".join(as_hours(part) for part in form["hours"].split(",")))
    if mistakes:
        wrong["hours"] = f"{mistakes[0][0]}; {mistakes[0][1]}"
    minutes = Minutes(0)
    if form["minutes"] and not (form["minutes"].isdecimal() and 1 <= int(form["minutes"]) <= 480):
        wrong["minutes"] = plain("start.no_count", least=1, most=480)
    elif not wrong:
        minutes = Minutes(int(form["minutes"] or rulebook.treatments[form["kind"]].minutes))
        if not any(window.minutes >= minutes for windows in hours.values() for window in windows):
            wrong["hours"] = plain("book.too_short", minutes=minutes)
    if wrong:
        return None
    first = max(days["first"], today)
    return Booking(
        form["kind"],
        meant[0],
        minutes,
        first,
        days["last"],
        hours,
        side=next((name for name in SIDES if name == side), None),
    )


def _offer(request: PageRequest, booking: Booking) -> dict[str, Any]:
    opened, setting = request.opened, request.practice.setting
    searches: TimesSearches = request.http.app.state.searches

    def search(progress: Progress) -> Offer:
        # Read as far as an appointment can touch: the request gets as many weeks as it needs.
        read = request_of(opened, setting, weeks=MOST_WEEKS)
        return offer(read._replace(weeks=1), booking, not_before=opened.moment.now, progress=progress)

    running = searches.about(request.case_key, (opened.base, opened.moment.today, booking), search)
    made = running.wait(searches.patience)
    if made is None:
        return {"search": running}
    return {
        "searched": True,
        "alerts": (*made.alerts, *made.notes),
        "tried": say("book.tried", count=len(made.options) + len(made.passed_over)),
        "options": [
            {
                "when": say(
                    "book.window", day=long_day(option.start), first=f"{option.start:%H:%M}", last=f"{option.end:%H:%M}"
                ),
                "start": option.start.isoformat(),
                "text": option.text,
                "lost": len(option.lost),
                "moved": len(option.moved),
                "shorter": len(option.shortened),
            }
            for option in made.options[:MOST_SHOWN]
        ],
        "passed_over": [
            {"when": clock_words(refused.start), "why": refused.why} for refused in made.passed_over[:MOST_SHOWN]
        ],
    }
