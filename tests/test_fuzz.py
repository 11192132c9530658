"""Nonsense of every kind, into every door: a message and a status, never a traceback, and never for long.

A few examples are tried with the other tests. `HYPOTHESIS_PROFILE=fuzz python -m pytest tests/test_fuzz.py` runs for
minutes, and `fuzz-long` for hours; what is found is kept by hypothesis and tried first the next time.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cli import main
from tests.cases import examples
from tests.ics_files import calendar, event, events
from tests.servers import ENVIRONMENT, Answer, listening

pytestmark = pytest.mark.once

HOUSE = Path(__file__).parents[1]
EVERYTHING = re.findall(r"```toml\n(.*?)```", (HOUSE / "docs" / "case-file.md").read_text(encoding="utf-8"), re.DOTALL)[
    0
]
"""A case that says all that a case can say."""
SMALL = 'timezone = "Europe/Berlin"\n[injury]\nregion = "calf"\nseverity = "mild"\n[goals]\nruns = 2\n'
RULES = {
    path.relative_to(HOUSE / "rules"): path.read_text(encoding="utf-8") for path in (HOUSE / "rules").rglob("*.toml")
}
LONGEST_SECONDS = 20
"""On a busy machine; what hangs takes minutes."""
STATUSES = {0, 1, 2, 3}
TODAY = ["--today", "2026-11-23"]
VALUES = st.sampled_from([
    '""', '"x"', "0", "-1", "1e400", "nan", "99999999999999999999", "[]", "{}", "[[]]", "true", "1979-05-27",
    "0001-01-01", "9999-12-31", "07:32:00", "2026-11-24T09:30:00+23:59", '"\\u0000\\u001b[2J\\u202e"',
    f'"{"x" * 5000}"', '["a", 1]', '{ every = "1 week", count = 99999999 }', '{ rrule = "FREQ=SECONDLY" }',
    '"25:00-07:00"', '"../../etc/passwd"', '"-"', "'''\n'''", '"mon-fri"', "2026-11-24", '"Europe/Berlin\\n"',
    "1_000_000", "0x10", '"\\U0001f3c3"',
])  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """Draw a damaged copy of a TOML file: other values, lines dropped, doubled, moved, cut, letters flipped."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, max(len(lines) - 1, 0)))
        kind = draw(st.sampled_from(["value", "value", "value", "drop", "double", "move", "flip", "key"]))
        line = lines[place] if lines else ""
        if kind == "value" and "=" in line:
            lines[place] = f"{line.partition('=')[0]}= {draw(VALUES)}"
        elif kind == "drop" and lines:
            del lines[place]
        elif kind == "double":
            lines.insert(place, line)
        elif kind == "move" and lines:
            lines.append(lines.pop(place))
        elif kind == "key" and "=" in line:
            name = draw(st.text("abc_.'", min_size=1, max_size=8))
            lines[place] = f"{name} ={line.partition('=')[2]}"
        elif kind == "flip" and line:
            at = draw(st.integers(0, len(line) - 1))
            lines[place] = line[:at] + draw(st.text(max_size=2)) + line[at + 1 :]
    return "\n".join(lines)


def runs(*arguments: object) -> int:
    """Run planner and return its status, once it is one that it may have, and soon enough."""
    begin = time.process_time()
    try:
        status = main([str(each) for each in arguments])
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 2
    assert status in STATUSES, arguments
    assert time.process_time() - begin < LONGEST_SECONDS, arguments
    return status


def in_folder(write: Callable[[Path], list[object]]) -> int:
    """Write files into a folder and run planner with the arguments that come of it."""
    with TemporaryDirectory() as name:
        return runs(*write(Path(name)))


@examples(15)
@given(damaged(EVERYTHING), st.sampled_from(["plan", "treatments", "why", "book", "log"]))
def test_no_case_is_a_traceback(text: str, command: str) -> None:
    """Whatever stands in it, and whoever reads it."""

    def write(folder: Path) -> list[object]:
        case = folder / "case.toml"
        case.write_bytes(text.encode("utf-8", "surrogatepass"))
        more: dict[str, list[object]] = {
            "why": ["2026-11-25", "run_easy"],
            "book": ["--kind", "massage", "--between", "2026-11-25", "2026-11-26"],
            "log": ["--did", "walk", "--pain", "2"],
        }
        return [command, case, *more.get(command, []), *TODAY]

    in_folder(write)


@examples(20)
@given(st.lists(events(), max_size=4), st.binary(max_size=40), st.integers(0, 2000), st.booleans())
def test_no_calendar_is_a_traceback(drawn: list[str], junk: bytes, place: int, busy: bool) -> None:
    """As an appointment or as a busy time."""

    def write(folder: Path) -> list[object]:
        content = calendar(*drawn)
        (folder / "a.ics").write_bytes(content[:place] + junk + content[place:])
        table = "[[busy]]\n" if busy else '[[treatments]]\nkind = "massage"\nregion = "calf"\n'
        (folder / "case.toml").write_text(f'{SMALL}{table}calendar = "a.ics"\n', encoding="utf-8")
        return ["plan" if busy else "treatments", folder / "case.toml", *TODAY]

    in_folder(write)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the plan's file of a small case."""
    folder = tmp_path_factory.mktemp("planned")
    (folder / "case.toml").write_text(f'name = "A"\n{SMALL}', encoding="utf-8")
    assert 0 == main(["plan", str(folder / "case.toml"), "-o", str(folder / "case.ics"), *TODAY])
    return (folder / "case.ics").read_bytes()


@examples(20)
@given(st.data())
def test_no_plans_file_is_a_traceback(planned: bytes, data: st.DataObject) -> None:
    """Damaged, it is refused and left as it is, or read."""
    content = planned
    for _ in range(data.draw(st.integers(1, 4))):
        lines = content.split(b"\r\n")
        place = data.draw(st.integers(0, len(lines) - 1))
        kind = data.draw(st.sampled_from(["drop", "double", "flip", "cut", "value"]))
        if kind == "drop":
            del lines[place]
        elif kind == "double":
            lines.insert(place, lines[place])
        elif kind == "value":
            lines[place] = lines[place].partition(b":")[0] + b":" + data.draw(st.binary(max_size=12))
        elif kind == "flip":
            lines[place] = lines[place][:3] + data.draw(st.binary(max_size=3)) + lines[place][4:]
        content = b"\r\n".join(lines[:place] if kind == "cut" else lines)

    def write(folder: Path) -> list[object]:
        (folder / "case.toml").write_text(f'name = "A"\n{SMALL}', encoding="utf-8")
        (folder / "case.ics").write_bytes(content)
        return ["plan", folder / "case.toml", "-o", folder / "case.ics", *TODAY]

    in_folder(write)


@examples(4)
@given(st.data())
def test_no_rulebook_is_a_traceback(data: st.DataObject) -> None:
    """A whole one of one's own, one file of it damaged."""
    path = data.draw(st.sampled_from(sorted(RULES)))
    text = data.draw(damaged(RULES[path]))

    def write(folder: Path) -> list[object]:
        for each, content in RULES.items():
            (folder / each).parent.mkdir(parents=True, exist_ok=True)
            (folder / each).write_bytes((text if each == path else content).encode("utf-8", "surrogatepass"))
        return ["rules", "--check", folder]

    in_folder(write)


WORDS = st.sampled_from([
    "plan", "why", "treatments", "book", "log", "rules", "new", "sync", "--today", "2026-11-23", "--from", "9999-12-31",
    "--weeks", "52", "-1", "--format", "json", "ics", "CASE", "-o", "/nowhere/x.ics", "--private", "--kind", "massage",
    "--between", "2026-11-25", "--did", "--pain", "run_easy", "2026-11-25T07:00", "tomorrow", "--put", "--plan",
    "\x1b[2J", "", "--", "-", "--help", "--to", "http://127.0.0.1:9/", "\ud800", "--at", "mon 09:00-12:00", "--region",
    "calf", "--check", "--treatment", "dry needling",
])  # fmt: skip


@examples(40)
@given(st.lists(WORDS, max_size=8))
def test_no_arguments_are_a_traceback(words: list[str]) -> None:
    """In whatever order; standard input is empty."""
    if "new" in words:
        return

    def write(folder: Path) -> list[object]:
        (folder / "case.toml").write_text(SMALL, encoding="utf-8")
        return [str(folder / "case.toml") if word == "CASE" else word for word in words if word != "-"]

    in_folder(write)


LISTED = (
    b'<multistatus xmlns="DAV:"><response><href>/x.ics</href><propstat><prop><getetag>1</getetag>'
    b'<calendar-data xmlns="urn:ietf:params:xml:ns:caldav">BEGIN:VCALENDAR</calendar-data></prop>'
    b"<status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"
)
ANSWERS = st.tuples(st.sampled_from([200, 201, 207, 301, 401, 403, 404, 412, 500, 507]), st.integers(0, 5))


@examples(15)
@given(st.lists(ANSWERS, max_size=6))
def test_no_answer_of_a_server_is_a_traceback(answers: list[tuple[int, int]]) -> None:
    """Whatever it says, and in whatever order; the files are left as they were."""
    bodies = [
        b"",
        b"<html>",
        b'<multistatus xmlns="DAV:"/>',
        LISTED,
        b'<multistatus xmlns="DAV:"><response><href>http://example.org/\x1b[2J</href></response></multistatus>',
        calendar(event("DTSTART:20261124T093000Z")),
    ]
    left = iter(answers)

    def answer(*_: object) -> Answer:
        status, number = next(left, (404, 0))
        location = ("Location", "/elsewhere/")
        return Answer(status, (("Content-Type", "application/xml"), location), bodies[number], len(bodies[number]))

    def write(folder: Path) -> list[object]:
        (folder / "case.toml").write_text(f'name = "A"\n{SMALL}', encoding="utf-8")
        return ["sync", folder / "case.toml", "--to", url, *TODAY]

    with pytest.MonkeyPatch.context() as patch, listening(answer) as url:
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        in_folder(write)
