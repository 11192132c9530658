"""Danger signs: they clear the plan, and nothing loosens them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from planner import Case, plan, shipped_rulebook
from planner.appointments.appointment import appointments
from planner.calendars.write.file import to_ical
from planner.case.file import parse_case
from planner.cli import main
from planner.commands.opened_case import stamp
from planner.limits.red_flags import is_after
from planner.rulebook.kinds import AfterTreatment
from planner.rulebook.scales import IMPACTS, Level

pytestmark = pytest.mark.once

TODAY = date(2026, 11, 23)
RULEBOOK = shipped_rulebook()
URGENT = [key for key, sign in RULEBOOK.signs.items() if sign.closes_the_plan]
SOON = [key for key, sign in RULEBOOK.signs.items() if sign.level == "soon"]
WHOLE = [key for key in SOON if not RULEBOOK.signs[key].has_limits]
QUIET = [key for key, sign in RULEBOOK.signs.items() if sign.level in {"ask", "note"}]


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


@pytest.mark.parametrize("sign", WHOLE)
def test_a_sign_for_soon_leaves_only_what_does_not_load_the_part(sign: str) -> None:
    """Signs for the next days leave walking, mobility and what does not load the injured region."""
    found = plan(case(sign), RULEBOOK, today=TODAY, weeks=2)
    assert not found.cleared
    assert found.workouts
    loads = {one.workout: RULEBOOK.workouts[one.workout].load["calf"] for one in found.workouts}
    assert {} == {key: load for key, load in loads.items() if load and key not in {"walk", "mobility"}}
    assert any(RULEBOOK.signs[sign].advice in alert for alert in found.alerts)


@pytest.mark.parametrize("sign", sorted(set(SOON) - set(WHOLE)))
def test_a_sign_with_limits_of_its_own_leaves_what_they_leave(sign: str) -> None:
    """What such a sign rules out is in no plan, and something else is."""
    found = plan(case(sign), RULEBOOK, today=TODAY, weeks=2)
    limits = RULEBOOK.signs[sign]
    assert found.workouts
    for one in found.workouts:
        workout = RULEBOOK.workouts[one.workout]
        assert limits.allows_only is None or workout.kind in limits.allows_only
        assert one.workout not in limits.rules_out_workouts
        assert limits.max_impact is None or IMPACTS.index(workout.impact) <= IMPACTS.index(limits.max_impact)


@pytest.mark.parametrize("sign", QUIET)
def test_a_question_or_a_note_binds_no_workout(sign: str) -> None:
    """A word that may mean little leaves the week as it is, and the plan says what it may mean."""
    found = plan(case(sign), RULEBOOK, today=TODAY, weeks=2)
    without = plan(case("fever").model_copy(update={"log": ()}), RULEBOOK, today=TODAY, weeks=2)
    shown = [[(one.workout, one.start) for one in each.workouts] for each in (found, without)]
    assert shown[0] == shown[1]
    assert any(RULEBOOK.signs[sign].advice in alert for alert in found.alerts)


def test_every_level_has_signs() -> None:
    """The rulebook knows signs of every level, `fever` among the same-day ones."""
    assert set(get_args(Level)) == {sign.level for sign in RULEBOOK.signs.values()}
    assert "same_day" == RULEBOOK.signs["fever"].level


FINDING = '[[log]]\ndate = {}\ncleared = "ruled out"\nby = "Dr Smith"\n'


@pytest.mark.parametrize(
    ("more", "cleared"),
    [
        ("", True),
        (FINDING.format("2026-11-22"), True),
        ("advice_sought = true\n", True),
        ("[[log]]\ndate = 2026-11-24\nadvice_sought = true\n", True),
        (FINDING.format("2026-11-23") + 'signs = ["chest pain"]\n', True),
        ('cleared = "ruled out"\nby = "Dr Smith"\n', False),
        (FINDING.format("2026-11-23"), False),
        (FINDING.format("2026-11-23") + 'signs = ["fever"]\n', False),
    ],
)
def test_workouts_come_back_only_after_a_clinicians_finding(more: str, cleared: bool) -> None:
    """Asking ends nothing; a finding does, on the day after, if it is not older and is about that sign."""
    found = plan(case("fever", more), RULEBOOK, today=TODAY)
    assert cleared == found.cleared
    assert cleared == (found.workouts == ())
    assert all(one.start.date() > TODAY for one in found.workouts)


def test_what_was_ruled_out_sends_nobody_to_a_clinician_any_more() -> None:
    """On the day of the finding too, the alert says what was found and from when training goes on, not "today"."""
    (alert,) = plan(case("fever", FINDING.format("2026-11-23")), RULEBOOK, today=TODAY).alerts
    assert alert == f"{RULEBOOK.signs['fever'].name} (Mon 23 Nov) was ruled out: training goes on from Tue 24 Nov."


def test_asking_is_answered_with_what_to_write() -> None:
    """A case that relies on `advice_sought` is told what ends a sign."""
    (alert,) = plan(case("fever", "[[log]]\ndate = 2026-11-24\nadvice_sought = true\n"), RULEBOOK, today=TODAY).alerts
    assert "Your log of Tue 24 Nov says that advice was sought, which ends nothing: write what was found." in alert


@pytest.mark.parametrize(("weeks", "cleared"), [(1, True), (2, False)])
def test_what_was_confirmed_closes_the_plan_up_to_the_clinicians_day(weeks: int, cleared: bool) -> None:
    """Nothing stands before that day; then a week of easy work begins, without a race."""
    more = (
        '[[log]]\ndate = 2026-11-24\ncleared = "confirmed"\nby = "Dr Smith"\ntraining_from = 2026-12-01\n'
        "[[races]]\ndate = 2026-12-05\n"
    )
    found = plan(case("swollen_calf", more), RULEBOOK, today=TODAY, weeks=weeks)
    assert cleared == found.cleared
    assert all(one.start.date() >= date(2026, 12, 1) for one in found.workouts)
    assert {"race", "run_long", "run_hard"}.isdisjoint(one.workout for one in found.workouts)
    assert cleared == (found.workouts == ())


def test_what_was_confirmed_without_a_day_closes_the_plan_for_good() -> None:
    """Until the clinician names a day, no week holds anything, and the plan says what is missing."""
    more = '[[log]]\ndate = 2026-11-24\ncleared = "confirmed"\nby = "Dr Smith"\n'
    found = plan(case("swollen_calf", more), RULEBOOK, today=TODAY, weeks=4)
    assert found.cleared
    assert "training_from = DATE" in found.alerts[0]


def test_the_latest_finding_counts() -> None:
    """What was ruled out and then confirmed after all is confirmed."""
    more = FINDING.format("2026-11-24") + '[[log]]\ndate = 2026-11-26\ncleared = "confirmed"\nby = "Dr Jones"\n'
    assert plan(case("swollen_calf", more), RULEBOOK, today=TODAY).cleared


def test_a_sign_after_a_finding_clears_again() -> None:
    """A new sign after one was ruled out clears the plan again."""
    more = FINDING.format("2026-11-24") + "[[log]]\ndate = 2026-11-25\nsigns = ['chest pain']\n"
    assert plan(case("fever", more), RULEBOOK, today=TODAY).cleared


@pytest.mark.parametrize(("day", "pain", "gone"), [(29, 0, False), (30, 0, True), (30, 6, False)])
def test_some_signs_are_gone_after_a_good_session_a_week_later(day: int, pain: int, gone: bool) -> None:
    """A limp that the log shows to be gone after 7 days binds no longer; on the sixth day, or in pain, it does."""
    more = f'[[log]]\ndate = 2026-11-{day}\ndid = "bike_easy"\npain = {pain}\n'
    found = plan(case("limp", more), RULEBOOK, today=date(2026, 12, 1))
    assert gone == any(one.kind == "run" for one in found.workouts)
    assert not any("ruled out" in alert and "Needed" not in alert for alert in found.alerts)


TREATED = '[[treatments]]\nkind = "{}"\nregion = "{}"\nstart = {}T07:00:00\nminutes = 30\n'
BEGINS = {
    "emergency": "Emergency: ",
    "same_day": "See a clinician today: ",
    "soon": "See a clinician in the ",
    "note": "Note: ",
}


@pytest.mark.parametrize(
    ("sign", "kind", "region", "day", "level"),
    [
        ("hot knee", "steroid injection", "knee", "2026-11-02", "emergency"),
        ("hot knee", "steroid injection", "knee", "2026-11-01", "same_day"),
        ("hot knee", "dry needling", "calf", "2026-11-20", "same_day"),
        ("swollen knee", "steroid injection", "knee", "2026-11-09", "same_day"),
        ("swollen knee", "steroid injection", "knee", "2026-11-08", "soon"),
        ("dizzy", "dry needling", "neck", "2026-11-09", "emergency"),
        ("dizzy", "dry needling", "neck", "2026-11-08", "same_day"),
        ("dizzy", "dry needling", "calf", "2026-11-23", "same_day"),
        ("rash", "steroid injection", "knee", "2026-11-22", "emergency"),
        ("rash", "steroid injection", "knee", "2026-11-21", "note"),
        ("rash", "dry needling", "calf", "2026-11-23", "note"),
    ],
)
def test_what_was_treated_says_what_a_sign_means(sign: str, kind: str, region: str, day: str, level: str) -> None:
    """Days after an injection, or a treated neck, make another matter of a joint, a rash or dizziness."""
    found = plan(case(sign, TREATED.format(kind, region, day)), RULEBOOK, today=TODAY)
    assert found.alerts[0].startswith(BEGINS[level])
    assert ("neck" in found.alerts[0]) == (region == "neck" and level == "emergency")
    assert found.cleared == (level in {"emergency", "same_day"})


@pytest.mark.parametrize(
    ("sign", "caution", "health", "level"),
    [
        ("groin pain", "standard", "", "soon"),
        ("groin pain", "permissive", "", "soon"),
        ("groin pain", "strict", "", "same_day"),
        ("calf pain", "standard", "pregnant = { cleared = 2026-11-20 }", "same_day"),
        ("tummy pain", "standard", "pregnant = true", "same_day"),
    ],
)
def test_who_it_is_says_what_a_sign_means(sign: str, caution: str, health: str, level: str) -> None:
    """In pregnancy, and for who chose to be careful, the same word is for the same day."""
    found = plan(case(sign, f"[health]\n{health}\n", caution), RULEBOOK, today=TODAY)
    begins = {"soon": "See a clinician within 3 days: ", "same_day": "See a clinician today: "}
    assert any(alert.startswith(begins[level]) for alert in found.alerts)
    assert found.cleared == (level == "same_day")


@pytest.mark.parametrize("sign", ["cramp in one calf", "throbbing calf", "swollen arm"])
@pytest.mark.parametrize("kind", ["massage", "tendon needling", "compression boots", "TENS"])
def test_nothing_is_done_to_a_limb_that_may_hold_a_clot(sign: str, kind: str) -> None:
    """The signs of a clot close the plan, and each keeps pressure, needles and currents away as well."""
    flagged = RULEBOOK.signs[RULEBOOK.names.find("signs", sign) or ""]
    assert RULEBOOK.names.find("treatments", kind) in flagged.forbids_treatments


def test_a_massage_is_not_for_a_calf_that_may_hold_a_clot() -> None:
    """A word that may mean a clot keeps massages away until it is known; one before it does not matter."""
    massages = TREATED.format("massage", "calf", "2026-11-26") + TREATED.format("massage", "calf", "2026-11-20")
    found = plan(case("calf pain", massages), RULEBOOK, today=TODAY)
    assert ["Massage (calf muscle) on Thu 26 Nov: not before it is known what pain of the calf or leg is."] == [
        alert for alert in found.alerts if alert.startswith("Massage")
    ]


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
    """A sign that is mistyped is an error, not silence; and it is not called harmless."""
    with pytest.raises(ValueError, match=r'I do not know "feever"; that does not mean .* Did you mean "Fever"\?'):
        case("feever")


def test_a_word_that_is_not_known_stands_in_the_plan_until_it_is_answered() -> None:
    """It forbids nothing, and the plan says what to do, until a clinician's finding."""
    found = plan(case("zingy elbow"), RULEBOOK, today=TODAY)
    assert found.workouts
    assert found.alerts[0].startswith('A question first: I do not know "zingy elbow" (Mon 23 Nov). That does not mean')
    answered = plan(case("zingy elbow", FINDING.format("2026-11-23")), RULEBOOK, today=date(2026, 11, 24))
    assert () == answered.alerts


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


@pytest.mark.parametrize("treated", ["", TREATED.format("massage", "calf", "2026-11-20")])
@pytest.mark.parametrize(("health", "cleared"), [("", False), ("[health]\nheart_disease = true\n", True)])
def test_whom_a_sign_befalls_says_what_it_means(treated: str, health: str, cleared: bool) -> None:
    """A heart that flutters is for today where a heart disease is known, whether anything was treated or not."""
    assert cleared == plan(case("palpitations", health + treated), RULEBOOK, today=TODAY).cleared


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        ({"treatments": ("dry_needling",)}, True),
        ({"treatments": ("massage",)}, False),
        ({"traits": ("needling",)}, True),
        ({"traits": ("injection",)}, False),
        ({"regions": ("calf",)}, True),
        ({"regions": ("neck",)}, False),
        ({}, True),
    ],
)
def test_a_treatment_is_meant_by_kind_by_trait_or_by_place(names: dict[str, tuple[str, ...]], meant: bool) -> None:
    """What a sign's case does not name it does not ask for; what it names has to hold."""
    treated = case("dizzy", TREATED.format("dry needling", "calf", "2026-11-20"))
    (needling,) = appointments(treated, RULEBOOK, date(2026, 12, 1), date(2026, 11, 1))
    assert is_after(AfterTreatment.model_validate({"days": (0, 14), **names}), RULEBOOK, TODAY, needling) is meant
