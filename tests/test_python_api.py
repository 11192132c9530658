"""The public Python API: what `dir` shows, and what its page says."""

from __future__ import annotations

import pytest

import planner
from tests.readme import ROOT, blocks

PAGE = "docs/python.md"


def test_the_page_about_python_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Every example of `docs/python.md` works, one after the other."""
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for code in blocks("python", PAGE):
        exec(compile(code, PAGE, "exec"), names)  # noqa: S102 (the page's own examples are what is tested)
    said = capsys.readouterr().out
    assert "form | injury.region | " in said
    assert "workouts looked at" in said


def test_every_public_name_is_listed_and_explained() -> None:
    """`dir(planner)` and the page know each of them, and each says what it is."""
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    assert sorted(planner.__all__) == dir(planner)
    for name in planner.__all__:
        assert f"`{name}`" in page
        assert getattr(planner, name).__doc__


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    """A misspelled name fails as it does for any module."""
    with pytest.raises(AttributeError, match="has no attribute 'plam'"):
        planner.plam  # noqa: B018 (to ask for it is the test)
