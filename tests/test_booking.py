"""Booking: costs are those of planning again, what cannot be is passed over, and each option is one plain sentence."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.appointments.booked import BusyBlock, Calendars
from planner.appointments.opening_hours import Hours, parse_hours
from planner.case.file import read_case
from planner.case.model import Case
from planner.cli import main
from planner.planning import plan
from planner.results.offer import Offer
from planner.results.plan import Plan
from planner.rulebook.file import shipped_rulebook
from planner.rulebook.scales import Dose
from planner.scheduling.request import Request
from planner.what_if.booking import Booking, entry_at, offer
from tests.cases import MONDAY, Ask, asks, case_of, examples, needled
from tests.readme import ROOT

pytestmark = pytest.mark.once

BOOK = shipped_rulebook()
HENRY = str(ROOT / "examples" / "plantar_fascia_calf_needled.toml")
MORNINGS: dict[str, Any] = {
    "injury": {"region": "calf", "severity": "moderate"},
    "availability": {"default": "07:00-08:30"},
    "goals": {"runs": 3, "bikes": 2, "upper_body": 2, "long_run": "sunday"},
    "fitness": {"easy_run_minutes": 40, "longest_run_minutes": 60},
}
UNSPACED: dict[str, Any] = {"override": {"training.days_in_a_row": {"away": True, "by": "Henry"}}}
"""How many days a workout may follow another is a test of its own; here it would move days of the week after, too."""


def ask_for(first: date, last: date, hours: str = "mon-sun 08:00-18:00", **changed: Any) -> Booking:
    """Return a booking of a dry needling of the calf, some of its fields changed."""
    found, wrong = parse_hours(hours)
    assert wrong == []
    fields = {"kind": "dry_needling", "region": "calf", "minutes": 30, "first": first, "last": last, "hours": found}
    return Booking(**{**fields, **changed})


def starts(found: Offer) -> set[datetime]:
    """Return the local times of all options."""
    return {one.start.replace(tzinfo=None) for one in found.options}


def recovery_points(made: Plan) -> int:
    """Return a plan's points for workouts that stand where a rule recommends them after a treatment."""
    return made.score.preferences.get("recovery_after_treatment", 0)


def with_booked(case: Case, booking: Booking, start: datetime) -> Case:
    """Return a case in which a course is booked."""
    course = tuple(entry_at(booking, start, number) for number in range(booking.sessions))
    return case.model_copy(update={"treatments": (*case.treatments, *course)})


@examples(20)
@given(asks(most_weeks=1), st.data())
def test_the_cost_is_the_difference_of_two_plans(ask: Ask, data: st.DataObject) -> None:
    """Planned from scratch over the same weeks, with the course and without."""
    first = ask.today + timedelta(days=data.draw(st.integers(0, 12)))
    booking = ask_for(
        first,
        first + timedelta(days=2),
        data.draw(st.sampled_from(["mon-sun 08:00-10:00", "mon-sun 17:00-18:30", "sun-fri 12:00-13:00"])),
        kind=data.draw(st.sampled_from(sorted(BOOK.treatments))),
        region=data.draw(st.sampled_from(sorted(BOOK.regions))),
        sessions=data.draw(st.sampled_from([1, 1, 2])),
        every=timedelta(days=data.draw(st.sampled_from([7, 10]))),
    )
    found = offer(Request(ask.case, BOOK, ask.today), booking)
    assert sorted(one.cost for one in found.options) == [one.cost for one in found.options]
    assume(found.options)
    without = plan(ask.case, BOOK, today=ask.today, start=found.from_, weeks=found.weeks)
    for one in found.options[:2] + found.options[-1:]:
        case = with_booked(ask.case, booking, one.start)
        booked = plan(case, BOOK, today=ask.today, start=found.from_, weeks=found.weeks)
        served = recovery_points(booked) - recovery_points(without)
        assert max(without.score.total - booked.score.total + served, 0) == one.cost
        alerts = set(booked.alerts) - set(without.alerts)
        assert not [alert for alert in alerts if "Ask your therapist" in alert], "too close to another one"


def test_two_knees_are_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A steroid in the left knee leaves the right one free for shockwave that evening, but not the left."""
    path = tmp_path / "knees.toml"
    treated = 'kind = "cortisone"\nregion = "left knee"\nstart = 2026-11-23T08:00:00'
    path.write_text(f'timezone = "Europe/Berlin"\n[[treatments]]\n{treated}\n', encoding="utf-8")
    ask = ["book", str(path), "--kind", "shockwave", "--between", "2026-11-26", "2026-11-26", "--format", "json"]
    offered = {}
    for words in (("--region", "knee", "--side", "left"), ("--region", "right knee"), ("--region", "knee")):
        assert main([*ask, *words, "--today", "2026-11-23"]) == 0
        offered[words[-1]] = json.loads(capsys.readouterr().out)
    assert [(one["side"], bool(one["options"])) for one in offered.values()] == [
        ("left", False),
        ("right", True),
        (None, False),
    ]


def test_a_second_needling_keeps_72_hours_from_the_first_on_both_sides() -> None:
    """From Tuesday 10:00 to Friday 10:00 is 72 hours; before it, an end on Saturday 9:30 is 72 hours before Tuesday."""
    case = case_of(**MORNINGS, treatments=[needled(datetime(2026, 11, 24, 9, 30), minutes=30)])
    found = offer(Request(case, BOOK, date(2026, 11, 20)), ask_for(date(2026, 11, 20), date(2026, 11, 28)))
    free = starts(found)
    for at, possible in (
        (datetime(2026, 11, 27, 9, 30), False),
        (datetime(2026, 11, 27, 10), True),
        (datetime(2026, 11, 21, 9), True),
        (datetime(2026, 11, 21, 9, 30), False),
    ):
        assert (at in free) == possible, at
    why = {one.why for one in found.passed_over}
    spacing = "72 hours between needlings of the same muscle"
    assert f"Too close to the dry needling (calf muscle) on Tue 24 Nov, 09:30: {spacing}." in why


def test_what_is_past_or_taken_is_passed_over() -> None:
    """A shoulder may be needled right before or after a massage of the back, but not during it, nor yesterday."""
    massage = {"kind": "massage", "region": "low_back", "start": datetime(2026, 11, 24, 9), "minutes": 60}
    case = case_of(**MORNINGS, treatments=[massage])
    booking = ask_for(date(2026, 11, 23), date(2026, 11, 24), region="shoulder")
    found = offer(Request(case, BOOK, date(2026, 11, 24)), booking)
    free = starts(found)
    assert {datetime(2026, 11, 24, 8), datetime(2026, 11, 24, 8, 30), datetime(2026, 11, 24, 10)} <= free
    assert not {datetime(2026, 11, 24, 9), datetime(2026, 11, 24, 9, 30)} & free
    assert not [one for one in free if one.date() == date(2026, 11, 23)]
    assert {"It is past.", "It meets the massage (low back) on Tue 24 Nov, 09:00."} == {
        one.why for one in found.passed_over
    }


@pytest.mark.parametrize(("minute", "free"), [(0, True), (1, False)])
def test_no_appointment_begins_before_now(minute: int, free: bool) -> None:
    """One that begins this very minute may still be taken."""
    now = datetime(2026, 11, 24, 9, minute, tzinfo=ZoneInfo("America/New_York"))
    found = offer(Request(case_of(**MORNINGS), BOOK, MONDAY), ask_for(now.date(), now.date()), not_before=now)
    assert free == (datetime(2026, 11, 24, 9) in starts(found))
    assert datetime(2026, 11, 24, 8, 30) not in starts(found)


@pytest.mark.parametrize(
    ("minutes", "hours", "expected"),
    [
        (30, "wed 09:00-09:30", ["09:00"]),
        (31, "wed 09:00-09:30", []),
        (30, "wed 09:00-10:00, 17:00-17:30", ["09:00", "09:30", "17:00"]),
        (30, "wed 9-10, 5-5:30 pm", ["09:00", "09:30", "17:00"]),
        (210, "wednesday mornings", ["08:00", "08:30"]),
    ],
)
def test_an_appointment_lies_in_the_therapists_hours_from_its_start_to_its_end(
    minutes: int, hours: str, expected: list[str]
) -> None:
    """Both sides of each end; hours of one part of the day say nothing about another."""
    wednesday = MONDAY + timedelta(days=2)
    found = offer(Request(case_of(**MORNINGS), BOOK, MONDAY), ask_for(wednesday, wednesday, hours, minutes=minutes))
    assert expected == sorted(f"{one:%H:%M}" for one in starts(found))


def test_an_appointment_of_a_later_week_is_weighed_by_the_plan_of_that_week() -> None:
    """Weeks that end long before it are not planned, and those that it can touch are."""
    tuesday = date(2026, 11, 24) + timedelta(weeks=3)
    found = offer(Request(case_of(**MORNINGS), BOOK, MONDAY), ask_for(tuesday, tuesday))
    assert found.from_ <= tuesday < found.from_ + timedelta(weeks=found.weeks)
    assert found.from_ > MONDAY
    assert all(one.cost > 0 for one in found.options)


def test_no_appointment_takes_a_race_its_day() -> None:
    """On the day of a race a needling is passed over; on another day that costs the race it comes last."""
    case = case_of(**MORNINGS, races=[{"date": date(2026, 11, 29), "name": "City 10K"}])
    found = offer(Request(case, BOOK, MONDAY), ask_for(date(2026, 11, 25), date(2026, 11, 29), "mon-sun 08:00-09:00"))
    assert date(2026, 11, 29) not in {one.start.date() for one in found.options}
    assert "It would take your race its day." in {one.why for one in found.passed_over}
    assert "race" == found.options[-1].lost[0].workout
    assert found.options[-1].text.startswith("City 10K on Sun 29 Nov would go")


def test_a_course_is_ranked_as_a_whole() -> None:
    """Three needlings a week apart at one time of the day, each session in the hours that were given."""
    booking = ask_for(MONDAY, date(2026, 11, 27), "tue 09:00-10:00, thu 17:00-18:00", sessions=3)
    found = offer(Request(case_of(**MORNINGS), BOOK, MONDAY), booking)
    assert 4 == len(found.options)
    for one in found.options:
        assert 3 == len(one.treatments)
        apart = {second.start - first.start for first, second in pairwise(one.treatments)}
        assert {timedelta(weeks=1)} == apart


@pytest.mark.parametrize(("friday", "expected"), [("09:00-10:00", {9}), ("08:00-09:00", {8}), ("10:00-11:00", set())])
def test_every_session_of_a_course_lies_in_the_hours_of_its_own_day(friday: str, expected: set[int]) -> None:
    """From its start to its end: a therapist who is there later, or earlier, on the second day."""
    booking = ask_for(MONDAY, MONDAY, f"mon 08:00-10:00, fri {friday}", sessions=2, every=timedelta(days=4))
    found = offer(Request(case_of(**MORNINGS), BOOK, MONDAY), booking)
    assert expected == {start.hour for start in starts(found)}


@pytest.mark.parametrize(("days", "possible"), [(3, False), (4, True)])
def test_a_course_keeps_its_own_spacing(days: int, possible: bool) -> None:
    """Sessions of half an hour every third day are 71.5 hours apart, half an hour too close."""
    booking = ask_for(MONDAY, MONDAY, sessions=2, every=timedelta(days=days))
    assert bool(offer(Request(case_of(**MORNINGS), BOOK, MONDAY), booking).options) == possible


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        # Needled on Tuesday until 17:30: a day without runs, then a first run back of 70 % of 40 minutes, 28.
        (
            datetime(2026, 11, 24, 17),
            (
                "The easy run and the upper-body session would change places (Wed 25 Nov and Fri 27 Nov), and the easy "
                "run on Fri 27 Nov would last 28 minutes instead of 40."
            ),
        ),
        # Needled on Saturday until 9:30: no long run for 48 hours, so not on Sunday but before it.
        (
            datetime(2026, 11, 28, 9),
            (
                "The long run and the upper-body session would change places (Sun 29 Nov and Fri 27 Nov), and the easy "
                "run on Tue 1 Dec would last 28 minutes instead of 40."
            ),
        ),
        (
            datetime(2026, 11, 27, 9),
            (
                "The long run and the upper-body session would change places (Sun 29 Nov and Fri 27 Nov), the easy "
                "ride would move from Thu 26 Nov to Sat 28 Nov, and the easy run on Tue 1 Dec would last 28 minutes "
                "instead of 40."
            ),
        ),
    ],
)
def test_what_an_appointment_costs_in_words(start: datetime, expected: str) -> None:
    """One sentence for each option, with weekdays, the worst first."""
    case = case_of(**MORNINGS, rules=UNSPACED)
    found = offer(Request(case, BOOK, MONDAY), ask_for(start.date(), start.date()))
    (option,) = [one for one in found.options if one.start.replace(tzinfo=None) == start]
    assert expected == option.text


def test_a_treatment_is_no_gain() -> None:
    """What follows a massage stands where its rules recommend it: that costs nothing, and is no reason to book one."""
    booking = ask_for(MONDAY, MONDAY, "mon 12:00-13:00", kind="massage", minutes=60)
    (option,) = offer(Request(case_of(**MORNINGS), BOOK, MONDAY), booking).options
    assert (option.cost, option.text) == (0, "Every workout stays where it is.")


FIRST_TIMES = [
    ("dry_needling", "normal", "standard", 7),
    ("dry_needling", "normal", "strict", 10),
    ("massage", "normal", "standard", 4),
    ("massage", "light", "standard", 2),
]


@pytest.mark.parametrize(("kind", "dose", "caution", "least"), FIRST_TIMES)
def test_no_time_too_near_to_a_race_goes_before_one_that_is_not(
    kind: str, dose: Dose, caution: str, least: int
) -> None:
    """However little it moves, it comes last, the nearest behind the others, and says how near the race is (DO-68)."""
    race = date(2026, 12, 5)
    case = case_of(**MORNINGS, caution=caution, races=[{"date": race, "minutes": 60}])
    booking = ask_for(date(2026, 11, 24), date(2026, 12, 4), "mon-sun 12:00-13:00", kind=kind, dose=dose)
    options = offer(Request(case, BOOK, MONDAY), booking).options
    keep = [one for one in options if not any(lost.workout == "race" for lost in one.lost)]
    apart = [(race - one.start.date()).days for one in keep]
    near = [days for days in apart if days < least]
    assert near, "some times would do but for the race"
    assert apart[-len(near) :] == sorted(near, reverse=True)
    assert [f"is only {days} day" in one.text for days, one in zip(apart, keep, strict=True)] == [
        days < least for days in apart
    ]
    assert [one.days_short_of_race for one in keep] == [max(least - days, 0) for days in apart]


@pytest.mark.parametrize(("race", "short"), [(date(2026, 11, 23), 0), (date(2026, 11, 25), 6)])
def test_only_a_race_to_come_is_one_that_a_treatment_stands_too_near_to(race: date, short: int) -> None:
    """Needled on Tuesday: the race of Monday is run, that of Wednesday is six days too near."""
    case = case_of(**MORNINGS, races=[{"date": race, "minutes": 60}])
    booking = ask_for(date(2026, 11, 24), date(2026, 11, 24), "mon-sun 12:00-12:30")
    (option,) = offer(Request(case, BOOK, MONDAY), booking).options
    assert option.days_short_of_race == short


def test_a_parkrun_keeps_no_treatment_away() -> None:
    """A race that is no goal comes every week: no treatment would find a day."""
    case = case_of(**MORNINGS, races=[{"date": date(2026, 11, 28), "minutes": 60, "goal": False}])
    booking = ask_for(date(2026, 11, 24), date(2026, 11, 24), "mon-sun 12:00-12:30")
    (option,) = offer(Request(case, BOOK, MONDAY), booking).options
    assert option.days_short_of_race == 0
    assert "only" not in option.text


def test_a_danger_sign_books_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a sign clears the plan, a clinician is asked first: no option, and status 1."""
    file = tmp_path / "me.toml"
    file.write_text(
        'timezone = "UTC"\n[injury]\nregion = "calf"\n[[log]]\ndate = 2026-11-23\nsigns = ["chest pain"]\n',
        encoding="utf-8",
    )
    asked = ["book", str(file), "--kind", "massage", "--between", "2026-11-24", "2026-11-25", "--today", "2026-11-23"]
    assert main(asked) == 1
    assert "No appointment is proposed until a clinician was asked about this." in capsys.readouterr().out
    assert main([*asked, "--format", "json"]) == 1
    assert [] == json.loads(capsys.readouterr().out)["options"]


@pytest.mark.parametrize(
    ("kind", "caution", "possible", "said"),
    [
        ("shockwave", "standard", False, "blood thinners: shockwave only if"),
        ("massage", "standard", True, "only light pressure"),
        ("massage", "strict", False, "no massage, scraping or cupping"),
        ("hyaluronic_acid_injection", "standard", True, ""),
    ],
)
def test_what_somebodys_health_speaks_against_is_not_booked(kind: str, caution: str, possible: bool, said: str) -> None:
    """On blood thinners no shockwave; a massage with a word to the therapist, at strict none."""
    case = case_of(**MORNINGS, health={"blood_thinners": True}, caution=caution)
    asked = ask_for(MONDAY, MONDAY, "mon 12:00-12:30", kind=kind)
    found = offer(Request(case, BOOK, today=MONDAY), asked)
    assert possible == bool(found.options)
    words = " ".join((*found.notes, *(one.why.casefold() for one in found.passed_over)))
    assert said in words if said else not words


def test_a_sign_keeps_away_what_it_forbids() -> None:
    """Calf pain that nobody has looked at: no massage of it is offered, and the reason is the sign."""
    log = [{"date": MONDAY, "signs": ["calf pain"]}]
    found = offer(
        Request(case_of(**MORNINGS, log=log), BOOK, today=MONDAY),
        ask_for(MONDAY, MONDAY, "mon 12:00-12:30", kind="massage"),
    )
    assert () == found.options
    assert {"danger_sign"} == {one.obstacle.kind for one in found.passed_over}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mon 09:00-12:00", {0: [Hours(time(9), time(12))]}),
        ("Thursday 14:00-18:00, tue 9:00-10:30", {1: [Hours(time(9), time(10, 30))], 3: [Hours(time(14), time(18))]}),
        ("fri-sun 08:00-09:00", {day: [Hours(time(8), time(9))] for day in (4, 5, 6)}),
        ("sun-mon 08:00-09:00", {day: [Hours(time(8), time(9))] for day in (0, 6)}),
        ("08:00-09:00", {day: [Hours(time(8), time(9))] for day in range(5)}),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, expected: dict[int, list[Hours]]) -> None:
    """Weekdays may be short, in any order, and from one to another."""
    assert (expected, []) == parse_hours(text)


def test_every_mistake_of_a_booking_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Kind, region, days, hours and interval, all at once."""
    asked = ["--kind", "needeling", "--region", "cafl", "--between", "2026-12-04", "2026-11-23", "--every", "often"]
    assert main(["book", HENRY, *asked, "--at", "mom 09:00-12:00, tue 12:00-09:00, whenever"]) == 2
    fields = [line.split(": ")[1] for line in capsys.readouterr().err.splitlines()]
    assert ["--kind", "--region", "--between", "--at", "--at", "--at", "--every"] == fields


@pytest.mark.parametrize(
    ("days", "course", "expected"),
    [
        (("2200-01-01", "2200-01-02"), (), "--between: 2200-01-01 is too far away"),
        (("2199-12-30", "2199-12-31"), ("--sessions", "2"), "--sessions: the course would go on too long"),
        (("2199-12-23", "2199-12-24"), ("--sessions", "2"), None),
        (("0001-01-01", "0001-01-02"), (), "--between: 0001-01-01 is too far away"),
    ],
)
def test_days_that_no_case_could_hold_are_said_to_be_wrong(
    days: tuple[str, str], course: tuple[str, ...], expected: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last session counts, too."""
    asked = ["--kind", "massage", "--region", "calf", "--between", *days, *course]
    status = main(["book", HENRY, *asked, "--today", "2199-12-01" if expected is None else "0001-01-01"])
    told = capsys.readouterr().err
    assert (status, expected or "") == (
        0 if expected is None else 2,
        told.removeprefix("planner book: ").partition(";")[0],
    )


def test_the_best_times_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Times of a day that cost the same stand together, at most as many lines as asked for, the best first."""
    asked = ["--kind", "dry needling", "--region", "calf", "--between", "2026-11-30", "2026-12-01"]
    assert main(["book", HENRY, *asked, "--most", "2", "--today", "2026-11-23"]) == 0
    out = capsys.readouterr().out
    assert "Dry needling (calf muscle), 30 minutes" in out
    assert "  1. " in out
    assert "  2. " in out
    assert "  3. " not in out
    assert (
        "Taken for granted, as --at does not say: the therapist has time from Monday to Friday, 08:00 to 18:00." in out
    )


def test_json_holds_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    """The keys that other programs rely on, best first."""
    asked = [
        "--kind",
        "dry needling",
        "--region",
        "calf",
        "--between",
        "2026-12-01",
        "2026-12-01",
        "--at",
        "9:00-10:30",
    ]
    assert main(["book", HENRY, *asked, "--today", "2026-11-23", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert 3 == len(found["options"])
    assert {
        "start",
        "end",
        "cost",
        "days_short_of_race",
        "moved",
        "lost",
        "text",
        "treatments",
        "shortened",
        "gained",
    } == set(found["options"][0])
    assert "2026-12-01T09:00:00-05:00" == found["options"][0]["start"]


def test_progress_is_told_to_whoever_asks() -> None:
    """Each time that was tried, of how many."""
    told: list[tuple[int, int]] = []
    booking = ask_for(MONDAY, MONDAY, "mon 08:00-09:30")
    case = read_case(Path(HENRY), BOOK)
    offer(Request(case, BOOK, MONDAY), booking, progress=lambda done, total: told.append((done, total)))
    assert [(1, 3), (2, 3), (3, 3)] == told


def test_who_is_busy_is_not_booked() -> None:
    """A meeting from nine to ten: nine and half past nine meet it, half past eight ends and ten begins in time."""
    case = case_of(**MORNINGS, busy=[{"calendar": "work.ics"}])
    nine, ten = (datetime(2026, 11, 24, hour, tzinfo=case.tz) for hour in (9, 10))
    calendars = Calendars(busy=(BusyBlock(nine, ten, "Meeting", "work.ics"),))
    day = date(2026, 11, 24)
    found = offer(Request(case, BOOK, MONDAY, calendars=calendars), ask_for(day, day, "tue 08:30-10:30"))
    assert starts(found) == {datetime(2026, 11, 24, 8, 30), datetime(2026, 11, 24, 10)}
    assert "You are busy on Tue 24 Nov, 09:30, as your calendar says." in {one.why for one in found.passed_over}
