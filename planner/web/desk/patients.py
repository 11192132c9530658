"""Patients: the cases of a folder, those to look at first; search, a new case, and planning all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from starlette.responses import RedirectResponse, Response

from planner.page.environment import clock_words, day_words
from planner.page.sentences import in_page_words, plain, say
from planner.rulebook.names import folded
from planner.web.cases.planning_all import PlanningAll
from planner.web.cases.summaries import Summaries, Summary
from planner.web.page_request import PageRequest

PAGE = 50
LATELY = 60
"""A file that was written so many minutes ago is said to have changed; who looks at the list may not know it yet."""
SORTS: dict[str, Callable[[Summary], Any]] = {
    "look": lambda summary: summary.order,
    "name": lambda summary: summary.name.casefold(),
    "treatment": lambda summary: _soonest(summary.treatment),
    "run": lambda summary: _soonest(summary.run),
    "log": lambda summary: _soonest(summary.last_log),
}
"""How the list may stand: those to look at first unless asked otherwise; where there is no day, they come last."""


def _soonest(moment: date | None) -> tuple[bool, str]:
    return moment is None, str(moment)


def patients(request: PageRequest) -> Response:
    """Show the cases; search them, plan them all, or stop that."""
    if request.practice.folder.single is not None:
        return RedirectResponse("/", 303)
    state = request.http.app.state
    summaries: Summaries = state.summaries
    planning: PlanningAll = state.planning
    do, words = request.text("do"), request.text("words")
    if do == "plan":
        planning.start(request.practice)
        return request.redirect("/patients#how-far")
    if do == "stop":
        planning.stopped = True
        return request.redirect("/patients")
    summed, coming = summaries.all()
    look = sum(summary.order[0] < 3 for summary in summed)
    shown = [
        summary
        for summary in summed
        if not words or folded(words) in folded(f"{summary.name} {' '.join(summary.regions)}")
    ]
    sort = request.http.query_params.get("sort", "") or request.text("sort")
    sort = sort if sort in SORTS else "look"
    shown.sort(key=SORTS[sort])
    number = request.number("page", 1, 1, max(1, -(-len(shown) // PAGE)))
    first = (number - 1) * PAGE
    return request.page(
        "patients.html",
        plain("patients.title"),
        lead=say("patients.count", count=len(summed) + coming)
        + " "
        + (say("patients.look", count=look) if look else ""),
        coming=coming,
        words=words,
        sort=sort,
        sorts=[{"value": name, "name": say(f"sorts.{name}")} for name in SORTS],
        planning=planning if planning.running or planning.done else None,
        rows=[_row(summary, request) for summary in shown[first : first + PAGE]],
        first=first + 1,
        last=min(first + PAGE, len(shown)),
        total=len(shown),
        before=number - 1 if number > 1 else 0,
        after=number + 1 if first + PAGE < len(shown) else 0,
    )


def _row(summary: Summary, request: PageRequest) -> dict[str, Any]:
    look = ""
    if request.private and (summary.wrong or summary.sign is not None or summary.alert):
        look = say("patients.look_private")
    elif summary.wrong:
        look = say("patients.wrong", what=summary.wrong)
    elif summary.sign is not None:
        look = say("patients.sign", sign=summary.sign[0], day=day_words(summary.sign[1]))
    elif summary.alert:
        look = say("patients.alert", what=in_page_words(summary.alert))
    cleared = summary.level in {"emergency", "same_day"}
    return {
        "href": f"/c/{summary.key}/weeks",
        "name": plain("patients.number", number=summary.key) if request.private else summary.name,
        "regions": "" if request.private else ", ".join(summary.regions),
        "changed": _changed_words(summary.changed, request.practice.setting.clock()),
        "treatment": _when(summary.treatment) or say("patients.none_booked"),
        "run": say("patients.waits")
        if cleared
        else _when(summary.run) or say("patients.no_run" if summary.kept else "patients.not_kept"),
        "look": look,
        "last_log": "" if summary.last_log is None else day_words(summary.last_log),
    }


def _changed_words(changed: datetime | None, now: datetime) -> str:
    """Return how many minutes ago a case was changed, empty where that is long ago."""
    minutes = -1 if changed is None else round((now - changed).total_seconds() / 60)
    return say("patients.changed", count=max(1, minutes)) if 0 <= minutes <= LATELY else ""


def _when(moment: datetime | date | None) -> str:
    if moment is None:
        return ""
    return clock_words(moment) if isinstance(moment, datetime) else day_words(moment)
