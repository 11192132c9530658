"""The command line: what is asked goes to one command, what is wrong comes back as one line each.

Exit status: 0 done; 1 planned, but a red flag clears the plan; 2 the input is wrong; 3 something outside failed; 70 an
error of the program itself.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from planner import terminal
from planner.arguments import NAMED_TODAY
from planner.commands.defaults import apply_defaults
from planner.errors import InputError, OutsideError

COMMANDS = {
    "plan": "plan a case: print the table, write the calendar",
    "why": "why a day looks as it does, or whether a workout may start",
    "treatments": "list the treatments as understood, and what was passed over",
    "workouts": "how somebody else's plan was read, what is unsure first",
    "book": "rank the times of an appointment by what they cost the training",
    "new": "ask a few questions, write a case file and show its plan",
    "log": "write down what you did and how it felt",
    "treat": "add, move or remove an appointment, and show what that does to the plan",
    "move": "put a workout of the plan at another time",
    "away": "no time for workouts from a day to another",
    "ill": "being ill, or well again, and what it does to the plan",
    "sync": "plan a case and bring a CalDAV calendar to show it",
    "import": "make cases from a clinic's list, one line a treatment",
    "serve": "the same in the browser, on this machine only",
    "rules": "show rules with their evidence and sources; check your own",
}
"""Every command, a module of `planner.commands` each, and what it does."""
PARSERS = {
    "plans": ("plan", "why", "book", "sync"),
    "training": ("workouts", "log", "move"),
    "appointments": ("treatments", "treat", "import"),
    "absences": ("away", "ill"),
    "beginning": ("new", "serve"),
    "rules": ("rules",),
}
"""The modules of `planner.parsers`, and which commands' arguments each adds."""
EXIT_STATUS = (
    "Exit status: 0 done; 1 planned, but a danger sign clears the plan; 2 the input is wrong; 3 something outside "
    "failed; 70 an error of the program itself."
)
MODULES = {"import": "clinic_list"}
"""The modules of commands that no module can be called as."""
OURS = 70
"""The exit status of an error of the program itself (`EX_SOFTWARE`)."""
DISTRIBUTION = "post-treatment-planner"
DEBUG = "PLANNER_DEBUG"
"""The environment variable that lets a traceback through."""
REPORT = "https://pypi.org/project/post-treatment-planner/"
"""The project's page, which says where to report an error."""


class Version(argparse.Action):
    """Print the version of the program; what knows it takes a while to load."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the version and end."""
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 (only here)

        try:
            print(f"planner {version(DISTRIBUTION)}")
        except PackageNotFoundError:
            print("planner, from a checkout that is not installed")
        parser.exit()


class Command(Protocol):
    """Say what a module of `planner.commands` holds."""

    Options: Callable[..., Any]
    """What the command line may say to it, typed; a field for each argument."""

    def run(self, options: Any) -> int:
        """Do what the options say and return the exit status."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    return terminal.shielded(lambda: _main(sys.argv[1:] if arguments is None else arguments))


def _main(arguments: Sequence[str]) -> int:
    try:
        os.getcwd()  # noqa: PTH109 (asked before anything is loaded that cannot do without)
    except OSError:
        print("The folder that you are in is gone; go to another one and try again.", file=sys.stderr)
        return 3
    if not arguments:
        parser().print_help()
        return 0
    try:
        return _run(arguments)
    except InputError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 2
    except OutsideError as error:
        print(error, file=sys.stderr)
        return 3
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"{where}the system says: {error.strerror or error}; mend that and try again", file=sys.stderr)
        return 3
    except Exception as error:
        if terminal.was_interrupted():
            raise KeyboardInterrupt from error
        # The last door: whatever comes here is our own mistake, and is said to be.
        if os.environ.get(DEBUG):
            raise
        print(_our_mistake(error), file=sys.stderr)
        return OURS


def parser(command_name: str | None = None, *, with_defaults: bool = False) -> argparse.ArgumentParser:
    """Return the parser of the command line; of its commands, only the one that is asked for knows its arguments.

    Raises `InputError` where it is made with a person's own defaults, and these cannot be read.
    """
    top = argparse.ArgumentParser(
        prog="planner",
        description="Plan runs, bike rides and upper-body days around treatments, as a calendar file.",
        epilog=f"{EXIT_STATUS} Not medical advice: your clinician's word comes before every rule.",
    )
    top.add_argument("--version", action=Version, nargs=0, default=argparse.SUPPRESS, help="print the version")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, purpose in COMMANDS.items():
        subparser = commands.add_parser(name, help=purpose, epilog=EXIT_STATUS)
        if name == command_name:
            _add_arguments(subparser, name)
            if with_defaults:
                apply_defaults(subparser)
    return top


def _add_arguments(subparser: argparse.ArgumentParser, name: str) -> None:
    room = next(room for room, names in PARSERS.items() if name in names)
    import_module(f"planner.parsers.{room}").ARGUMENTS[name](subparser)


def command(name: str) -> Command:
    """Return a command by its name; only this one is loaded."""
    return cast("Command", import_module(f"planner.commands.{MODULES.get(name, name)}"))


def _run(arguments: Sequence[str]) -> int:
    asked = next((word for word in arguments if word in COMMANDS), None)
    token = NAMED_TODAY.set(_named_today(arguments))
    try:
        values = vars(parser(asked, with_defaults=True).parse_args(arguments))
    finally:
        NAMED_TODAY.reset(token)
    chosen = command(values.pop("command"))
    try:
        status = chosen.run(chosen.Options(**values))
    except InputError as error:
        case = values.get("case")
        raise error.in_file(str(case)) if isinstance(case, Path) and case.is_file() else error from error
    sys.stdout.flush()
    return status


def _named_today(arguments: Sequence[str]) -> date | None:
    """Return the date of `--today`, which must be known before "tomorrow" is read; None where there is none."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        option, _, value = word.partition("=")
        if option == "--today":
            try:
                return date.fromisoformat(value or following)
            except ValueError:
                return None
    return None


def _our_mistake(error: Exception) -> str:
    """Return what a person can do about an error of the program itself, in one line."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = "" if frame is None else f" ({Path(frame.tb_frame.f_code.co_filename).name}, line {frame.tb_lineno})"
    what = " ".join(str(error).split())
    return (
        f"planner: {type(error).__name__}{f': {what}' if what else ''}{where}; this is an error of the program itself, "
        f"please report it: {REPORT} says where ({DEBUG}=1 shows the traceback)"
    )
