"""`planner plan FOLDER -o FOLDER`: every case of a folder, on all cores; one that is wrong never stops the others."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from planner.calendars.plan_file import set_aside, write_plan
from planner.commands.opened_case import CaseOptions, open_case, stamp
from planner.commands.output import calendar_of, print_json
from planner.errors import InputError, OutsideError, Problem
from planner.files import alone_in, forget_written, note_done
from planner.planning import plan_request
from planner.rulebook import file as rulebook_file
from planner.web.all_cores import on_all_cores


class FolderSpan(NamedTuple):
    """Hold what is asked of every case: which days, what counts as today, by which rules, how much is written."""

    start: date | None
    weeks: int | None
    today: date | None
    rules: Path | None
    private: bool | None


class FolderResult(NamedTuple):
    """Hold what became of one case: its file, what is wrong with it, and whether a danger sign clears its plan."""

    case: Path
    wrong: tuple[str, ...] = ()
    outside: bool = False
    cleared: bool = False
    overwritten: int = 0


class Ticking(Protocol):
    """Show how far it is."""

    def __call__(self, done: int) -> None:
        """Show that so many are done."""


def plan_folder(folder: Path, output: Path | None, span: FolderSpan, form: str) -> int:
    """Plan every case of a folder and return the exit status: 2 or 3 where one could not be planned.

    Args:
        folder: where the case files lie.
        output: the folder for the calendar files; None, where it was forgotten, is an `InputError`.
        span: which days are planned, and how.
        form: what is printed: `json`, or a table.

    """
    cases = sorted(path for path in folder.glob("*.toml") if not path.name.startswith("."))
    target = _target(folder, output, form, cases)
    # A mistake in the rules is told once, not for every case; and what is loaded here no process has to load again.
    rulebook = rulebook_file.rulebook(span.rules)
    import_module("planner.calendars.write.file")
    results: list[FolderResult] = []
    with alone_in(target), _noting_what_is_written(cases, target), _progress(len(cases)) as tick:
        for made in on_all_cores(partial(plan_one, target=target, span=span), cases):
            if made.wrong or made.cleared or made.overwritten:
                results.append(made)
            for line in made.wrong:
                print(line, file=sys.stderr)
            tick(1)
    if form == "json":
        print_json(_outcomes(cases, target, results, private=bool(span.private)), rulebook)
    else:
        print("\n".join(_summary(cases, target, results, private=bool(span.private))))
    return _status(results)


def _target(folder: Path, output: Path | None, form: str, cases: list[Path]) -> Path:
    """Return the folder to write into; raises `InputError` where that cannot be."""
    command = "planner plan"
    wrong: list[Problem] = []
    if output is None:
        wrong.append(Problem(command, "--output", "is missing", f"give the folder of the calendars: -o {folder}"))
    elif output.exists() and not output.is_dir():
        wrong.append(Problem(str(output), "", "is no folder", "give a folder: there is a calendar for each case"))
    if form not in {"table", "json"}:
        right = "leave it out: each case gets a calendar file"
        wrong.append(Problem(command, "--format", f"{form} is for one case", right))
    if not cases:
        wrong.append(Problem(str(folder), "", "holds no case", "give a folder of case files (*.toml)"))
    if wrong or output is None:
        raise InputError(wrong)
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutsideError(f"{output}: cannot be made ({error.strerror}); choose another folder") from error
    return output


def plan_one(case: Path, target: Path, span: FolderSpan) -> FolderResult:
    """Plan one case into its calendar file, and return what became of it; nothing that is wrong with it is raised."""
    output = target / f"{case.stem}.ics"
    try:
        session, now = open_case(CaseOptions(case=case, today=span.today, rules=span.rules)), stamp()
        memory = session.remembered(output, now)
        planned = plan_request(session.request(span.start, span.weeks, None if memory is None else memory.earlier))
        written = calendar_of(planned, now, memory, private=span.private)
        if written.overwritten:
            set_aside(output)
        write_plan(output, written.content)
    except InputError as error:
        return FolderResult(case, tuple(map(str, error.in_file(str(case)).problems)))
    except OutsideError as error:
        return FolderResult(case, (str(error),), outside=True)
    except Exception as error:  # noqa: BLE001 (one case never stops the others; it is said to be our own mistake)
        return FolderResult(
            case, (f"{case}: an error of planner itself ({type(error).__name__}: {error})",), outside=True
        )
    return FolderResult(case, cleared=planned.cleared, overwritten=len(written.overwritten))


def _outcomes(cases: list[Path], target: Path, results: list[FolderResult], *, private: bool) -> dict[str, Any]:
    """Return what became of the cases as JSON has it: those of which there is more to say than a calendar."""
    return {
        "cases": len(cases),
        "output": str(target),
        "not_planned": [{"case": str(made.case), "wrong": list(made.wrong)} for made in results if made.wrong],
        "paused" if private else "cleared": [str(made.case) for made in results if made.cleared],
        "edited_by_hand": [str(made.case) for made in results if made.overwritten],
    }


def _summary(cases: list[Path], target: Path, results: list[FolderResult], *, private: bool) -> list[str]:
    """Return the lines that say what became of the cases."""
    failed = [made for made in results if made.wrong]
    cleared = [made.case.name for made in results if made.cleared]
    aside = [made.case.name for made in results if made.overwritten]
    lines = [f"{len(cases) - len(failed):,} of {len(cases):,} cases planned into {target}."]
    if failed:
        names = ", ".join(made.case.name for made in failed[:10])
        more = "" if len(failed) <= 10 else f" and {len(failed) - 10:,} more"
        lines.append(f"Not planned: {names}{more}.")
    if cleared:
        lines.append(f"{'Paused' if private else 'Cleared by a danger sign'}: {', '.join(cleared)}.")
    if aside:
        lines.append(f"Edited by hand, the old file is kept beside the new one: {', '.join(aside)}.")
    return lines


def _status(results: list[FolderResult]) -> int:
    """Return the exit status: what is wrong goes before what failed outside, and both before a danger sign."""
    failed = [made for made in results if made.wrong]
    if failed:
        return 3 if all(made.outside for made in failed) else 2
    return 1 if any(made.cleared for made in results) else 0


@contextmanager
def _noting_what_is_written(cases: list[Path], target: Path) -> Iterator[None]:
    """Have Ctrl-C say how many calendars were written before: other processes wrote them, and know no other way."""
    before = _changes(cases, target)
    try:
        yield
    except KeyboardInterrupt:
        count = sum(old != new for old, new in zip(before, _changes(cases, target), strict=True))
        forget_written()
        if count:
            note_done(f"Part of the calendars in {target} ({count:,} of {len(cases):,})")
        raise


def _changes(cases: list[Path], target: Path) -> list[int]:
    """Return when the calendar of each case was written last, 0 where there is none."""
    calendars = [target / f"{case.stem}.ics" for case in cases]
    return [calendar.stat().st_mtime_ns if calendar.is_file() else 0 for calendar in calendars]


@contextmanager
def _progress(total: int) -> Iterator[Ticking]:
    """Show on a terminal how far it is."""
    if not sys.stderr.isatty():
        yield lambda done: None  # noqa: ARG005 (nobody looks)
        return
    from rich.console import Console  # noqa: PLC0415 (only a terminal needs it)
    from rich.progress import Progress  # noqa: PLC0415 (only a terminal needs it)

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Planning", total=total)
        yield lambda done: bar.advance(task, done)
