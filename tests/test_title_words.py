"""Words of the reader of titles that stand for many: a star is any letters, also none."""

from __future__ import annotations

import pytest
import tomli

from planner.rulebook.file import shipped_folder
from planner.titles.reader import Reader
from planner.titles.session import PlanEvent
from planner.titles.words import ReadingWords

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Return a reader that knows a few words more, each with stars elsewhere."""
    data = tomli.loads((shipped_folder() / "reading.toml").read_text())
    data["words"].append({"means": ["swim"], "en": ["zab*baz", "zin*zan*zun", "*zork*", "zut* session*"]})
    return Reader(ReadingWords.model_validate(data))


@pytest.mark.parametrize(
    ("title", "workout"),
    [
        ("zabbaz", "swim"),
        ("zabxbaz", "swim"),
        ("zabaz", "note"),
        ("zinzanzun", "swim"),
        ("zinazanbzun", "swim"),
        ("zinzun", "note"),
        ("zinzuzan", "note"),
        ("azorkb", "swim"),
        ("zork", "swim"),
        ("zor", ""),
        ("zutty sessions", "swim"),
        ("zutty club", "note"),
    ],
)
def test_a_star_stands_for_any_letters_wherever_it_is(reader: Reader, title: str, workout: str) -> None:
    """The parts between stars follow one another, and none of their letters counts twice."""
    assert reader.read(PlanEvent(title))[0].workout == workout
