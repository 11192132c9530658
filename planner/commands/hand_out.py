"""The hand-out of `planner plan`: a sheet for the patient and one for the therapist, as one page that stands alone."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

from planner.clock import midnight
from planner.commands.opened_case import OpenedCase
from planner.errors import InputError, OutsideError, Problem
from planner.files import check_no_device, file_problem, read_text, status_of, write_whole
from planner.what_if.questions import Questions

OURS = '<meta name="generator" content="planner hand-out">'
MISSING = 'planner plan: the hand-out needs the extra "web"; install it with: pip install "post-treatment-planner[web]"'


def write_hand_out(
    session: OpenedCase, start: date | None, weeks: int | None, output: Path | None, *, private: bool
) -> int:
    """Write the hand-out of a plan, or print it, and return the exit status.

    The plan is the one that follows the calendar file beside the case, where there is one. Raises `InputError` where
    something at that place is not ours, and `OutsideError` where the pages are not installed or the disk fails.

    Args:
        session: the opened case.
        start: the first day of the plan; None is today.
        weeks: how many times seven days; None goes to the end of a calendar week.
        output: where the page goes; None is standard output.
        private: whether it says no word about health.

    """
    if output is not None and output.suffix.casefold() not in {".html", ".htm"}:
        wrong = f"{output} is no name of a hand-out"
        raise InputError(
            [Problem("planner plan", "--output", wrong, "give a name that ends in .html, or leave it out")]
        )
    if output is not None:
        _refuse_what_is_not_ours(output)
    questions = Questions(session.request(start, weeks, session.kept_plan(None)))
    content = _content(questions, session, private=private)
    if output is None:
        print(content)
    else:
        write_whole(output, content.encode())
        print(f"Wrote {output}: open it in a browser and print it.", file=sys.stderr)
    return 1 if questions.cleared else 0


def _content(questions: Questions, session: OpenedCase, *, private: bool) -> str:
    try:
        from planner.page.day_items import Viewer  # noqa: PLC0415 (as above)
        from planner.page.dose import dose_of  # noqa: PLC0415 (the templates are an extra)
        from planner.page.handout import Handout, handout_page  # noqa: PLC0415 (as above)
        from planner.page.sentences import emergency_number  # noqa: PLC0415 (as above)
        from planner.page.shadows import shadows, workouts_in_mind  # noqa: PLC0415 (as above)
    except ImportError as error:
        raise OutsideError(MISSING) from error
    task, plan, case = questions.task, questions.plan, questions.task.case
    now = datetime.now(case.tz)
    if now.date() != session.today:
        now = midnight(session.today, case.tz)
    book = session.rulebook
    viewer = Viewer(
        book,
        now,
        () if private else shadows(task.limits, task.treatments, book, workouts_in_mind(task)),
        private=private,
    )
    handout = Handout(plan, task, viewer, dose_of(plan, task), emergency_number(case.timezone))
    return handout_page(handout, patient=True, therapist=True)


def _refuse_what_is_not_ours(output: Path) -> None:
    there = status_of(output)
    if there is None:
        return
    check_no_device(output, there)
    if output.is_dir():
        raise file_problem(output, "is a folder", "give the name of a file in it")
    if OURS not in read_text(output)[:2000]:
        wrong = "is not a hand-out that planner wrote, and is left as it is"
        raise InputError([Problem(str(output), "", wrong, "give another name, or move that file away first")])
