"""The command line: what is asked goes to one command, what is wrong comes back as one line each.

Exit status: 0 done; 1 planned, but a red flag clears the plan; 2 the input is wrong; 3 something outside failed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from planner import dispatch
from planner.arguments import a_date, a_date_or_time, a_number, some_weeks
from planner.errors import InputError, OutsideError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    options = parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except InputError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 2
    except OutsideError as error:
        print(error, file=sys.stderr)
        return 3
    except BrokenPipeError:
        # Whoever read our output has seen enough (`planner … | head`): nothing is wrong.
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("\nStopped. Nothing was written.", file=sys.stderr)
        return 130
    return status


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, with the help of every command."""
    top = argparse.ArgumentParser(
        prog="planner",
        description="Plan runs, bike rides and upper-body days around treatments, as a calendar file.",
        epilog="Not medical advice: your clinician's word comes before every rule.",
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    _plan(commands.add_parser("plan", help="plan a case: print the table, write the calendar"))
    _why(commands.add_parser("why", help="why a day looks as it does, or whether a workout may start"))
    _treatments(commands.add_parser("treatments", help="list the treatments as understood, and what was passed over"))
    _book(commands.add_parser("book", help="rank the times of an appointment by what they cost the training"))
    _new(commands.add_parser("new", help="ask a few questions, write a case file and show its plan"))
    _log(commands.add_parser("log", help="write down what you did and how it felt"))
    _sync(commands.add_parser("sync", help="plan a case and bring a CalDAV calendar to show it"))
    _serve(commands.add_parser("serve", help="the same in the browser, on this machine only"))
    _rules(commands.add_parser("rules", help="show rules with their evidence and sources; check your own"))
    return top


def _plan(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Plan whole weeks around the treatments of a case. What a calendar imports is a copy: importing again updates "
        "some calendars and duplicates in others, so give the plan a calendar of its own."
    )
    command.add_argument("case", type=Path, metavar="CASE", help="the case file (TOML)")
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE.ics",
        help="write the plan as a calendar file; an earlier plan there is revised, and the changes are listed",
    )
    _private(command)
    _span(command)
    command.add_argument("--format", choices=("table", "json", "ics"), default="table", help="what to print")
    _today(command)
    _rulebook(command)
    command.set_defaults(run=dispatch.plan)


def _sync(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Plan a case and bring a calendar on a CalDAV server to show just that. What you moved or deleted there is "
        "respected. The user comes from the URL (https://anna@host/) or PLANNER_CALDAV_USER, the password from "
        "PLANNER_CALDAV_PASSWORD or your keyring."
    )
    command.add_argument("case", type=Path, metavar="CASE", help="the case file (TOML)")
    command.add_argument(
        "--to", required=True, metavar="URL", help="the server, or the calendar itself; one is found or made by name"
    )
    output = "the plan's file, which remembers it (default: beside CASE, as CASE.ics)"
    command.add_argument("-o", "--output", type=Path, metavar="FILE.ics", help=output)
    _span(command)
    command.add_argument("--format", choices=("table", "json", "ics"), default="table", help="what to print")
    _private(command)
    command.add_argument(
        "--plain-http",
        action="store_true",
        help="allow a server without encryption, where others can read the password",
    )
    _today(command)
    _rulebook(command)
    command.set_defaults(run=dispatch.sync)


def _span(command: argparse.ArgumentParser) -> None:
    command.add_argument("--from", dest="start", type=a_date, metavar="DATE", help="first day (default: today)")
    command.add_argument(
        "--weeks", type=some_weeks, default=1, metavar="N", help="weeks of 7 days, 1 to 52 (default: 1)"
    )


def _private(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--private",
        action=argparse.BooleanOptionalAction,
        help="write nothing about health: neutral titles, no treatment, check or reason (default: as the file was)",
    )


def _why(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Say why a day looks as it does: the treatments that reach into it, what the plan holds, and what keeps every "
        "other workout out. With WORKOUT: may it start then, and what would the best plan with it lose? WHEN is a "
        "date, or a local date and time. The plan is that of `planner plan` with the same --from, --weeks and --today; "
        "a day behind it is reached by more weeks, and a day that is past by the plan that begins on it. "
        "With --plan it is the one that `planner plan -o` would make of that calendar file now, with what was done and "
        "what was moved by hand."
    )
    command.add_argument("case", type=Path, metavar="CASE", help="the case file (TOML)")
    command.add_argument("when", type=a_date_or_time, metavar="WHEN", help="2026-11-25, or 2026-11-25T07:00")
    command.add_argument("workout", nargs="?", metavar="WORKOUT", help="a workout, such as run_easy or 'easy run'")
    command.add_argument("--put", action="store_true", help="print the best plan that has WORKOUT at that time")
    _shown(command)
    _span(command)
    command.add_argument("--format", choices=("text", "json"), default="text", help="what to print")
    _today(command)
    _rulebook(command)
    command.set_defaults(run=dispatch.why)


def _treatments(command: argparse.ArgumentParser) -> None:
    command.description = (
        "List the treatments as they were understood, each with where it comes from, and what of the calendars was "
        "passed over and why."
    )
    command.add_argument("case", type=Path, metavar="CASE", help="the case file (TOML)")
    command.add_argument("--from", dest="start", type=a_date, metavar="DATE", help="first day (default: today)")
    command.add_argument("--to", dest="end", type=a_date, metavar="DATE", help="last day (default: eight weeks)")
    command.add_argument("--format", choices=("table", "json"), default="table", help="what to print")
    _today(command)
    _rulebook(command)
    command.set_defaults(run=dispatch.treatments)


def _book(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Rank the possible times of an appointment, or of a course of them, by what they would cost the training: the "
        "plan is made again with each of them. Times that are taken, or too close by a rule, are passed over. With "
        "--plan the costs are those of changing the plan of that calendar file."
    )
    command.add_argument("case", type=Path, metavar="CASE", help="the case file (TOML)")
    command.add_argument("--kind", required=True, metavar="KIND", help="the treatment, such as 'dry needling'")
    command.add_argument("--region", metavar="REGION", help="what is treated (default: the injury's region)")
    command.add_argument(
        "--between", nargs=2, type=a_date, required=True, metavar=("D1", "D2"), help="first and last day to book"
    )
    command.add_argument(
        "--at",
        dest="hours",
        metavar="HOURS",
        help="when the therapist has time: 'mon 09:00-12:00, thu 14:00-18:00' (default: 'mon-fri 08:00-18:00'); the "
        "whole appointment lies in it",
    )
    command.add_argument(
        "--minutes", type=a_number(1, 480), metavar="N", help="how long (default: as the kind usually is)"
    )
    command.add_argument("--sessions", type=a_number(1, 20), default=1, metavar="N", help="a course of N appointments")
    command.add_argument("--every", default="1 week", metavar="SPAN", help="from one session to the next: '1 week'")
    command.add_argument("--most", type=a_number(1, 1000), default=5, metavar="N", help="lines to print (default: 5)")
    command.add_argument("--from", dest="start", type=a_date, metavar="DATE", help="first day of the plan")
    _shown(command)
    command.add_argument("--format", choices=("text", "json"), default="text", help="what to print")
    _today(command)
    _rulebook(command)
    command.set_defaults(run=dispatch.book)


def _new(command: argparse.ArgumentParser) -> None:
    command.description = "Ask at most eight questions, write a commented case file, and show its plan."
    command.add_argument(
        "file", type=Path, nargs="?", default=Path("case.toml"), metavar="FILE", help="default: case.toml"
    )
    _today(command)
    _rulebook(command)
    command.set_defaults(run=dispatch.new)


def _log(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Write down what happened on a day, and say what it means. What is not given stays as it is in the case file, "
        "and so do its comments."
    )
    command.add_argument("case", type=Path, metavar="CASE", help="the case file (TOML)")
    command.add_argument("--date", metavar="DATE", help="the day it is about (default: today)")
    command.add_argument("--did", metavar="WORKOUT", help="a workout, such as run_easy or 'easy run'")
    command.add_argument("--minutes", metavar="N", help="how long it was")
    command.add_argument("--pain", metavar="N", help="the worst pain during it, 0 to 10")
    command.add_argument(
        "--next-morning",
        metavar="N",
        help="pain or stiffness on the morning after, above the usual, 0 to 10 (without --date: yesterday's)",
    )
    command.add_argument("--soreness", metavar="N", help="soreness of the treated muscle, 0 to 10")
    command.add_argument("--limp", action="store_true", help="you limped")
    command.add_argument("--region", metavar="REGION", help="where it was felt, where several injuries could be meant")
    command.add_argument("--sign", action="append", default=[], metavar="SIGN", help="a danger sign, such as fever")
    command.add_argument("--advice-sought", action="store_true", help="a clinician was asked about the danger signs")
    _today(command)
    _rulebook(command)
    command.set_defaults(run=dispatch.log)


def _serve(command: argparse.ArgumentParser) -> None:
    from planner.web import serve  # noqa: PLC0415 (its arguments stand beside what they are for)

    serve.arguments(command)
    _today(command)
    _rulebook(command)
    command.set_defaults(run=dispatch.serve)


def _rules(command: argparse.ArgumentParser) -> None:
    command.description = "Show rules: when they speak, what they say, why, how good the evidence is, and its sources."
    command.add_argument("id", nargs="?", metavar="ID", help="a rule, or the beginning of its id, such as dry_needling")
    command.add_argument("--treatment", metavar="KIND", help="the rules that speak about a kind of treatment")
    command.add_argument("--region", metavar="REGION", help="the rules about a region, and what workouts ask of it")
    command.add_argument("--check", type=Path, metavar="DIR", help="check a rulebook of your own")
    command.add_argument("--format", choices=("text", "json"), default="text", help="what to print")
    _rulebook(command)
    command.set_defaults(run=dispatch.rules)


def _shown(command: argparse.ArgumentParser) -> None:
    command.add_argument("--plan", type=Path, metavar="FILE.ics", help="ask about the plan that follows from this file")


def _today(command: argparse.ArgumentParser) -> None:
    command.add_argument("--today", type=a_date, metavar="DATE", help="the date that counts as today")


def _rulebook(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--rules", type=Path, metavar="DIR", help="your own rules: a whole rulebook, or additions to the shipped one"
    )
