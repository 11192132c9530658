"""A clinician's word: it beats the caution level in either direction, is named as theirs, and has its limits."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from planner import Case, plan, shipped_rulebook
from planner.case.file import parse_case
from tests.asking import why_workout
from tests.checker import broken

pytestmark = pytest.mark.once

RULEBOOK = shipped_rulebook()
TREATED = (
    'timezone = "Europe/Berlin"\ncaution = "{caution}"\n[injury]\nregion = "calf"\nseverity = "mild"\n[[treatments]]\n'
    'kind = "dry needling"\nstart = 2026-11-24T09:00:00\nminutes = 60\n'
)


def case(override: str = "", caution: str = "standard") -> Case:
    """Return a case whose calf is needled from 9 to 10, with a clinician's word."""
    return parse_case(TREATED.format(caution=caution) + override, "case.toml", RULEBOOK)


def word(figures: str, rule: str = "dry_needling.first_day") -> str:
    """Return a clinician's word on a rule, as a case says it."""
    return f'[rules.override."{rule}"]\n{figures}\nby = "my physiotherapist"\n'


def run_at(case: Case, day: int, hour: int) -> str:
    """Return the verdict on an easy run at an hour of a day in November."""
    return why_workout(case, RULEBOOK, datetime.combine(date(2026, 11, day), time(hour)), "run_easy").verdict


@pytest.mark.parametrize(
    ("figures", "hour", "verdict"),
    [
        ("hours_after = [0, 36]", 21, "ruled_out"),
        ("hours_after = [0, 36]", 22, "limited"),
        ("hours_after = [0, 20]", 5, "ruled_out"),
        ("hours_after = [0, 20]", 6, "allowed"),
        ("days_after = [0, 1]", 9, "ruled_out"),
        ("days_after = [0, 1]", 10, "limited"),
    ],
)
def test_the_word_counts_in_either_direction(figures: str, hour: int, verdict: str) -> None:
    """Longer or shorter than the rule, the clinician's window is the one that counts, to the hour."""
    assert verdict == run_at(case(word(figures)), 25, hour)


@pytest.mark.parametrize("caution", ["permissive", "standard", "strict"])
def test_the_word_beats_every_caution_level(caution: str) -> None:
    """The clinician's 36 hours are 36 hours at each level."""
    assert "ruled_out" == run_at(case(word("hours_after = [0, 36]"), caution), 25, 21)


def test_the_word_is_named_as_theirs() -> None:
    """The reason says whose figure it is."""
    answer = why_workout(case(word("hours_after = [0, 36]")), RULEBOOK, datetime(2026, 11, 25, 12), "run_easy")
    assert any("as set by my physiotherapist" in reason.text for reason in answer.rules)
    found = plan(case(word("hours_after = [0, 36]")), RULEBOOK, today=date(2026, 11, 23))
    assert "as set by my physiotherapist" in found.model_dump_json()


@pytest.mark.parametrize(
    ("caution", "override", "expected"),
    [
        ("standard", "", "24 hours: {} (until Wed 10:00)"),
        ("standard", word("hours_after = [0, 36]"), "36 hours: {} (until Wed 22:00, as set by my physiotherapist)"),
        ("standard", word("days_after = [0, 2]"), "48 hours: {} (until Thu 10:00, as set by my physiotherapist)"),
        ("strict", "", "48 hours: {} (until Thu 10:00, at strict caution)"),
        ("permissive", "", "12 hours: {} (until Tue 22:00, at permissive caution)"),
    ],
)
def test_a_title_has_the_figure_in_force_and_no_other(caution: str, override: str, expected: str) -> None:
    """`First {hours_after}` in the rulebook: the level's hours, or the clinician's."""
    answer = why_workout(case(override, caution), RULEBOOK, datetime(2026, 11, 24, 18), "run_easy")
    (title,) = (one.title for one in answer.rules if one.rule == "dry_needling.first_day")
    assert title == "First " + expected.format("no running, no impact, little load on the treated leg")


def test_hours_that_last_long_are_said_in_days() -> None:
    """A race waits 72 hours, and a week at strict caution."""
    answer = why_workout(case("", "strict"), RULEBOOK, datetime(2026, 11, 29, 10), "race")
    assert "No race within 7 days of needling (until Tue 1 Dec, 10:00, at strict caution)" in {
        one.title for one in answer.rules
    }


def test_a_clinicians_figure_stands_without_the_reason_and_the_sources_of_the_other() -> None:
    """Nothing that speaks for 24 hours is said for 36: neither the studies nor what clinics ask for."""
    answer = why_workout(case(word("hours_after = [0, 36]")), RULEBOOK, datetime(2026, 11, 24, 18), "run_easy")
    (reason,) = (one for one in answer.rules if one.rule == "dry_needling.first_day")
    assert (reason.sources, "24 hours" in reason.text) == ((), False)
    assert "my physiotherapist" in reason.text


@pytest.mark.parametrize(
    ("rule", "caution", "holds"),
    [
        ("dry_needling.first_day", "strict", True),
        ("dry_needling.first_day", "permissive", False),
        ("steroid_injection.fascia_rest", "strict", False),
    ],
)
def test_a_levels_figure_has_the_rules_reason_only_where_it_speaks_for_it(rule: str, caution: str, holds: bool) -> None:
    """Clinics ask for 24 to 48 hours: that speaks for 48, not for 12; a clinic's 4 weeks do not speak for 6."""
    whole, level = RULEBOOK.rules[rule], RULEBOOK.rules[rule].at(caution)  # type: ignore[arg-type]
    assert level is not None
    assert (level.why == whole.why, bool(level.sources), level.evidence == whole.evidence) == (holds, holds, holds)


def test_the_word_may_drop_a_rule() -> None:
    """`away = true` says that the rule does not hold for this person."""
    dropped = word("away = true", "dry_needling.race_waits")
    before, after = (why_workout(one, RULEBOOK, datetime(2026, 11, 26, 12), "race") for one in (case(), case(dropped)))
    assert "dry_needling.race_waits" in before.binding
    assert "dry_needling.race_waits" not in after.binding


@pytest.mark.parametrize(
    ("override", "message"),
    [
        (word("hours_after = [0, 36]", "dry_needling.frist_day"), 'is no rule; did you mean "dry_needling.first_day"'),
        (word("hours_after = [0, 1]", "general.chest_watch"), '"general.chest_watch" is never changed by anybody'),
        ('[rules.override."dry_needling.first_day"]\nby = "me"\n', "says no figure"),
        ('[rules.override."dry_needling.first_day"]\nhours_after = [0, 36]\n', "by: is missing"),
        (word("hours_after = [36, 0]"), "is the wrong way round"),
        (word("hour_after = [0, 36]"), 'did you mean "hours_after"'),
    ],
)
def test_a_mistake_in_the_word_is_said(override: str, message: str) -> None:
    """Unknown rules, rules that are never loosened and wrong figures are errors that say what would be right."""
    with pytest.raises(ValueError, match=r".*") as error:
        case(override)
    assert message in str(error.value)


BONE = '[[injury]]\nregion = "shin"\ntissue = "bone"\ngraded = false\nseverity = "moderate"\n'


def leave(
    what: str = "run", first: int = 24, last: int = 25, more: str = "", by: str = "my physiotherapist", head: str = ""
) -> Case:
    """Return the case with a clinician's leave for some days in November."""
    days = f"from = 2026-11-{first}\nuntil = 2026-11-{last}"
    entry = f'[[restrictions]]\nwhat = ["{what}"]\n{days}\nby = "{by}"\nallowed = true\n{more}\n'
    return case(head + entry)


@pytest.mark.parametrize(
    ("day", "hour", "workout", "ours", "theirs"),
    [
        (24, 19, "run_easy", "ruled_out", "allowed"),
        (24, 19, "plyometrics", "ruled_out", "ruled_out"),
        (24, 9, "run_easy", "ruled_out", "ruled_out"),
        (25, 23, "run_easy", "limited", "limited"),
        (24, 19, "run_hard", "ruled_out", "ruled_out"),
        (24, 19, "run_long", "ruled_out", "ruled_out"),
        (24, 19, "race", "ruled_out", "ruled_out"),
    ],
)
def test_a_clinicians_leave_goes_before_the_rule(day: int, hour: int, workout: str, ours: str, theirs: str) -> None:
    """What it names may be done; no other workout, none during the treatment, and what is to be checked stays so."""
    when = datetime.combine(date(2026, 11, day), time(hour))
    verdicts = [why_workout(one, RULEBOOK, when, workout).verdict for one in (case(), leave())]
    assert [ours, theirs] == verdicts


@pytest.mark.parametrize("workout", ["run_hard", "run_long", "race"])
def test_what_makes_a_hard_day_is_allowed_where_it_is_named(workout: str) -> None:
    """A leave for runs is one for easy runs; a clinician who means more says so."""
    answer = why_workout(leave(what=workout), RULEBOOK, datetime(2026, 11, 24, 19), workout)
    assert answer.verdict != "ruled_out"


@pytest.mark.parametrize(
    ("first", "last", "evening", "morning"), [(23, 24, "allowed", "ruled_out"), (25, 26, "ruled_out", "allowed")]
)
def test_the_leave_holds_on_its_own_days(first: int, last: int, evening: str, morning: str) -> None:
    """After its last day, and before its first one, the rule counts."""
    found = leave(first=first, last=last)
    assert (evening, morning) == (run_at(found, 24, 19), run_at(found, 25, 5))


def test_the_leave_is_shown_as_theirs() -> None:
    """Reasons, JSON, the answer to why and the notes name whose word goes before which rule."""
    found = leave(head="[goals]\nruns = 5\n")
    title = "Runs allowed by my physiotherapist, in spite of: First 24 hours: no running"
    answer = why_workout(found, RULEBOOK, datetime(2026, 11, 24, 19), "run_easy")
    assert any(one.rule == "restriction.number_1" and one.title.startswith(title) for one in answer.rules)
    made = plan(found, RULEBOOK, today=date(2026, 11, 23))
    assert any(note.startswith("My physiotherapist allows runs, in spite of: ") for note in made.notes)
    (run,) = made.days[2].workouts
    assert ("run", True) == (run.kind, any("in spite of" in reason.title for reason in run.reasons))
    assert [] == broken(found, RULEBOOK, made)


def test_the_leave_may_have_a_most_of_its_own() -> None:
    """Up to 20 minutes, and for the part that it names alone."""
    when = datetime(2026, 11, 24, 19)
    assert 20 == why_workout(leave(more="most_minutes = 20"), RULEBOOK, when, "run_easy").max_minutes
    assert "ruled_out" == why_workout(leave(more='region = "elbow"'), RULEBOOK, when, "run_easy").verdict
    assert "allowed" == why_workout(leave(more='region = "calf"'), RULEBOOK, when, "run_easy").verdict


def test_nobody_loosens_what_guards_against_harm() -> None:
    """A bone that is not cleared and a danger sign stay as they are; an injection's rule yields, and is an alert."""
    bone = TREATED.replace('[injury]\nregion = "calf"\nseverity = "mild"\n', BONE)
    entry = '[[restrictions]]\nwhat = ["run"]\nby = "Dr Smith"\nallowed = true\n'
    found = parse_case(bone.format(caution="standard") + entry, "case.toml", RULEBOOK)
    assert "bone.no_running" in why_workout(found, RULEBOOK, datetime(2026, 11, 27, 9), "run_easy").binding
    sign = '[[log]]\ndate = 2026-11-23\nsigns = ["chest pain"]\n'
    assert "ruled_out" == run_at(leave(head=sign), 25, 9)
    injected = '[[treatments]]\nkind = "steroid injection"\nregion = "calf"\nstart = 2026-11-23T09:00:00\n'
    made = plan(leave(head=injected), RULEBOOK, today=date(2026, 11, 23))
    assert any("On the word of my physiotherapist this rule does not hold for runs" in each for each in made.alerts)


@pytest.mark.parametrize(
    ("by", "more", "message"),
    [
        ("me", 'what = ["run"]', 'allowed by "me" is no clinician\'s word'),
        ("Dr Smith", "what = []", "allowed does not say what"),
    ],
)
def test_a_leave_that_is_nobodys_or_for_nothing_is_said(by: str, more: str, message: str) -> None:
    """It takes a clinician's name, and what is allowed."""
    entry = f'[[restrictions]]\n{more}\nregion = "calf"\nby = "{by}"\nallowed = true\n'
    with pytest.raises(ValueError, match=r".*") as error:
        case(entry)
    assert message in str(error.value)
