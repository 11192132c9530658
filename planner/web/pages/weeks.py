"""The weeks: the answer first, what changed, the days, the dose; keep the plan, take a change back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from starlette.responses import Response

from planner.calendars.plan_file import read_plan
from planner.case.model import Case
from planner.errors import InputError
from planner.limits.red_flags import LEVELS
from planner.page.changes import bent_shown, change_lines
from planner.page.day_items import Viewer
from planner.page.dose import dose_kinds, dose_of
from planner.page.sentences import in_page_words, plain, say
from planner.page.shadows import shadows, workouts_in_mind
from planner.page.weeks import answer_of, weeks_of_plan
from planner.results.plan import Changes, Plan
from planner.web.cases.opened import Opened, opened_with, written_plan
from planner.web.cases.outside import StaleError, mark_of
from planner.web.page_request import PageRequest
from planner.web.pages.readings import meanings
from planner.what_if.questions import Questions

MOST_WEEKS = 12


def weeks(request: PageRequest) -> Response:
    """Show the weeks from a day on, as they follow from the case and the calendar now."""
    try:
        opened = request.opened
    except InputError as error:
        return _last_good_plan(request, error)
    start = request.day("from", opened.first_shown)
    many = request.number("weeks", 0, 0, MOST_WEEKS) or opened.weeks_shown
    questions = request.practice.questions(opened, start, many)
    plan = questions.plan
    changes, kept = changes_of(request, plan, opened)
    viewer = viewer_of(request, questions, changes)
    kinds, kind = dose_kinds(plan, questions.task), request.http.query_params.get("kind", "")
    kind = kind if kind in {shown.kind for shown in kinds} and not request.private else "run"
    saved = request.saved()
    untold = request.case_key in request.practice.untold
    request.practice.untold.discard(request.case_key)
    return request.page(
        "weeks.html",
        plain("weeks.title"),
        here="weeks",
        answer=answer_of(plan, viewer),
        alerts=_alerts(plan, private=request.private),
        cleared=plan.cleared,
        signs_open=any(
            flag.sign.level in LEVELS[:3] and flag.stands_on(opened.moment.today) for flag in questions.task.flags
        ),
        outside="",
        kept_yet=opened.memory is not None,
        changes=None if request.private or not change_lines(changes) else _changed(changes, kept=kept),
        undo=None if saved is None else saved.number,
        untold=untold,
        saying="" if saved is None else saved.words if saved.words and not request.private else say("weeks.kept"),
        unplaced=[]
        if request.private or not plan.unplaced
        else [_unplaced(unplaced, plan) for unplaced in questions.plan_with_remedies.unplaced],
        bent=None if request.private else bent_shown(plan),
        unsure_marks=[mark_of(entry) for entry in opened.case.workouts],
        meanings=meanings(request.practice.rulebook),
        shown=weeks_of_plan(plan, viewer),
        before=plan.weeks_from - timedelta(days=7 * len(plan.weeks)),
        after=plan.to + timedelta(days=1),
        many=len(plan.weeks),
        dose=dose_of(plan, questions.task, kind),
        dose_kinds=[] if request.private else kinds,
        span_asked=f"from={start}&weeks={many}&" if "from" in request.http.query_params else "",
        notes=() if request.private else [in_page_words(note) for note in plan.notes],
    )


def _last_good_plan(request: PageRequest, error: InputError) -> Response:
    """Return what is wrong with the case and, below, the plan of when it last was right; raises where none is known."""
    practice, path = request.practice, request.practice.path_of(request.case_key)
    good = practice.good.get(request.case_key)
    if good is None or path is None:
        raise error
    content = read_plan(path.with_suffix(".ics"))
    opened = opened_with(request.case_key, path, good.text, content, practice.setting)
    questions = practice.shown(opened)
    viewer = viewer_of(request, questions, opened=opened)
    return request.page(
        "mistakes.html",
        plain("mistakes.title"),
        here="weeks",
        status=422,
        problems=request.mistakes(error),
        good={
            "title": say("mistakes.plan_of", time=f"{good.read:%H:%M}"),
            "answer": answer_of(questions.plan, viewer),
            "weeks": weeks_of_plan(questions.plan, viewer),
        },
    )


def _alerts(plan: Plan, *, private: bool) -> list[str]:
    """Return what is to be looked at."""
    if private:
        return [plain("weeks.alert_private")] if plan.alerts else []
    return [in_page_words(alert) for alert in plan.alerts]


def viewer_of(
    request: PageRequest,
    questions: Questions,
    changes: Changes = Changes(),  # noqa: B008 (frozen)
    *,
    opened: Opened | None = None,
) -> Viewer:
    """Return what a page needs beside the plan to show it.

    Args:
        request: the request.
        questions: the plan, and what can be asked about it.
        changes: what changed since last time.
        opened: the case, where it is not as its files stand.

    """
    opened, book = opened or request.opened, request.practice.rulebook
    task = questions.task
    return Viewer(
        book,
        opened.moment.now,
        () if request.private else shadows(task.limits, task.treatments, book, workouts_in_mind(task)),
        request.practice.secrets.workout_key,
        changes,
        logged_words(opened.case),
        request.private,
    )


def logged_words(case: Case) -> dict[tuple[date, str], str]:
    """Return what the log says of each workout: `done, pain 2`; without a workout, of what was planned for a day."""
    words_by_entry = {}
    for entry in case.log:
        if entry.left_out:
            words_by_entry[entry.date, ""] = plain("weeks.left_out")
        if entry.did is not None:
            parts = [plain("weeks.done")]
            parts += [plain("weeks.pain", pain=entry.pain)] if entry.pain is not None else []
            words_by_entry[entry.date, entry.did] = ", ".join(parts)
    return words_by_entry


def changes_of(request: PageRequest, plan: Plan, opened: Opened) -> tuple[Changes, bool]:
    """Return what differs from the calendar file, or else what the last change of a page did; whether it is kept."""
    if opened.memory is None:
        return Changes(), True
    pending = written_plan(plan, opened).changes
    if pending.added or pending.moved or pending.changed or pending.cancelled:
        return pending, False
    saved = request.saved()
    return (Changes() if saved is None else saved.changes), True


def _changed(changes: Changes, *, kept: bool) -> dict[str, Any]:
    lines = change_lines(changes)
    key = "changes.kept" if kept else "changes.pending"
    return {"title": say(key, count=len(lines)), "lines": lines, "kept": kept}


def _unplaced(wish: Any, plan: Plan) -> dict[str, Any]:
    kind = plain(f"kinds.{wish.kind}") if wish.kind in {"run", "bike", "swim"} else wish.kind.replace("_", " ")
    title = say("weeks.placed", kind=kind[:1].upper() + kind[1:], placed=wish.placed, asked=wish.asked)
    if len(plan.days) > 7:
        title += say("weeks.of_week", day=f"{wish.week.day} {wish.week:%b}")
    return {
        "title": title,
        "because": [in_page_words(reason.text) for reason in wish.because],
        "would_fit_if": wish.would_fit_if,
    }


def keep(request: PageRequest) -> Response:
    """Write the plan as it follows now into the calendar file."""
    opened = request.opened
    questions = request.practice.shown(opened)
    with suppress(StaleError):  # Others kept one meanwhile: the weeks show what would change now.
        request.practice.keep_plan(opened, questions.plan)
    return request.redirect("/weeks")


def undo(request: PageRequest) -> Response:
    """Take the last change back, or say why that cannot be."""
    number = request.text("change")
    if number.isdecimal() and request.practice.take_back(request.opened, int(number)):
        return request.redirect("/weeks")
    return request.problem(409, "not_taken_back")
