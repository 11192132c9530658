"""What a plan puts into a calendar: workouts, notes on treatments, or a note that nothing is planned."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from planner.calendars.write.file import to_ical
from planner.clock import later
from planner.errors import InputError
from planner.results.plan import Because, Plan, PlanDay, Reason, Unplaced
from tests.ics_events import lasts
from tests.ics_parse import Component, events, moment
from tests.ics_rules import problems
from tests.plans import STAMP, a_needling, a_run, plan_of, week

NEW_YORK = ZoneInfo("America/New_York")


def only(plan: Plan, **options: Any) -> Component:
    """Return the only event of a plan's file."""
    (event,) = events(to_ical(plan, STAMP, **options))
    return event


def test_a_workout_has_its_title_its_minutes_and_nothing_else_in_its_summary() -> None:
    """The title says what and how long, and nothing about health."""
    assert only(week(a_run())).text("SUMMARY") == "Easy run · 40 min"


def test_a_workout_says_effort_check_and_reasons_in_this_order() -> None:
    """The description has what is needed first at its head, and says of each reason what it rests on."""
    needling = "Dry needling (calf) on Tue 24 Nov"
    trial = Reason(
        rule="a.b", title="Easy runs", text="", evidence="A", treatment=0, about=needling, why="It helped in a trial"
    )
    judged = trial.model_copy(update={"rule": "c.d", "title": "Short runs", "why": "We think so.", "evidence": "M"})
    always = Reason(rule="e.f", title="No limp", text="", evidence="C", why="Clinics say so.", standing=True)
    wish = Reason(rule="preferences.race", title="You asked for it", text="", evidence="M")
    run = a_run(
        check="soreness 3 or less (of 10)",
        otherwise="bike_easy",
        otherwise_title="Easy bike ride",
        intervals="3 x (6 min walk, 4 min run)",
        reasons=(trial, judged, always, wish),
    )
    assert only(week(run)).text("DESCRIPTION") == (
        "Effort: easy, you can talk in whole sentences. 3 x (6 min walk, 4 min run).\n"
        "Before you start: soreness 3 or less (of 10). If not: easy bike ride instead.\n"
        "Why: You asked for it.\n\n"
        "Dry needling (calf) on Tue 24 Nov:\n"
        "- From trials or a drug label: Easy runs. It helped in a trial.\n"
        "- Our own judgement: Short runs. We think so."
    )


def test_a_check_without_anything_to_do_instead_says_rest() -> None:
    """Where no workout is allowed anyway, the answer to a failed check is rest."""
    assert "If not: rest." in only(week(a_run(check="no limp"))).text("DESCRIPTION")


def test_what_a_rule_asks_on_a_day_stands_in_the_workouts_of_that_day_only() -> None:
    """A question of a day, such as one about the chest after needling near the lung, is asked where it is seen."""
    friday, monday = a_run(), a_run(uid="monday-1db559e1ecb70df2@x", start=datetime(2026, 11, 23, 7, tzinfo=NEW_YORK))
    plan = week(friday, monday.model_copy(update={"end": later(monday.start, minutes=40)}))
    asked = [
        day.model_copy(update={"questions": ("Any chest pain?",)}) if day.date == friday.start.date() else day
        for day in plan.days
    ]
    said = [event.text("DESCRIPTION") for event in events(to_ical(plan.model_copy(update={"days": asked}), STAMP))]
    assert ["Any chest pain?" in each for each in said] == [False, True]


def test_a_workout_carries_what_a_later_plan_needs() -> None:
    """Name, identity and rules stand there as data, each rule once."""
    reasons = tuple(Reason(rule=rule, title="t", text="x", evidence="C") for rule in ("a.b", "c.d", "a.b"))
    event = only(week(a_run(reasons=reasons)))
    rules = event.one("X-PLANNER-RULES")
    assert rules is not None
    assert (event.value("X-PLANNER-WORKOUT"), rules.items) == ("run_easy", ["a.b", "c.d"])
    assert event.value("X-PLANNER-SLOT") == a_run().uid.partition("-")[0]
    assert event.value("CATEGORIES") == "run"


@pytest.mark.parametrize(("private", "expected"), [(False, "aqua run"), (True, "swim")])
def test_running_in_water_is_a_swim_in_a_private_file(private: bool, expected: str) -> None:
    """Its title says so, and its category must not say otherwise."""
    water = a_run(workout="aqua_run", kind="aqua_run", title="Deep-water running")
    (event,) = events(to_ical(week(water), STAMP, private=private))
    assert event.value("CATEGORIES") == expected
    assert event.text("SUMMARY") == ("Swim · 40 min" if private else "Deep-water running · 40 min")


def test_a_workout_is_busy_private_confirmed_and_new() -> None:
    """Clients show the time as taken, hide the details from others, and count changes from 0."""
    event = only(week(a_run()))
    names = ("TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "CLASS", "STATUS", "SEQUENCE")
    assert [event.value(name) for name in names] == ["OPAQUE", "BUSY", "PRIVATE", "CONFIRMED", "0"]


def test_every_stamp_is_the_one_given_in_utc() -> None:
    """DTSTAMP, CREATED and LAST-MODIFIED are the stamp, whatever zone it is given in."""
    event = events(to_ical(week(a_run()), STAMP.astimezone(NEW_YORK)))[0]
    stamps = {event.value(name) for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED")}
    assert stamps == {"20260102T030405Z"}


def test_a_stamp_without_a_zone_is_refused() -> None:
    """A naive stamp could mean any moment of a day."""
    with pytest.raises(ValueError, match="needs a time zone"):
        to_ical(week(a_run()), datetime(2026, 1, 1))


def run_at(start: datetime, minutes: int, zone: str = "America/New_York") -> Component:
    """Return the event of a run at some moment in a zone."""
    run = a_run(start=start, end=later(start, minutes=minutes), minutes=minutes)
    return only(plan_of(PlanDay(date=start.date(), workouts=(run,)), timezone=zone))


def test_times_are_local_with_the_zones_bare_name() -> None:
    """A workout stays at its hour on the clock: its times are local and name the zone."""
    event = run_at(datetime(2026, 11, 27, 7, tzinfo=NEW_YORK), 40)
    start, end = event.one("DTSTART"), event.one("DTEND")
    assert start is not None
    assert end is not None
    assert (start.params, start.value, end.value) == (
        {"TZID": "America/New_York"},
        "20261127T070000",
        "20261127T074000",
    )


def test_times_given_in_another_zone_are_written_in_the_plans() -> None:
    """The zone of the plan counts, not that of the datetime."""
    event = run_at(datetime(2026, 11, 27, 12, tzinfo=UTC), 40)
    assert event.value("DTSTART") == "20261127T070000"


def test_a_workout_over_the_spring_change_lasts_its_real_minutes() -> None:
    """A run of 60 minutes from 01:30 ends at 03:30 when the clock skips an hour."""
    event = run_at(datetime(2026, 3, 8, 1, 30, tzinfo=NEW_YORK), 60)
    assert (event.value("DTEND"), lasts(event)) == ("20260308T033000", timedelta(hours=1))


def test_a_workout_over_the_autumn_change_lasts_its_real_minutes() -> None:
    """A ride of 180 minutes from 00:30 ends at 02:30 when the clock repeats an hour."""
    event = run_at(datetime(2026, 11, 1, 0, 30, tzinfo=NEW_YORK), 180)
    assert (event.value("DTEND"), lasts(event)) == ("20261101T023000", timedelta(hours=3))


@pytest.mark.parametrize(("fold", "start"), [(0, "20261101T053000Z"), (1, "20261101T063000Z")])
def test_a_time_that_comes_twice_is_written_in_utc(fold: int, start: str) -> None:
    """01:30 comes twice that night; in UTC there is no doubt which one is meant."""
    event = run_at(datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=fold), 15)
    assert event.value("DTSTART") == start


@pytest.mark.parametrize(("minute", "zoned"), [(59, True), (60, False), (119, False), (120, True)])
def test_only_the_hour_that_comes_twice_is_written_in_utc(minute: int, zoned: bool) -> None:
    """The last minute before the doubled hour and the first after it are local times as any other."""
    start = datetime(2026, 11, 1, minute // 60, minute % 60, tzinfo=NEW_YORK)
    line = run_at(start.replace(fold=0), 1 if minute != 59 else 180).one("DTSTART")
    assert line is not None
    assert ("TZID" in line.params) is zoned


def test_a_plan_in_utc_is_written_in_utc_without_a_vtimezone() -> None:
    """UTC needs no rules."""
    start = datetime(2026, 11, 27, 7, tzinfo=UTC)
    plan = plan_of(
        PlanDay(date=start.date(), workouts=(a_run(start=start, end=later(start, minutes=40)),)), timezone="UTC"
    )
    data = to_ical(plan, STAMP)
    assert (b"VTIMEZONE" in data, b"DTSTART:20261127T070000Z" in data) == (False, True)


def test_a_zone_that_equals_utc_keeps_its_name() -> None:
    """Iceland's clocks show UTC, but a person in Reykjavik plans in Reykjavik's time."""
    zone = ZoneInfo("Atlantic/Reykjavik")
    line = run_at(datetime(2026, 11, 27, 7, tzinfo=zone), 40, "Atlantic/Reykjavik").one("DTSTART")
    assert line is not None
    assert line.params == {"TZID": "Atlantic/Reykjavik"}


def test_a_plan_of_whole_days_only_has_no_vtimezone() -> None:
    """A VTIMEZONE that nothing uses is left out."""
    assert b"VTIMEZONE" not in to_ical(week(treatments=(a_needling(),)), STAMP)


def test_a_zone_that_does_not_exist_is_refused() -> None:
    """The message names the zone and what would be right."""
    with pytest.raises(InputError, match='plan: timezone: "Europe/Berlyn" is no time zone; use an IANA name'):
        to_ical(week(a_run(), timezone="Europe/Berlyn"), STAMP)


def test_a_treatment_day_is_a_whole_day_that_blocks_nothing_and_whose_title_says_nothing() -> None:
    """Everyone who sees the calendar sees a treatment day, and nothing of what is treated or where."""
    event = only(week(treatments=(a_needling(),)))
    start, end = event.one("DTSTART"), event.one("DTEND")
    assert start is not None
    assert end is not None
    assert (moment(start), moment(end)) == (date(2026, 11, 24), date(2026, 11, 25))
    names = ("SUMMARY", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
    assert [event.value(name) for name in names] == ["Treatment day: before and after", "TRANSPARENT", "FREE"]


def test_a_treatment_says_what_when_and_what_to_mind() -> None:
    """The description has the treatment, the region in words, the time, the advice and whose word wins."""
    event = only(week(treatments=(a_needling(region="plantar_fascia"),)))
    assert event.text("DESCRIPTION") == (
        "Dry needling, plantar fascia, 09:30 to 10:15. Your clinician's word comes before every line here.\n"
        "- No bath for 24 hours."
    )


def test_a_treatment_of_a_whole_day_says_that_its_time_is_not_known() -> None:
    """Nobody is told 00:00 for an appointment whose time the case does not give."""
    day = date(2026, 11, 24)
    event = only(week(treatments=(a_needling(start=day, end=day + timedelta(days=1)),)))
    assert "time of day not known" in event.text("DESCRIPTION")


def test_a_treatment_with_nothing_to_mind_makes_no_event() -> None:
    """The appointment itself is in the person's calendar already."""
    (event,) = events(to_ical(week(a_run(), treatments=(a_needling(aftercare=()),)), STAMP))
    assert event.text("SUMMARY") == "Easy run · 40 min"


def uid_on(day: int, **changed: Any) -> str | None:
    """Return the UID of the note on a needling in November 2026."""
    start = datetime(2026, 11, day, 9, 30, tzinfo=NEW_YORK)
    needling = a_needling(start=start, end=later(start, minutes=45), **changed)
    plan = plan_of(PlanDay(date=start.date(), treatments=(needling,)))
    return only(plan).value("UID")


def test_a_treatment_that_moves_within_its_week_keeps_its_uid() -> None:
    """The note moves along with the appointment."""
    assert uid_on(23) == uid_on(29)


def test_a_note_of_another_week_has_another_uid() -> None:
    """The week is in the identity, so next week's import takes no note for an earlier one and moves it."""
    assert uid_on(24) != uid_on(30)


def test_the_uid_of_a_note_does_not_hang_on_what_is_treated() -> None:
    """Whoever has a file that turned private could try out kinds and regions."""
    assert uid_on(24) == uid_on(24, region="achilles") == uid_on(24, kind="massage")


def test_two_alike_treatments_in_a_week_have_a_note_each() -> None:
    """The second one of a week is told apart by its number."""
    later_on = datetime(2026, 11, 27, 9, 30, tzinfo=NEW_YORK)
    both = (a_needling(), a_needling(start=later_on, end=later(later_on, minutes=45)))
    assert len({event.value("UID") for event in events(to_ical(week(treatments=both), STAMP))}) == 2


def test_two_plans_never_share_a_uid() -> None:
    """The notes of two persons' plans differ, even where their treatments are the same."""
    plan = week(treatments=(a_needling(),))
    other = week(treatments=(a_needling(),), plan_id="77aa559e1ecb70df2000")
    assert only(plan).value("UID") != only(other).value("UID")


def test_a_plan_with_no_events_is_a_calendar_with_a_note() -> None:
    """A week of rest is a valid calendar, whose one event blocks nothing."""
    event = only(week())
    assert (event.value("SUMMARY"), event.value("TRANSP")) == ("Nothing planned this week", "TRANSPARENT")
    assert problems(to_ical(week(), STAMP)) == []


def test_the_note_says_what_stood_in_the_way() -> None:
    """What was asked for and why it did not fit is the first thing that one wants to know."""
    because = (Because(kind="rule", rule="a.b", text="no load on the calf until Wed 10:15"),)
    plan = week(unplaced=(Unplaced(week=date(2026, 11, 23), kind="upper_body", asked=3, placed=0, because=because),))
    assert only(plan).text("DESCRIPTION") == "upper body: 0 of 3\n- no load on the calf until Wed 10:15"


def test_the_note_of_several_weeks_names_them() -> None:
    """A note on four weeks does not speak of one."""
    days = [PlanDay(date=date(2026, 11, 23) + timedelta(days=number)) for number in range(28)]
    assert only(plan_of(*days)).value("SUMMARY") == "Nothing planned for 4 weeks"


def test_a_plan_that_a_danger_sign_clears_says_so_even_beside_a_treatment() -> None:
    """The alert is in the calendar, its title says no sign."""
    plan = week(treatments=(a_needling(),), cleared=True, alerts=("Fever after needling: call today.",))
    paused, _ = events(to_ical(plan, STAMP))
    assert paused.text("SUMMARY") == "Training paused: please read"
    assert paused.text("DESCRIPTION") == "Fever after needling: call today."
    assert problems(to_ical(plan, STAMP)) == []
