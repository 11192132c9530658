"""One workout, and one day: why it stands there, and what would change if it stood elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.calendars.write.file import write
from planner.clock import local
from planner.page.changes import change_lines, was_words
from planner.page.day_items import check_parts, otherwise_words
from planner.page.environment import clock_words, day_words, long_day
from planner.page.sentences import in_page_words, plain, say
from planner.page.shadows import workouts_in_mind
from planner.page.weeks import day_shown
from planner.results.answer import Answer
from planner.results.plan import Plan, PlannedWorkout, Reason
from planner.web.cases.opened import opened_with
from planner.web.cases.outside import StaleError
from planner.web.cases.preview import Preview, days_around, moved_in_calendar, preview_change, workout_with
from planner.web.desk.rules import rule_link
from planner.web.page_request import PageRequest
from planner.web.pages.weeks import viewer_of
from planner.web.words.hours import NotUnderstoodError
from planner.web.words.times import read_when
from planner.what_if.questions import Questions, starts_on

NEAR = 6
"""So many days away a workout that was moved is still known as the same one."""


def workout(request: PageRequest) -> Response:
    """Show one workout: the check before it, what to do instead, why it stands there, and the sources."""
    return workout_page(request)


def workout_page(request: PageRequest, *, ticked: Sequence[str] = (), wrong: str = "", going: str = "") -> Response:
    """Return the page of a workout.

    Args:
        request: the request, whose address names it.
        ticked: which parts of the check are ticked, by their numbers.
        wrong: why the check is not passed.
        going: what to say where it is.

    """
    questions, workout = addressed_workout(request)
    opened, book = request.opened, request.practice.rulebook
    answer = questions.best_answer(workout.workout, [workout.start])
    return request.page(
        "workout.html",
        plain("workout.title"),
        one=workout,
        when=clock_words(workout.start),
        lead=say(
            "workout.lead",
            when=long_day(workout.start) if workout.all_day else f"{long_day(workout.start)}, {workout.start:%H:%M}",
            minutes=workout.minutes,
        ),
        status=422 if wrong else 200,
        problems=[wrong] if wrong else [],
        going=going,
        ticked=ticked,
        checks=[] if workout.conditions is None else check_parts(workout.conditions),
        masked=workout.conditions is not None and workout.conditions.masked,
        today=workout.start.date() == opened.moment.today,
        otherwise=otherwise_words(workout),
        reasons=[reason_shown(request, reason) for reason in workout.reasons],
        was=was_words(workout),
        changed=() if workout.change is None else [reason.text for reason in workout.change.reasons],
        rules=[reason_shown(request, reason) for reason in answer.rules],
        sources=sources_of(request, [*workout.reasons, *answer.rules]),
        sure={key: say(f"sure.{key}") for key in "ABCDM"},
        key=request.http.path_params["workout"],
        ahead=workout.end > opened.moment.now,
        intensity=workout.intensity.replace("_", " "),
        kind=book.workouts[workout.workout].name,
    )


def reason_shown(request: PageRequest, reason: Reason) -> dict[str, Any]:
    """Return a reason as a page shows it: its sentence, how sure it is, and the page of its rule."""
    return {
        "text": in_page_words(reason.text),
        "title": in_page_words(reason.title),
        "evidence": reason.evidence,
        "link": rule_link(request, reason.rule),
    }


def sources_of(request: PageRequest, reasons: Iterable[Reason]) -> list[Any]:
    """Return the sources of some reasons, each once."""
    keys = dict.fromkeys(source for reason in reasons for source in reason.sources)
    sources = request.practice.rulebook.sources
    return [sources[key] for key in keys if key in sources]


def move(request: PageRequest) -> Response:
    """Show where else a workout may stand and what that would change; keep it there where that is asked for."""
    questions, workout = addressed_workout(request)
    wanted, wrong = _wanted(request, workout)
    preview, refusal = (None, "") if wanted is None else _preview(request, questions, workout, wanted)
    answer = None if wanted is None else questions.best_answer(workout.workout, [wanted])
    if request.text("do") == "keep" and preview is not None and not refusal:
        with suppress(StaleError):
            if request.text("base") == request.opened.base:
                when = "" if wanted is None else _when(workout, wanted)
                words = say("move.kept", what=workout.title.lower(), when=when)
                request.practice.keep_plan(
                    preview.opened, preview.plan, before=request.opened, changes=preview.changes, words=words
                )
                return request.redirect("/weeks")
        wrong = plain("move.kept_first")
    return request.page(
        "move.html",
        plain("move.page"),
        status=422 if wrong else 200,
        heading=say("move.title", what=workout.title.lower()),
        lead=say("move.lead", when=_when(workout, workout.start), minutes=workout.minutes),
        options=_options(request, questions, workout, wanted),
        when=request.text("when"),
        chosen="" if wanted is None else wanted.isoformat(),
        wrong=wrong,
        problems=[wrong] if wrong else [],
        preview=None if wanted is None else _shown(request, preview, refusal, answer),
        key=request.http.path_params["workout"],
    )


def addressed_workout(request: PageRequest) -> tuple[Questions, PlannedWorkout]:
    """Return the workout that the address names, and the plan that it stands in; one that is not there is no page."""
    practice, opened = request.practice, request.opened
    questions = practice.shown(opened)
    key = request.http.path_params["workout"]
    for workout in questions.plan.workouts:
        if practice.secrets.workout_key(workout.uid) == key:
            return questions, workout
    raise HTTPException(404)


def _wanted(request: PageRequest, planned: PlannedWorkout) -> tuple[datetime | None, str]:
    """Return the time that was chosen or typed, and what is wrong with it."""
    typed, chosen = request.text("when"), request.text("start")
    if typed and chosen in {"", "other"}:
        try:
            when = read_when(typed, request.opened.moment.today)
        except NotUnderstoodError as error:
            return None, plain("start.no_time", text=error.text, right=error.right)
        if not isinstance(when, datetime) and planned.all_day:
            when = datetime.combine(when, planned.start.time())
        if not isinstance(when, datetime):
            return None, plain("move.no_time", text=typed)
        return local(when, request.opened.case.tz), ""
    if not chosen or chosen == "other":
        return None, plain("move.choose") if request.http.method == "POST" else ""
    try:
        return local(datetime.fromisoformat(chosen), request.opened.case.tz), ""
    except ValueError:
        return None, plain("move.choose")


def _options(
    request: PageRequest, questions: Questions, planned: PlannedWorkout, wanted: datetime | None
) -> list[dict[str, Any]]:
    """Return the times near a workout, in order: allowed, limited, or ruled out by which rule."""
    plan, now = questions.plan, request.opened.moment.now
    options = []
    most = 1 if planned.all_day else 2
    for day in days_around(planned.start.date(), max(plan.from_, now.date()), plan.to, NEAR):
        starts = [start for start in starts_on(questions.task, day) if start > now]
        if not starts:
            continue
        answers = [questions.best_answer(planned.workout, [start]) for start in starts]
        possible = [answer for answer in answers if answer.verdict != "ruled_out"]
        options += [_option(request, answer, planned, wanted) for answer in possible[:most] or answers[-1:]]
    dropped = request.http.query_params.get("day", "")
    there = next((option for option in options if option["value"].startswith(dropped) and not option["ruled"]), None)
    if dropped and wanted is None and there is not None:
        for row in options:
            row["checked"] = row is there
    return options


def _when(workout: PlannedWorkout, start: datetime) -> str:
    """Return when a workout would begin; one that has the whole day has no time of day."""
    return day_words(start) if workout.all_day else clock_words(start)


def _is_at(workout: PlannedWorkout, start: datetime, other: datetime) -> bool:
    return start.date() == other.date() if workout.all_day else start == other


def _option(request: PageRequest, answer: Answer, planned: PlannedWorkout, wanted: datetime | None) -> dict[str, Any]:
    ruled = answer.verdict == "ruled_out"
    here = _is_at(planned, answer.start, planned.start)
    if here:
        hint = say("move.here")
    elif ruled:
        hint = Markup("{}").format(answer.rules[0].title if answer.rules else answer.text)
    elif answer.would_cost is None:
        hint = say("move.no_room")
    else:
        hint = say("move.limited") if answer.check or answer.verdict == "limited" else say("move.allowed")
    return {
        "value": answer.start.isoformat(),
        "name": _when(planned, answer.start),
        "hint": hint,
        "ruled": ruled,
        "link": rule_link(request, answer.rules[0].rule) if ruled and answer.rules else "",
        "checked": _is_at(planned, answer.start, wanted or planned.start),
    }


def _preview(
    request: PageRequest, questions: Questions, planned: PlannedWorkout, wanted: datetime
) -> tuple[Preview | None, str]:
    """Return the plan with a workout moved, and why it cannot be kept, if so."""
    opened, practice, plan = request.opened, request.practice, questions.plan
    if wanted <= opened.moment.now:
        return None, plain("move.past")
    content = opened.content or write(plan, opened.moment.stamp).content
    try:
        moved = moved_in_calendar(content, planned.uid, wanted, planned.minutes)
    except KeyError:
        # It is new in this plan: the calendar does not have it yet.
        whole = write(plan, opened.moment.stamp, memory=opened.memory).content
        moved = moved_in_calendar(whole, planned.uid, wanted, planned.minutes)
    new = opened_with(opened.key, opened.path, opened.text, moved, practice.setting)
    after = practice.shown(new)
    preview = preview_change(plan, opened, after, new)
    there = workout_with(preview.plan, planned.uid)
    if there is None or not _is_at(there, there.start, wanted):
        return None, _refusal(plan, preview.plan, there)
    return preview, ""


def _refusal(before: Plan, after: Plan, there: PlannedWorkout | None) -> str:
    """Return why a workout cannot stand where it was put: what the plan notes of it, or what became of the session."""
    remarks = () if after.bent is None else [remark.text for remark in after.bent.remarks]
    texts = [note for note in after.notes if note not in before.notes and note not in remarks]
    if not texts and after.bent is not None:
        lost_before = () if before.bent is None else before.bent.lost_workouts
        lost = [session.change for session in after.bent.lost_workouts if session not in lost_before]
        changes = lost[:1] if there is None or there.change is None else [there.change]
        texts = [" ".join([f"{change.text}.", *(reason.text for reason in change.reasons)]) for change in changes]
    return in_page_words(texts[0]) if texts else plain("move.cannot")


def _shown(request: PageRequest, preview: Preview | None, refusal: str, answer: Answer | None) -> dict[str, Any]:
    rules = [] if answer is None else [rule for rule in answer.rules if rule.rule in answer.binding]
    return {
        "refusal": refusal,
        "lines": [] if preview is None else change_lines(preview.changes),
        "rules": [reason_shown(request, rule) for rule in rules],
        "check": None if answer is None else answer.check,
        # What no plan would do by itself has no price that the plan knows of.
        "cost": "" if answer is None or preview is None or answer.would_cost is None else answer.text,
    }


def day(request: PageRequest) -> Response:
    """Show a day hour by hour: the treatment and what is to be minded around it, what may start, and what may not."""
    practice, opened = request.practice, request.opened
    try:
        meant = date.fromisoformat(request.http.path_params["day"])
    except ValueError:
        raise HTTPException(404) from None
    questions = practice.shown(opened)
    planned = next((day for day in questions.plan.days if day.date == meant), None)
    if planned is None:
        raise HTTPException(404)
    answer, in_mind = questions.answer_for_day(meant), workouts_in_mind(questions.task)
    return request.page(
        "day.html",
        plain("day.title"),
        heading=long_day(meant),
        shown=day_shown(planned, questions.plan, viewer_of(request, questions)),
        reaching=[
            {
                "name": say(
                    "weeks.treatment",
                    what=reaching.treatment.name,
                    region=practice.rulebook.regions[reaching.treatment.region].name.lower(),
                ),
                "when": clock_words(reaching.treatment.start)
                if isinstance(reaching.treatment.start, datetime)
                else long_day(reaching.treatment.start),
                "aftercare": [reason_shown(request, reason) for reason in reaching.treatment.aftercare],
                "rules": [reason_shown(request, reason) for reason in reaching.rules],
            }
            for reaching in answer.treatments
        ],
        standing=[reason_shown(request, reason) for reason in answer.standing],
        chosen=answer.chosen,
        workouts=[_verdict(answer) for answer in answer.workouts if answer.workout in in_mind],
        others=[_verdict(answer) for answer in answer.workouts if answer.workout not in in_mind],
    )


def _verdict(answer: Answer) -> dict[str, Any]:
    return {
        "title": answer.title,
        "text": in_page_words(answer.text),
        "verdict": say(f"verdict.{answer.verdict}"),
        "out": answer.verdict == "ruled_out",
    }
