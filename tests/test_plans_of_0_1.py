"""A plan that 0.1 wrote, from a Thursday: it is recognised, keeps its UIDs, and none becomes another workout's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planner.cli import main
from tests.living import by_uid
from tests.readme import ROOT

KEPT = ROOT / "tests" / "plans_of_0_1"


@pytest.mark.parametrize("name", ["named", "nameless"])
@pytest.mark.parametrize("today", ["2026-11-26", "2026-11-30"])
def test_a_plan_of_0_1_is_recognised_and_no_uid_passes_to_another_workout(
    name: str, today: str, tmp_path: Path
) -> None:
    """Planned again on its first day, and on the Monday after: each old event is there still, and is what it was."""
    for suffix in (".toml", ".ics"):
        shutil.copy(KEPT / f"{name}{suffix}", tmp_path / f"{name}{suffix}")
    file = tmp_path / f"{name}.ics"
    before = by_uid(file.read_bytes())
    assert main(["plan", str(tmp_path / f"{name}.toml"), "--today", today, "--weeks", "2", "-o", str(file)]) == 0
    after = by_uid(file.read_bytes())
    assert before
    assert set(before) <= set(after)
    marks = {
        uid: (event.value("X-PLANNER-WORKOUT"), after[uid].value("X-PLANNER-WORKOUT")) for uid, event in before.items()
    }
    assert [uid for uid, (old, new) in marks.items() if old != new] == []
    kept = [uid for uid in before if after[uid].value("STATUS") == "CONFIRMED"]
    assert len(kept) >= len(before) / 2
