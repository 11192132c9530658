"""The page against planning itself, and a folder of cases against planning them one by one.

Run `python -m bench.serving`.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic, process_time, sleep

from starlette.testclient import TestClient

from bench.cases import article_text
from bench.timing import alternate, milliseconds, table
from planner import shipped_rulebook
from planner.commands.plan_folder import FolderSpan, plan_one
from planner.web.app import make_app
from planner.web.cases.feeds import Feeds
from planner.web.cases.folder import Folder
from planner.web.cases.opened import open_case, questions_about, written_plan
from planner.web.cases.practice import Practice, Reach
from planner.web.security.tokens import secrets_in

ROUNDS = 25
CASES = 1000
LISTED = 2000
TODAY = date(2026, 11, 23)
REPLAN_TARGET, FOLDER_TARGET = 1.3, 0.9
LIGHT = 100_000
"""Bytes that a page may have, without the body's drawing."""


def report() -> str:
    """Measure all three and return the tables."""
    return f"{page_report()}\n\n{folder_report()}\n\n{list_report()}"


def page_report() -> str:
    """Return how long a page of a week takes that has to be planned again, beside planning it and writing it."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "cases"
        place.mkdir()
        case = place / "case.toml"
        texts = [article_text(1), article_text(1).replace("runs = 3", "runs = 2")]
        case.write_text(texts[0])
        practice = _practice(place)
        key = next(iter(practice.folder.keys()))
        client = TestClient(make_app(practice), base_url="http://127.0.0.1")
        turn = 0

        def change() -> None:
            nonlocal turn
            turn += 1
            # Each text is a new one: the last plans are remembered.
            case.write_text(f"{texts[turn % 2]}# {turn}\n")

        def planned() -> float:
            change()

            def work() -> None:
                opened = open_case(key, case, practice.setting)
                written_plan(questions_about(opened, practice.setting, TODAY, 1).plan, opened)

            return milliseconds(work)

        def shown() -> float:
            change()
            return milliseconds(lambda: client.get(f"/c/{key}/weeks?from={TODAY}&weeks=1").raise_for_status())

        def shown_again() -> float:
            return milliseconds(lambda: client.get(f"/c/{key}/weeks?from={TODAY}&weeks=1").raise_for_status())

        opened = open_case(key, case, practice.setting)
        practice.keep_plan(opened, questions_about(opened, practice.setting, TODAY, 1).plan)
        contenders = {"plan and calendar": planned, "page, planned again": shown, "page, nothing changed": shown_again}
        measured = {name: median(values) for name, values in alternate(contenders, ROUNDS).items()}
        base = measured["plan and calendar"]
        rows = [(name, f"{value:.1f}", f"{value / base:.2f}") for name, value in measured.items()]
        weights = [
            (name, f"{len(client.get(f'/c/{key}/{name}').content) / 1000:.0f}")
            for name in ("weeks", "log", "where", "rules", "book")
        ]
    return "\n\n".join(
        [
            f"## The page (`serving.py`)\n\nThe article's week, its file changed before each; target {REPLAN_TARGET}.",
            table(("what", "median, ms", "of planning"), rows),
            table(("page", "KB"), weights),
        ]
    )


def _practice(place: Path) -> Practice:
    """Return a server's practice over a folder of cases, its own secrets beside it."""
    own = place.parent / "own"
    secrets = secrets_in(own)
    return Practice(
        Folder(place, secrets),
        shipped_rulebook(),
        secrets,
        Feeds(own, secrets),
        Reach("http://127.0.0.1", local=True),
        clock=lambda: datetime(2026, 11, 23, 6, tzinfo=UTC),
    )


def list_report() -> str:
    """Return how long the list of many patients takes to be whole, how long a page waits meanwhile, and afterwards."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "cases"
        place.mkdir()
        for number in range(LISTED):
            (place / f"{number:05}.toml").write_text(article_text(1).replace('name = "', f'id = "{number}"\nname = "'))
        client = TestClient(make_app(_practice(place)), base_url="http://127.0.0.1")
        waits: list[float] = []
        page, begin = "still being read", monotonic()
        while "still being read" in page:
            sleep(0.2)
            waits.append(milliseconds(lambda: client.get("/patients").raise_for_status()))
            page = client.get("/patients").text
        whole = monotonic() - begin
        again = median(milliseconds(lambda: client.get("/patients?page=7").raise_for_status()) for _ in range(ROUNDS))
    rows = [
        ("the list is whole after", f"{whole:.1f} s"),
        ("the longest wait for a page meanwhile", f"{max(waits) / 1000:.2f} s"),
        ("a page of it afterwards", f"{again / 1000:.2f} s"),
    ]
    return "\n\n".join([f"The list of {LISTED} patients.", table(("what", "time"), rows)])


def folder_report() -> str:
    """Return how many cases a second and core a folder gives, beside planning alone, and how memory grows."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with TemporaryDirectory() as folder:
        cases, target = Path(folder) / "cases", Path(folder) / "calendars"
        cases.mkdir()
        target.mkdir()
        for number in range(CASES):
            (cases / f"{number:05}.toml").write_text(article_text(1).replace('name = "', f'id = "{number}"\nname = "'))
        span = FolderSpan(TODAY, 1, TODAY, None, None)
        plan_one(cases / "00000.toml", target, span)
        begin = process_time()
        for number in range(CASES // 4):
            plan_one(cases / f"{number:05}.toml", target, span)
        alone = CASES // 4 / (process_time() - begin)
        for path in target.iterdir():
            path.unlink()
        command = [sys.executable, "-m", "planner", "plan", str(cases), "-o", str(target), "--today", str(TODAY)]
        before = os.times()
        subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parent.parent)
        after = os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        together = CASES / spent
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    rows = [
        ("planning alone, one core", f"{alone:.1f}", "1.00"),
        (f"a folder of {CASES} on {cores} cores", f"{together:.1f}", f"{together / alone:.2f}"),
    ]
    return "\n\n".join(
        [
            f"Cases in a second of processor time, start-up included; target {FOLDER_TARGET}. Memory: {memory:.0f} MB.",
            table(("what", "cases a second", "of planning alone"), rows),
        ]
    )


if __name__ == "__main__":
    print(report())
