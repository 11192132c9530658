"""Readings: the person's word on a title of somebody else's plan that was not read for sure."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from planner.case.coach import IDLE
from planner.editing.edits import add_to_list
from planner.page.sentences import plain, say
from planner.rulebook.model import Rulebook
from planner.web.cases.outside import number_of
from planner.web.page_request import PageRequest

LEAST, MOST = 5, 600


def meanings(book: Rulebook) -> list[dict[str, str]]:
    """Return what a title may mean, as choices: each workout, a rest day, or no workout at all."""
    workouts = [{"value": key, "name": workout.name} for key, workout in book.workouts.items()]
    return workouts + [{"value": key, "name": plain(f"bent.unsure_{key}")} for key in reversed(IDLE)]


def read(request: PageRequest) -> Response:
    """Write into the case what a title means, and show the weeks as they are with it."""
    names = {meaning["value"]: meaning["name"] for meaning in meanings(request.practice.rulebook)}
    number = number_of(request.opened.case.workouts, request.text("calendar"))
    title, word, minutes = request.text("title"), request.text("as"), request.text("minutes")
    if number is None or not title or word not in names:
        return request.problem(409, "other_plan")
    if minutes and not (minutes.isdecimal() and LEAST <= int(minutes) <= MOST):
        return request.problem(422, "no_minutes")
    row: dict[str, Any] = {"title": title, "as": word}
    if minutes:
        row["minutes"] = int(minutes)
    kept = say("bent.read", title=title, what=names[word].lower())
    edit = add_to_list("workouts", number, "read", row)
    request.practice.change(request.opened, edit, request.text("base"), words=kept)
    return request.redirect("/weeks")
