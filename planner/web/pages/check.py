"""The check before a workout: go where all of it is so, else what to do instead, with one click."""

from __future__ import annotations

from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.editing.edits import Edit, add_entry
from planner.editing.log_entry import add_log_entry
from planner.page.day_items import check_parts, otherwise_words
from planner.page.sentences import plain, say
from planner.results.plan import PlannedWorkout
from planner.web.page_request import PageRequest
from planner.web.pages.moving import addressed_workout, workout_page
from planner.what_if.questions import Questions
from planner.wording.rules.explainer import may_be_replaced


def check(request: PageRequest) -> Response:
    """Answer the check of a workout: go, or put what to do instead in its place and leave the workout out."""
    questions, workout = addressed_workout(request)
    if workout.conditions is None or workout.start.date() != request.opened.moment.today:
        # A check tells how it is now: it can be made on the day alone.
        raise HTTPException(404)
    if request.text("do") == "instead":
        edit = instead_edit(questions, workout, request.opened.moment.now)
        request.practice.change(request.opened, edit, request.text("base"), words=_chosen_words(workout, request))
        return request.redirect("/weeks")
    ticked = request.lists.get("so", [])
    parts = check_parts(workout.conditions)
    if workout.conditions.masked:
        return workout_page(request, ticked=ticked, wrong=plain("workout.masked", otherwise=otherwise_words(workout)))
    if len(set(ticked) & {str(number) for number in range(len(parts))}) < len(parts):
        return workout_page(request, ticked=ticked, wrong=plain("workout.tick", otherwise=otherwise_words(workout)))
    return workout_page(request, ticked=ticked, going=say("workout.going", minutes=workout.minutes))


def _is_left_out(workout: PlannedWorkout, now: datetime) -> bool:
    """Whether nothing takes a workout's place where its check fails: there is nothing, or it is too late for it."""
    return workout.otherwise is None or workout.start <= now or not may_be_replaced(workout)


def _chosen_words(workout: PlannedWorkout, request: PageRequest) -> str:
    what = workout.title.lower()
    if _is_left_out(workout, request.opened.moment.now):
        return say("workout.left_out", what=what)
    return say("workout.chosen", what=what, otherwise=otherwise_words(workout))


def instead_edit(questions: Questions, workout: PlannedWorkout, now: datetime) -> Edit:
    """Return the edit that puts what to do instead at a workout's time, or else writes down that it was left out."""
    day = workout.start.date()
    if workout.otherwise is None or _is_left_out(workout, now):
        return lambda text: add_log_entry(text, None, {"date": day, "did": "nothing"})
    answer = questions.best_answer(workout.otherwise, [workout.start])
    minutes = min(answer.usual_minutes, answer.max_minutes or answer.usual_minutes)
    start = workout.start.time().replace(tzinfo=None)
    return add_entry("sessions", {"workout": workout.otherwise, "date": day, "start": start, "minutes": minutes})
