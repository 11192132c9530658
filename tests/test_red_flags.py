"""Danger signs: they clear the plan, and nothing loosens them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner import Case, plan, shipped_rulebook
from planner.calendars.write.file import to_ical
from planner.case.file import parse_case
from planner.cli import main
from planner.commands.session import stamp

TODAY = date(2026, 11, 23)
RULEBOOK = shipped_rulebook()
URGENT = [key for key, sign in RULEBOOK.signs.items() if sign.level != "soon"]
SOON = [key for key, sign in RULEBOOK.signs.items() if sign.level == "soon"]


def text(sign: str, more: str = "", caution: str = "standard") -> str:
    """Return a case in which a sign was logged today."""
    return (
        f'timezone = "Europe/Berlin"\ncaution = "{caution}"\n[injury]\nregion = "calf"\nseverity = "mild"\n'
        "[goals]\nruns = 2\nbikes = 1\nupper_body = 1\nmobility = 1\n"
        f'[[log]]\ndate = 2026-11-23\nsigns = ["{sign}"]\n{more}'
    )


def case(sign: str, more: str = "", caution: str = "standard") -> Case:
    """Return a case in which a sign was logged today."""
    return parse_case(text(sign, more, caution), "case.toml", RULEBOOK)


@pytest.mark.parametrize("caution", ["permissive", "standard", "strict"])
@pytest.mark.parametrize("sign", URGENT)
def test_an_urgent_sign_clears_the_plan_at_every_level(sign: str, caution: str) -> None:
    """Emergency and same-day signs leave no workout, and one message says what to do."""
    found = plan(case(sign, caution=caution), RULEBOOK, today=TODAY, weeks=2)
    assert () == found.workouts
    assert found.cleared
    (alert,) = found.alerts
    assert RULEBOOK.signs[sign].advice in alert


@pytest.mark.parametrize("sign", SOON)
def test_a_sign_for_soon_leaves_only_what_does_not_load_the_part(sign: str) -> None:
    """Signs for the next days leave walking, mobility and what does not load the injured region."""
    found = plan(case(sign), RULEBOOK, today=TODAY, weeks=2)
    assert not found.cleared
    assert found.workouts
    loads = {one.workout: RULEBOOK.workouts[one.workout].load["calf"] for one in found.workouts}
    assert {} == {key: load for key, load in loads.items() if load and key not in {"walk", "mobility"}}
    assert any(RULEBOOK.signs[sign].advice in alert for alert in found.alerts)


def test_every_level_has_signs() -> None:
    """The rulebook knows emergency, same-day and soon signs, `fever` among them."""
    assert {"emergency", "same_day", "soon"} == {sign.level for sign in RULEBOOK.signs.values()}
    assert "same_day" == RULEBOOK.signs["fever"].level


@pytest.mark.parametrize(
    ("more", "cleared"),
    [
        ("", True),
        ("[[log]]\ndate = 2026-11-22\nadvice_sought = true\n", True),
        ("advice_sought = true\n", False),
        ("[[log]]\ndate = 2026-11-23\nadvice_sought = true\n", False),
        ("[[log]]\ndate = 2026-11-24\nadvice_sought = true\n", False),
    ],
)
def test_workouts_come_back_only_after_advice_was_sought(more: str, cleared: bool) -> None:
    """Advice sought before the sign does not count; on its day or later it does."""
    found = plan(case("fever", more), RULEBOOK, today=TODAY)
    assert cleared == found.cleared
    assert cleared == (found.workouts == ())


def test_a_sign_after_advice_clears_again() -> None:
    """A new sign after advice was sought clears the plan again."""
    more = "[[log]]\ndate = 2026-11-24\nadvice_sought = true\n[[log]]\ndate = 2026-11-25\nsigns = ['chest pain']\n"
    assert plan(case("fever", more), RULEBOOK, today=TODAY).cleared


def test_the_most_urgent_sign_speaks() -> None:
    """Of a fever and chest pain, the chest pain is the one message."""
    found = plan(case('fever", "chest_pain'), RULEBOOK, today=TODAY)
    assert found.alerts[0].startswith("Emergency: chest pain")
    assert 1 == len(found.alerts)


def test_the_command_says_so_with_status_1_and_the_calendar_shows_no_workouts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`planner plan` prints the message alone, ends with 1, and writes a calendar without workouts."""
    file = tmp_path / "case.toml"
    file.write_text(text("fever"), encoding="utf-8")
    assert 1 == main(["plan", str(file), "--today", "2026-11-23", "-o", str(tmp_path / "week.ics")])
    out = capsys.readouterr().out
    assert "See a clinician today: fever" in out
    assert "Day" not in out
    content = (tmp_path / "week.ics").read_bytes()
    assert b"X-PLANNER-WORKOUT" not in content
    assert 1 == content.count(b"BEGIN:VEVENT")


def test_a_mistyped_sign_is_answered_with_the_nearest() -> None:
    """A sign that nobody knows is an error, not silence."""
    with pytest.raises(ValueError, match=r'"feever" is no danger sign; did you mean "fever"'):
        case("feever")


def test_no_override_reaches_a_sign() -> None:
    """A clinician's word cannot name a danger sign's rule: there is none to override."""
    with pytest.raises(ValueError, match=r'"red_flags.soon" is no rule'):
        case("fever", '[rules.override."red_flags.soon"]\nmax_load = 3\nby = "me"\n')


def test_needling_near_the_lung_asks_for_three_days() -> None:
    """After shoulder needling at 10:00 on Monday the question stands on Monday to Thursday, and then no more."""
    text = (
        'timezone = "Europe/Berlin"\n[[treatments]]\nkind = "dry needling"\nregion = "shoulder"\n'
        "start = 2026-11-23T10:00:00\n"
    )
    found = plan(parse_case(text, "case.toml", RULEBOOK), RULEBOOK, today=TODAY)
    assert [1, 1, 1, 1, 0, 0, 0] == [len(day.questions) for day in found.days]
    assert b"Chest pain\\, breathlessness" in to_ical(found, stamp()).replace(b"\r\n ", b"")
