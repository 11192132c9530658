"""Dispatch: from what was read on the command line to the command that it names; each loads only what it needs."""

# ruff: noqa: PLC0415 (to import late is what this room is for)
from __future__ import annotations

import argparse


def plan(options: argparse.Namespace) -> int:
    """Run `planner plan`."""
    from planner.commands.plan import run

    return run(
        options.case,
        options.output,
        options.start,
        options.weeks,
        options.format,
        options.today,
        options.rules,
        private=options.private,
    )


def sync(options: argparse.Namespace) -> int:
    """Run `planner sync`."""
    from planner.commands.sync import Wanted, run

    wanted = Wanted(options.start, options.weeks, options.today, options.private)
    return run(
        options.case,
        options.to,
        options.output,
        wanted,
        options.format,
        options.rules,
        plain_http=options.plain_http,
    )


def why(options: argparse.Namespace) -> int:
    """Run `planner why`."""
    from planner.commands.why import run

    asked = (options.case, options.when, options.workout, options.format, options.rules)
    return run(*asked, options.start, options.weeks, options.today, put=options.put, shown=options.plan)


def book(options: argparse.Namespace) -> int:
    """Run `planner book`."""
    from planner.commands.book import Asked, run

    asked = Asked(*(getattr(options, name) for name in Asked._fields))
    spans = (options.format, options.most, options.today, options.start)
    return run(options.case, asked, *spans, options.rules, options.plan)


def treatments(options: argparse.Namespace) -> int:
    """Run `planner treatments`."""
    from planner.commands.treatments import run

    return run(options.case, options.start, options.end, options.format, options.today, options.rules)


def new(options: argparse.Namespace) -> int:
    """Run `planner new`."""
    from planner.commands.new import run

    return run(options.file, options.today, rules=options.rules)


def log(options: argparse.Namespace) -> int:
    """Run `planner log`."""
    from planner.commands.log import run

    return run(options.case, vars(options), options.today, options.rules)


def serve(options: argparse.Namespace) -> int:
    """Run `planner serve`."""
    from planner.web.serve import Options, run

    names = ("place", "host", "port", "name", "open_browser", "today", "rules")
    return run(Options(**{name: getattr(options, name) for name in names}))


def rules(options: argparse.Namespace) -> int:
    """Run `planner rules`."""
    from planner.commands.rules import run

    return run(options.id, options.treatment, options.region, options.format, options.rules, options.check)
