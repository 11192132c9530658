"""What several commands print and write: a plan in the form that was asked for, its changes, its calendar file."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.calendars.plan_file import set_aside
from planner.results.as_json import with_versions
from planner.results.plan import Changes, Plan
from planner.rulebook.model import Rulebook
from planner.wording.plan.private import PRIVATE_NOTICE, PRIVATE_TITLE, private_plan
from planner.wording.rules.explainer import NOTICE

if TYPE_CHECKING:
    from planner.calendars.write.file import Written
    from planner.calendars.write.memory import Memory


def calendar_of(planned: Plan, now: datetime, memory: Memory | None, *, private: bool | None) -> Written:
    """Return a plan as its calendar file.

    Args:
        planned: the plan.
        now: the moment that its events are stamped with.
        memory: what the plan's file holds, None where there is none yet.
        private: whether it says no word about health; None leaves it as the file is.

    """
    from planner.calendars.write.file import write  # noqa: PLC0415 (icalendar loads only where a file is made)

    return write(planned, now, memory=memory, private=is_private(private, memory))


def is_private(private: bool | None, memory: Memory | None) -> bool:
    """Return whether a plan is shown and written without a word about health: as told, else as its file was."""
    return private if private is not None else memory is not None and memory.private


def keep_edited(output: Path, written: Written, *, private: bool) -> None:
    """Keep the old file beside the new one where somebody had edited by hand what is now overwritten, and say so.

    In private no title is said: it may be one from before, or their own.
    """
    if not written.overwritten:
        return
    aside = set_aside(output)
    for event in written.overwritten:
        title = PRIVATE_TITLE if private else event.title
        print(
            f'{output}: "{title}" of {event.day} was edited by hand, and the plan now says something else there; '
            f"the old file is kept as {aside}",
            file=sys.stderr,
        )


def print_plan(
    planned: Plan,
    rulebook: Rulebook,
    form: str,
    content: bytes = b"",
    *,
    aside: bool = False,
    aftercare: bool = False,
    private: bool = False,
) -> None:
    """Print a plan to standard output.

    Args:
        planned: the plan.
        rulebook: the rules that it was made by.
        form: `table`, `json`, or `ics` for the `content` of its calendar.
        content: the calendar file.
        aside: whether the table goes to standard error, for standard output has the calendar.
        aftercare: whether the table has what to mind around treatments too.
        private: whether no word about health is printed.

    """
    if private:
        planned = private_plan(planned)
    if form == "json":
        print_json(planned.model_dump(mode="json"), rulebook)
    elif form == "ics":
        sys.stdout.buffer.write(content)
    elif form == "table":
        from planner.show.table import console, show_plan  # noqa: PLC0415 (only the table needs rich)

        notice = PRIVATE_NOTICE if private else NOTICE
        show_plan(planned, rulebook, console(aside=aside), aftercare=aftercare, notice=notice)
    else:
        raise ValueError(f"there is no form of output called {form}")


def show_changes(changes: Changes, after: Plan) -> None:
    """Print what changes in the plan, a line each, or that nothing does."""
    from planner.show.table import console, show_revision  # noqa: PLC0415 (only what is printed needs rich)

    show_revision(changes, after, console())


def print_json(data: Mapping[str, Any], rulebook: Rulebook) -> None:
    """Print a result as JSON, with the version of the format and of the rulebook before it."""
    print(json.dumps(with_versions(data, rulebook), indent=2, ensure_ascii=False))
