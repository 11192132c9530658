"""How did it go: today's workout, pain, soreness, danger signs; and what to do where there is one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.case.model import Case, LogEntry
from planner.editing.edits import Edit, change_entry, several
from planner.editing.log_entry import add_log_entry
from planner.errors import InputError
from planner.limits.red_flags import LEVELS, UNKNOWN, raised_flags
from planner.page.environment import clock_words
from planner.page.sentences import emergency_number, in_page_words, plain, say
from planner.results.plan import PlannedWorkout
from planner.web.cases.outside import ConflictError
from planner.web.page_request import PageRequest
from planner.what_if.questions import Questions

RATINGS = ("pain", "next_morning", "soreness")
HOWS = ("done", "shorter", "left_out")
WORDS = [f"scale.{number}" for number in range(11)]
FIRST_SIGNS = 6
LEFT_OUT = "nothing"


def log(request: PageRequest) -> Response:
    """Ask how it went, and write it down."""
    opened = request.opened
    today = opened.moment.today
    questions = request.practice.questions(opened, today - timedelta(days=7), 2)
    planned = list(questions.plan.workouts)
    form = _form(request, planned, today)
    wrong: dict[str, str] = {}
    if request.http.method == "POST":
        signs = [sign for sign in request.lists.get("sign", ()) if sign in request.practice.rulebook.signs]
        # What the program does not know is a danger sign all the same: it is written as it is said.
        signs += [request.text("other_sign")[:100]] if request.text("other_sign") else []
        day, fields, wrong = _understood(request, form, today, planned)
        edit = None if wrong or not fields else log_edit(opened.case, day, fields)
        if signs:
            adds = _entry(opened.case, day, fields.get("did")) is None
            _write_signs(request, sign_edit(opened.case, today, signs), edit, adds=adds)
        elif edit is not None:
            request.practice.change(opened, edit, request.text("base"), words=_saved_words(day, fields, today))
            del request.opened
        if signs and request.practice.questions(request.opened).cleared:
            return request.redirect("/danger")
        if not wrong and (signs or fields):
            return request.redirect("/weeks")
        if not wrong:
            wrong = {"did": plain("log.nothing")}
    first, more = signs_in_order(request, questions)
    today_one = next(
        (
            workout
            for workout in planned
            if workout.uid and workout.workout == form["did"] and f"{workout.start:%Y-%m-%d}" == form["date"]
        ),
        None,
    )
    lead = (
        say("log.nothing_planned")
        if today_one is None
        else say("log.lead", what=today_one.title, when=clock_words(today_one.start), minutes=today_one.minutes)
    )
    return request.page(
        "log.html",
        plain("log.title"),
        status=422 if wrong else 200,
        here="log",
        lead=lead,
        planned="nothing" if today_one is None else today_one.workout,
        treated=bool(questions.task.treatments) or form["soreness"] != "",
        form=form,
        wrong={name: wrong.get(name, "") for name in ("did", "date", "minutes")},
        problems=list(wrong.values()),
        words=[plain(word) for word in WORDS],
        workouts=[{"value": "", "name": plain("log.no_workout")}]
        + [{"value": key, "name": workout.name} for key, workout in request.practice.rulebook.workouts.items()],
        hows=[{"value": how, "name": say(f"log.{how}"), "hint": ""} for how in HOWS],
        signs=first,
        more_signs=more,
    )


def _saved_words(day: date, fields: Mapping[str, Any], today: date) -> str:
    """Return what the next page says of what was logged: `Saved: 28 minutes, pain 3. Tell me tomorrow …`."""
    logged = [plain("weeks.left_out")] if fields.get("did") == LEFT_OUT else []
    logged += [plain("log.said_minutes", minutes=fields["minutes"])] if "minutes" in fields else []
    logged += [plain(f"log.said_{name}", rating=fields[name]) for name in RATINGS if name in fields]
    logged += [plain("log.said_limp")] if fields.get("limp") else []
    words = say("log.saved", what=", ".join(logged or [plain("weeks.done")]))
    trained = day == today and fields.get("did", LEFT_OUT) != LEFT_OUT
    return Markup("{} {}").format(words, say("log.tomorrow")) if trained else words


def _write_signs(request: PageRequest, signs: Edit, also: Edit | None, *, adds: bool) -> None:
    """Write danger signs, and what else was said; what others changed meanwhile refuses no more than the latter.

    A danger sign is never refused: over nothing else that is wrong, and over no change from outside. What only `adds`
    to the log writes over nothing either.
    """
    practice, opened = request.practice, request.opened
    both = signs if also is None else several([also, signs])
    try:
        practice.change(opened, both, opened.base if adds else request.text("base"))
        del request.opened
    except (ConflictError, InputError) as error:
        practice.change(opened, signs, opened.base)
        del request.opened
        if also is None or practice.questions(request.opened).cleared:
            return
        if isinstance(error, ConflictError):
            error.base = request.opened.base
        raise


def _form(request: PageRequest, planned: Sequence[PlannedWorkout], today: date) -> dict[str, Any]:
    """Return what the form shows: what was typed, else what the log says already of the workout that is asked about."""
    key = str(request.http.path_params.get("workout", ""))
    meant = next(
        (workout for workout in planned if key and request.practice.secrets.workout_key(workout.uid) == key), None
    )
    if key and meant is None:
        raise HTTPException(404)
    day = min(request.day("date", today), today)
    if meant is None:
        now = request.opened.moment.now
        of_day = [workout for workout in planned if workout.start.date() == day]
        begun = [workout for workout in of_day if workout.start <= now]
        meant = next(iter(begun or of_day), None)
    day = day if meant is None else meant.start.date()
    logged = None if meant is None else _entry(request.opened.case, day, meant.workout)
    form: dict[str, Any] = {
        "did": request.text("did", "" if meant is None else meant.workout),
        "date": request.text("date", day.isoformat()),
        "how": request.text("how"),
        "minutes": request.text(
            "minutes", "" if logged is None or logged[1].minutes is None else str(logged[1].minutes)
        ),
        "limp": request.text("limp") == "yes" or (logged is not None and logged[1].limp),
        "signs": request.lists.get("sign", []),
        "other_sign": request.text("other_sign"),
    }
    for name in RATINGS:
        value = None if logged is None else getattr(logged[1], name)
        form[name] = request.text(name, "" if value is None else str(value))
    return form


def _entry(case: Case, day: date, did: str | None) -> tuple[int, LogEntry] | None:
    return next(
        ((number, entry) for number, entry in enumerate(case.log) if entry.date == day and entry.did == did), None
    )


def _understood(
    request: PageRequest, form: dict[str, Any], today: date, planned: Sequence[PlannedWorkout]
) -> tuple[date, dict[str, Any], dict[str, str]]:
    """Return the day, what to write about it, and what is wrong, by field."""
    wrong: dict[str, str] = {}
    fields: dict[str, Any] = {}
    day = _day_of(form["date"], today, wrong)
    if form["did"] and form["did"] not in request.practice.rulebook.workouts:
        wrong["did"] = plain("log.no_such")
    minutes = form["minutes"]
    if form["how"] in {"done", "shorter"} and form["did"]:
        fields["did"] = form["did"]
        usual = next(
            (workout.minutes for workout in planned if workout.workout == form["did"] and workout.start.date() == day),
            None,
        )
        if not minutes and form["how"] == "done" and usual is not None:
            minutes = str(usual)
    elif form["how"] == "left_out":
        fields["did"] = LEFT_OUT
    if minutes and form["how"] != "left_out":
        if not minutes.isdecimal() or not 1 <= int(minutes) <= 1440:
            wrong["minutes"] = plain("log.no_minutes")
        elif "did" in fields:
            fields["minutes"] = int(minutes)
    for name in RATINGS:
        if re.fullmatch(r"10|[0-9]", form[name]):
            fields[name] = int(form[name])
        elif form[name]:
            wrong[name] = plain("log.no_rating")
    if form["limp"]:
        fields["limp"] = True
    if form["next_morning"] and day == today:
        wrong["next_morning"] = plain("log.no_morning_yet")
    return day, {key: value for key, value in fields.items() if value is not None}, wrong


def _day_of(text: str, today: date, wrong: dict[str, str]) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        wrong["date"] = plain("log.no_date")
        return today
    if day > today:
        wrong["date"] = plain("log.future")
    return day


def log_edit(case: Case, day: date, fields: dict[str, Any]) -> Edit:
    """Return the edit that writes what happened on a day: into the entry of that workout, or into a new one."""
    logged = _entry(case, day, fields.get("did"))
    if logged is None:
        return lambda text: add_log_entry(text, None, {"date": day, **fields})
    return change_entry("log", logged[0], fields)


def sign_edit(case: Case, day: date, signs: Sequence[str]) -> Edit:
    """Return the edit that writes danger signs: always an entry of their own, and none twice."""
    there = {sign for entry in case.log if entry.date == day for sign in entry.signs}
    flagged = [sign for sign in signs if sign not in there] or list(signs)
    return lambda text: add_log_entry(text, None, {"date": day, "signs": flagged})


def signs_in_order(request: PageRequest, questions: Questions) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the danger signs, the urgent and those that go with what was treated first; a few are shown at once."""
    book, case = request.practice.rulebook, request.opened.case
    every = LogEntry(date=request.opened.moment.today, signs=tuple(key for key in book.signs if key != UNKNOWN))
    flags = raised_flags(case.model_copy(update={"log": (every,)}), book, questions.task.treatments)
    # A sign that is read otherwise than the book has it goes with a treatment, or with what [health] says.
    flags.sort(key=lambda flag: (flag.sign.level != LEVELS[0], flag.sign == book.signs[flag.key]))
    rows = [{"key": flag.key, "name": flag.sign.name, "level": flag.sign.level} for flag in flags]
    return rows[:FIRST_SIGNS], rows[FIRST_SIGNS:]


def signs(request: PageRequest) -> Response:
    """Show every danger sign with what to do; with a case, ticking one writes it down."""
    book = request.practice.rulebook
    number = emergency_number(request.opened.case.timezone) if request.case_key else ""
    levels = [
        {
            "name": say(f"signs.{level}"),
            "signs": [
                {
                    "key": key,
                    "name": sign.name,
                    "advice": in_page_words(sign.advice),
                    "urgent": level == LEVELS[0],
                }
                for key, sign in book.signs.items()
                if sign.level == level and key != UNKNOWN
            ],
        }
        for level in LEVELS
    ]
    return request.page("signs.html", plain("signs.title"), number=number, levels=levels)
