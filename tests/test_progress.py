"""The log: pain bands, the 24-hour rule, soreness, and the stages of the return to running."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise
from time import process_time

import pytest

from planner import Case, Plan, plan, shipped_rulebook
from planner.case.file import parse_case
from planner.clock import Minutes, at
from planner.limits.progress import (
    StageReached,
    WayBack,
    log_readings,
    minutes_to_grow_to,
    running_stage,
    stages_done,
)
from planner.limits.rule_windows import HealthReading
from planner.results.plan import PlannedWorkout
from planner.scheduling.stages import fit_intervals
from tests.asking import why_workout
from tests.cases import MONDAY, case_of

pytestmark = pytest.mark.once

TODAY = date(2026, 11, 23)
HEAD = 'timezone = "Europe/Berlin"\n'


def case(text: str) -> Case:
    """Return the case that a text says."""
    return parse_case(HEAD + text, "case.toml", shipped_rulebook())


def injured(region: str, tissue: str, log: str, more: str = "") -> Case:
    """Return a case with one injury, one log entry of yesterday, and what else is said."""
    return case(f'{more}\n[injury]\nregion = "{region}"\ntissue = "{tissue}"\n[[log]]\ndate = 2026-11-22\n{log}')


def responses(case: Case) -> list[str]:
    """Return what the log says, in its order."""
    return [each.response for each in log_readings(case, shipped_rulebook(), [])]


@pytest.mark.parametrize(
    ("region", "tissue", "pain", "response"),
    [
        ("achilles", "tendon", 2, "progress"),
        ("achilles", "tendon", 3, "hold"),
        ("achilles", "tendon", 5, "hold"),
        ("achilles", "tendon", 6, "regress"),
        ("hamstring", "tendon", 2, "progress"),
        ("hamstring", "tendon", 3, "hold"),
        ("hamstring", "tendon", 4, "regress"),
        ("knee", "joint", 2, "progress"),
        ("knee", "joint", 3, "regress"),
        ("knee", "joint", 6, "refer"),
        ("shin", "bone", 0, "progress"),
        ("calf", "muscle", 1, "progress"),
        ("calf", "muscle", 2, "hold"),
        ("calf", "muscle", 3, "regress"),
        ("low_back", "back", 3, "progress"),
        ("low_back", "back", 4, "hold"),
    ],
)
def test_pain_is_read_by_the_band_of_its_tissue(region: str, tissue: str, pain: int, response: str) -> None:
    """Both sides of each band's boundary give the answer of the evidence table for that tissue."""
    found = responses(injured(region, tissue, f'did = "run_easy"\npain = {pain}\n'))
    assert [response] == found


def test_any_bone_pain_is_too_much() -> None:
    """Pain of 1 in a bone is already a step back or a matter for a clinician."""
    assert responses(injured("shin", "bone", 'did = "run_easy"\npain = 1\n'))[0] in {"regress", "refer"}


def test_a_strict_case_takes_the_strict_band() -> None:
    """At the strict level a tendon at pain 5 goes back, where the standard level holds."""
    standard = injured("achilles", "tendon", "pain = 5\n")
    strict = injured("achilles", "tendon", "pain = 5\n", 'caution = "strict"')
    assert (["hold"], ["regress"]) == (responses(standard), responses(strict))


@pytest.mark.parametrize(("rise", "response"), [(0, "progress"), (1, "hold"), (2, "regress"), (3, "regress")])
def test_the_next_morning_is_held_against_the_usual_one(rise: int, response: str) -> None:
    """As usual it is good, worse by 1 holds, by 2 or more goes back (the 24-hour rule), whatever else is said."""
    for pain in ("pain = 0\n", ""):
        assert [response] == responses(injured("achilles", "tendon", f"{pain}next_morning = {rise}\n"))


def test_the_worst_of_pain_morning_and_limp_counts() -> None:
    """A limp goes back a step, whatever the pain was."""
    assert ["regress"] == responses(injured("achilles", "tendon", "pain = 0\nnext_morning = 0\nlimp = true\n"))


def test_a_workout_that_does_not_load_the_injury_says_nothing_about_it() -> None:
    """Pain in upper-body work says nothing about an Achilles tendon."""
    assert [] == responses(injured("achilles", "tendon", 'did = "upper_body"\npain = 8\n'))


@pytest.mark.parametrize(("soreness", "found"), [(2, []), (3, ["sore"]), (4, ["very_sore"])])
def test_soreness_is_that_of_the_part_treated_last(soreness: int, found: list[str]) -> None:
    """Soreness of 3 keeps it easy and 4 or more stops impact, at the region treated last before the entry."""
    sore = injured("achilles", "tendon", f"soreness = {soreness}\n")
    said = log_readings(sore, shipped_rulebook(), [(date(2026, 11, 20), "calf"), (date(2026, 11, 24), "hip")])
    assert found == [each.response for each in said]
    assert {"calf"} >= {each.region for each in said}


def verdict(case: Case, day: date, workout: str = "run_easy") -> str:
    """Return the verdict on a workout on a day at 07:00."""
    seven = at(day, time(7), case.tz)
    return why_workout(case, shipped_rulebook(), seven, workout).verdict


def test_a_bad_entry_changes_the_plan_from_the_next_slot_on_and_is_named() -> None:
    """Too much pain yesterday keeps today without a run, and the reason names the log entry."""
    hurt = injured("achilles", "tendon", 'did = "run_easy"\npain = 6\n', "[goals]\nruns = 3\nbikes = 1\n")
    week = plan(hurt, shipped_rulebook(), today=TODAY)
    assert not [one for one in week.days[0].workouts if one.kind == "run"]
    reasons = [each.text for each in week.days[0].ruled_out]
    assert any(text.startswith("One step back") for text in reasons)
    answer = why_workout(hurt, shipped_rulebook(), at(TODAY, time(7), hurt.tz), "run_easy")
    assert any("Your log of Sun 22 Nov, pain 6 (achilles tendon)" in reason.text for reason in answer.rules)


@pytest.mark.parametrize(("day", "found"), [(24, "ruled_out"), (25, "limited")])
def test_a_step_back_lasts_two_days_after_the_day_of_the_entry(day: int, found: str) -> None:
    """Entry on the 22nd: no run until the end of the 24th, a shorter easy one from the 25th on."""
    hurt = injured("achilles", "tendon", 'did = "run_easy"\npain = 6\n')
    assert found == verdict(hurt, date(2026, 11, day))


def test_holding_ends_with_the_next_good_session() -> None:
    """An entry that holds keeps long runs away until a good one follows; one whose pain nobody rated is none."""
    held = injured("achilles", "tendon", 'did = "run_easy"\npain = 4\n')
    better, unrated = (
        injured("achilles", "tendon", f'did = "run_easy"\npain = 4\n[[log]]\ndate = 2026-11-24\n{said}\n')
        for said in ("pain = 1", "next_morning = 0")
    )
    long_run = [verdict(one, date(2026, 11, 25), "run_long") for one in (held, unrated, better)]
    assert ["ruled_out", "ruled_out"] == long_run[:2]
    assert long_run[2] != "ruled_out"


def test_bone_pain_waits_for_clearance() -> None:
    """After bone pain nothing with impact is allowed, for months, until advice was sought."""
    shin = injured("shin", "bone", 'did = "walk"\npain = 1\n')
    assert "ruled_out" == verdict(shin, date(2027, 3, 1))


def returning(log: str, stage: int = 1, more: str = "") -> Case:
    """Return a case on the way back to running, with a log."""
    return case(f'{more}\n[injury]\nregion = "achilles"\n[return_to_running]\nstage = {stage}\n{log}')


def runs(*entries: tuple[int, int, int]) -> str:
    """Return log entries of runs: the day of November, the pain, and the rise of the next morning."""
    return "\n".join(
        f'[[log]]\ndate = 2026-11-{day:02}\ndid = "run_walk"\nminutes = 35\npain = {pain}\nnext_morning = {rise}'
        for day, pain, rise in entries
    )


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("", StageReached(3, 0, 0)),
        (runs((16, 1, 0)), StageReached(3, 1, 0)),
        (runs((16, 1, 0), (18, 2, 0)), StageReached(4, 0, 0)),
        (runs((16, 1, 0), (18, 4, 0)), StageReached(3, 1, 0)),
        (runs((16, 1, 0), (18, 1, 1)), StageReached(3, 1, 0)),
        (runs((16, 1, 0), (18, 1, 2)), StageReached(2, 0, 1)),
        (runs((14, 6, 0), (18, 6, 0)), StageReached(1, 0, 2)),
    ],
)
def test_two_good_sessions_pass_a_stage_and_setbacks_go_back(log: str, expected: StageReached) -> None:
    """Good sessions count, acceptable ones repeat, setbacks go back a stage, and the second setback two."""
    assert expected == running_stage(returning(log, 3), shipped_rulebook(), TODAY)


def session(day: int, lines: str = "", did: str = "run_walk") -> str:
    """Return a log entry of a session in November, with what is said of it."""
    return f'[[log]]\ndate = 2026-11-{day:02}\ndid = "{did}"\nminutes = 35\n{lines}\n'


@pytest.mark.parametrize(
    ("lines", "good"),
    [
        ("", 0),
        ("soreness = 1", 0),
        ("pain = 0", 1),
        ("next_morning = 0", 0),
        ("pain = 0\nnext_morning = 0", 1),
        ("pain = 0\nnext_morning = 1", 0),
    ],
)
def test_a_run_of_which_nothing_is_said_is_no_good_session(lines: str, good: int) -> None:
    """A stage is passed by sessions that went well, not by ones that nobody rated: that is a matter of safety."""
    found = running_stage(returning(session(18, lines), 3), shipped_rulebook(), TODAY)
    assert StageReached(3, good, 0) == found


def test_a_session_that_one_of_two_injuries_holds_is_no_good_one() -> None:
    """Pain of 2 is fine for a tendon and not for a calf muscle; pain of 1 is for both."""
    injuries = '[[injury]]\nregion = "achilles"\n[[injury]]\nregion = "calf"\ntissue = "muscle"\n'
    two = f"{injuries}[return_to_running]\nstage = 3\n"
    for pain, good in ((1, 1), (2, 0)):
        found = running_stage(case(two + session(18, f"pain = {pain}")), shipped_rulebook(), TODAY)
        assert StageReached(3, good, 0) == found


@pytest.mark.parametrize(
    ("entry", "good"),
    [
        (session(18, "pain = 0", "bike_easy"), 0),
        (session(18, "pain = 0", "race"), 1),
        (session(23, "pain = 0"), 1),
        (session(24, "pain = 0"), 0),
        (session(17, "pain = 0", "bike_easy") + session(18, "pain = 0"), 1),
    ],
)
def test_only_runs_up_to_today_count(entry: str, good: int) -> None:
    """Rides do not, and neither does what is still to come."""
    assert StageReached(3, good, 0) == running_stage(returning(entry, 3), shipped_rulebook(), TODAY)


def test_no_stage_is_below_the_first_or_above_the_last() -> None:
    """A setback at the first stays there; good sessions at the last one count on."""
    book = shipped_rulebook()
    assert StageReached(1, 0, 1) == running_stage(returning(runs((18, 6, 0)), 1), book, TODAY)
    last = len(book.stages)
    found = running_stage(returning(runs((16, 0, 0), (18, 0, 0), (20, 0, 0)), last), book, TODAY)
    assert StageReached(last, 3, 0) == found


def test_a_break_before_the_last_run_counts_too() -> None:
    """Two weeks without a run, then one: the restart was before it, on both sides of the two weeks."""
    for first, expected in ((4, StageReached(4, 1, 0)), (5, StageReached(6, 0, 0))):
        log = session(first, "pain = 0") + session(18, "pain = 0")
        assert expected == running_stage(returning(log, 5 if expected.stage == 6 else 6), shipped_rulebook(), TODAY)


@pytest.mark.parametrize(("day", "region"), [(21, "hip"), (22, "hip"), (23, "calf")])
def test_soreness_on_the_day_of_a_treatment_is_that_treatments(day: int, region: str) -> None:
    """A treatment of the same day is the last one before the entry; one of the next day is none yet."""
    sore = injured("achilles", "tendon", "soreness = 3\n")
    treated = [(date(2026, 11, 20), "calf"), (date(2026, 11, day), "hip")]
    said = log_readings(sore, shipped_rulebook(), treated)
    assert [region] == [each.region for each in said]


def test_soreness_without_a_treatment_is_that_of_the_injury() -> None:
    """The last one that the case names."""
    sore = injured("achilles", "tendon", "soreness = 4\n")
    (said,) = log_readings(sore, shipped_rulebook(), [(date(2026, 11, 23), "calf")])
    assert ("achilles", "very_sore", HealthReading("soreness", 4)) == (said.region, said.response, said.reading)


def test_a_strict_case_needs_three_good_sessions() -> None:
    """At the strict level two good sessions do not pass a stage yet, three do."""
    strict = 'caution = "strict"'
    two, three = runs((16, 1, 0), (18, 1, 0)), runs((16, 1, 0), (18, 1, 0), (20, 1, 0))
    found = [running_stage(returning(log, 3, strict), shipped_rulebook(), TODAY) for log in (two, three)]
    assert [StageReached(3, 2, 0), StageReached(4, 0, 0)] == found


@pytest.mark.parametrize(("today", "stage"), [(date(2026, 12, 1), 6), (date(2026, 12, 2), 4)])
def test_two_weeks_without_running_restart_at_stage_four(today: date, stage: int) -> None:
    """13 days after the last run the stage stands; on the 14th it is 4 at most."""
    assert StageReached(stage, 1 if stage == 6 else 0, 0) == running_stage(
        returning(runs((18, 0, 0)), 6), shipped_rulebook(), today
    )


def run_walks(found: Plan) -> list[PlannedWorkout]:
    """Return the runs of a plan."""
    return [workout for workout in found.workouts if workout.kind == "run"]


def test_stages_are_shown_with_their_intervals_and_projected_beyond_today() -> None:
    """Each run shows its stage and intervals; what waits for sessions still to come is marked as projected."""
    log = runs((18, 1, 0), (20, 1, 0))
    found = run_walks(plan(returning(log + "\n[goals]\nruns = 3\n", 2), shipped_rulebook(), today=TODAY, weeks=2))
    assert [3, 3, 4, 4, 5, 5] == [run.stage for run in found]
    assert [False, False, True, True, True, True] == [run.projected for run in found]
    assert "5 min walk, then 3 \u00d7 (6 min walk, 4 min run)" == found[0].intervals
    assert "projected" in found[2].reasons[0].title


def test_a_session_that_a_rule_shortens_is_as_long_as_its_intervals() -> None:
    """The first run after a break may have 21 minutes: five of walking and one round of ten make 15."""
    log = '[[log]]\ndate = 2026-11-22\ndid = "run_walk"\npain = 6\nlimp = true\n'
    text = f'[injury]\nregion = "achilles"\nseverity = "mild"\n[return_to_running]\n[goals]\nruns = 3\n{log}'
    found = run_walks(plan(case(text), shipped_rulebook(), today=TODAY, weeks=2))
    assert "5 min walk, then 1 \u00d7 (9 min walk, 1 min run)" == found[0].intervals
    assert 15 == found[0].minutes == (found[0].end - found[0].start).total_seconds() / 60
    assert "5 min walk, then 2 \u00d7 (9 min walk, 1 min run)" == found[1].intervals
    assert 25 == found[1].minutes


def test_the_last_stages_run_without_walking_in_between() -> None:
    """After the walk a run of its length, shorter where a rule leaves less; or without the walk."""
    stages = shipped_rulebook().stages
    last = stages[-1]
    whole = last.run_minutes * last.repeats
    assert 0 == last.walk_minutes
    assert (f"5 min walk, then {whole} min run", whole + 5) == fit_intervals(last, 5, 200)
    assert ("5 min walk, then 10 min run", 15) == fit_intervals(last, 5, 15)
    assert ("10 min run", 10) == fit_intervals(last, 0, 10)


def test_stages_never_stand_on_two_days_running() -> None:
    """Runs of the return to running have a day between them, however mild the injury."""
    mild = case(
        '[injury]\nregion = "achilles"\nseverity = "mild"\n[return_to_running]\n[goals]\nruns = 4\nrest_days = 0\n'
    )
    days = [run.start.date().toordinal() for run in run_walks(plan(mild, shipped_rulebook(), today=TODAY, weeks=2))]
    assert min(later - earlier for earlier, later in pairwise(days)) >= 2


def test_three_setbacks_ask_for_the_clinician() -> None:
    """After three setbacks the plan says to talk to the clinician."""
    found = plan(returning(runs((10, 6, 0), (14, 6, 0), (18, 6, 0)), 6), shipped_rulebook(), today=TODAY)
    assert any(alert.startswith("3 setbacks on the way back to running") for alert in found.alerts)


def test_the_longest_logged_run_bounds_the_next_one() -> None:
    """With a log of more than 30 days whose longest recent run is 50 minutes, no run is longer than 55."""
    days = [("2026-10-20", 90), *((f"2026-11-{day:02}", 50 if day == 11 else 45) for day in range(1, 22, 2))]
    log = "\n".join(f'[[log]]\ndate = {day}\ndid = "run_easy"\nminutes = {minutes}\npain = 0' for day, minutes in days)
    text = (
        f'[injury]\nregion = "achilles"\nseverity = "mild"\n[goals]\nruns = 2\n[fitness]\neasy_run_minutes = 60\n{log}'
    )
    assert {55} == {run.minutes for run in run_walks(plan(case(text), shipped_rulebook(), today=TODAY))}


def test_a_growing_week_is_a_warning_that_claims_no_threshold() -> None:
    """A week with more than 10 % more running is noted, and the note says that the figure is not proven."""
    text = (
        '[injury]\nregion = "calf"\n[[treatments]]\nkind = "dry needling"\n'
        "start = 2026-11-25T09:00:00\n[goals]\nruns = 4\n"
    )
    notes = plan(case(text), shipped_rulebook(), today=TODAY, weeks=2).notes
    (note,) = [note for note in notes if "more running minutes" in note]
    assert "not a proven threshold" in note


def test_a_run_of_yesterday_counts_for_the_days_between() -> None:
    """With a run in the log yesterday and a day between runs, today has none."""
    text = '[injury]\nregion = "achilles"\n[goals]\nruns = 4\n[[log]]\ndate = 2026-11-22\ndid = "run_easy"\npain = 0\n'
    assert not [one for one in plan(case(text), shipped_rulebook(), today=TODAY).days[0].workouts if one.kind == "run"]


@pytest.mark.parametrize(
    ("rest", "lines", "good"),
    [
        ('[[treatments]]\nkind = "massage"\nregion = "calf"\nstart = 2026-11-25\n', "", 0),
        ('[[treatments]]\nkind = "massage"\nregion = "calf"\nstart = 2026-11-25\n', "pain = 1", 1),
        ('[[treatments]]\nkind = "massage"\nregion = "calf"\nstart = 2026-11-25\n', "pain = 2", 0),
        ('[injury]\nregion = "shoulder"\n', "", 0),
        ("", "", 1),
    ],
)
def test_only_whom_nothing_hurts_and_nobody_treats_need_not_rate_a_run(rest: str, lines: str, good: int) -> None:
    """Somebody who is treated, or hurts elsewhere, says how it was, or it counts for nothing."""
    text = f"{rest}[return_to_running]\nstage = 3\n{session(18, lines)}"
    assert StageReached(3, good, 0) == running_stage(case(text), shipped_rulebook(), TODAY)


def test_a_log_of_many_years_is_read_in_time() -> None:
    """Each entry is compared with the one before it, not with all of them: 20,000 take no minutes."""
    log = [{"date": date(1970, 1, 1) + timedelta(days=number), "pain": 6} for number in range(20_000)]
    case = Case.model_validate({"timezone": "UTC", "injury": {"region": "calf"}, "log": log})
    began = process_time()
    assert 20_000 == len(log_readings(case, shipped_rulebook(), []))
    assert process_time() - began < 5


def test_what_was_logged_years_ago_changes_no_plan() -> None:
    """Three years of a log give the plan that ten years of it give: setbacks of long ago are no measure for today."""
    ratings = (0, 1, 2, 3, 5, 2)

    def planned(days: int) -> str:
        log = [
            {"date": MONDAY - timedelta(days=day), "did": "run_easy", "minutes": 40, "pain": ratings[day % 6]}
            for day in range(2, days, 2)
        ]
        case = case_of(injury={"region": "calf", "severity": "mild"}, goals={"runs": 3, "bikes": 1}, log=log)
        return plan(case, shipped_rulebook(), today=MONDAY, weeks=2).model_dump_json()

    assert planned(1100) == planned(3650)


@pytest.mark.parametrize(("day", "stage"), [(15, None), (16, 3), (17, 3)])
def test_a_run_and_walk_before_the_way_back_is_of_no_stage(day: int, stage: int | None) -> None:
    """The way back begins with its first day; what was run and walked before the break is no session of it."""
    book = shipped_rulebook()
    logged = injured("calf", "muscle", f'did = "walk"\n[[log]]\ndate = 2026-11-{day}\ndid = "run_walk"\nminutes = 30\n')
    found = stages_done(logged, book, TODAY, WayBack(3, date(2026, 11, 16)))
    assert found == ({} if stage is None else {date(2026, 11, day): book.stages[stage - 1]})
    assert stages_done(logged, book, TODAY, None) == {}


def test_without_stages_in_the_rulebook_no_run_is_of_one() -> None:
    """A rulebook that knows no way back by stages counts none, whatever the case says."""
    book = shipped_rulebook().model_copy(update={"return_to_running": None})
    logged = injured("calf", "muscle", 'did = "run_walk"\nminutes = 30\n', "[return_to_running]\nstage = 2\n")
    assert stages_done(logged, book, TODAY, None) == {}
    assert list(stages_done(logged, shipped_rulebook(), TODAY, None)) == [date(2026, 11, 22)]


def test_a_run_and_walk_of_today_is_of_a_stage_and_one_of_tomorrow_is_not() -> None:
    """The log counts up to the day that is asked about, and with it."""
    entries = "".join(f'[[log]]\ndate = 2026-11-{day}\ndid = "run_walk"\n' for day in (23, 24))
    logged = case(f"[return_to_running]\nstage = 2\n{entries}")
    assert list(stages_done(logged, shipped_rulebook(), TODAY, None)) == [TODAY]


@pytest.mark.parametrize(("severity", "longest"), [(None, 138), ("mild", 138), ("moderate", 60), ("severe", 60)])
def test_no_long_run_grows_for_a_race_where_an_injury_is_more_than_mild(severity: str | None, longest: int) -> None:
    """The longest race is the one to be ready for; a person who is hurt trains for what they run."""
    injury = {} if severity is None else {"injury": {"region": "calf", "severity": severity}}
    races = [{"date": TODAY + timedelta(days=60 + minutes), "minutes": minutes} for minutes in (20, 180)]
    runner = case_of(goals={"runs": 3, "long_run": "sunday"}, races=races, **injury)
    usual = {"easy_run_minutes": Minutes(40), "longest_run_minutes": Minutes(60)}
    assert minutes_to_grow_to(runner, usual, TODAY) == {"longest_run_minutes": longest}
