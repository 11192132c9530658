"""Case files: every mistake with its field, what is wrong and what would be right; defaults; everyday names."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from planner.appointments.appointment import appointments
from planner.candidates.wishes import usual_minutes, wishes
from planner.case.file import parse_case
from planner.case.goals import Goals
from planner.case.model import Case, Injury
from planner.errors import InputError
from planner.limits.in_force import injuries
from planner.planning import plan
from planner.rulebook.file import shipped_rulebook
from tests.cases import MONDAY, case_of, needled

ZONE = 'timezone = "America/New_York"\n'
INJURED = f'{ZONE}[injury]\nregion = "calf"\n'
TREATED = f'{ZONE}[[treatments]]\nkind = "dry_needling"\nregion = "calf"\n'
BOOKED = f"{TREATED}start = 2026-11-24T09:30:00\n"


def mistakes(text: str) -> list[str]:
    """Return what is said about the mistakes of a case file."""
    with pytest.raises(InputError) as caught:
        parse_case(text, "case.toml", shipped_rulebook())
    return [str(problem) for problem in caught.value.problems]


CHOICES_OF_TISSUE = '"tendon", "muscle", "bone", "joint" or "back"'
WEEKDAYS = "monday, tuesday, wednesday, thursday, friday, saturday or sunday"

MISTAKES: dict[str, tuple[str, str]] = {
    "no zone": (
        INJURED.replace(ZONE, ""),
        'timezone: is missing; write timezone = "Europe/Berlin", or a large city near you',
    ),
    "who says that nothing healed": (
        'timezone = "Europe/Berlin"\n[injury]\nregion = "calf"\nby = "Dr Smith"',
        "injury: by says who, and not since when it is healed; add healed = 2026-12-20, or take it out",
    ),
    "not toml": ("name = \n", "is not TOML: Invalid value (at line 1, column 8); mend that line"),
    "zone of another type": ('timezone = 3\n[injury]\nregion = "calf"', "timezone: 3 is not text; write it in quotes"),
    "zone by a city that nobody knows": (
        INJURED.replace("America/New_York", "Xanadu"),
        'timezone: "Xanadu" is no IANA time zone; write one such as "Europe/Berlin", or a large city near you',
    ),
    "zone in short": (
        INJURED.replace("America/New_York", "MEZ"),
        'timezone: "MEZ" is no IANA time zone; did you mean "Europe/Berlin"?',
    ),
    "zone mistyped": (
        INJURED.replace("America/New_York", "Europe/Berlim"),
        (
            'timezone: "Europe/Berlim" is no IANA time zone; did you mean "Europe/Berlin", "Europe/Dublin" or '
            '"Europe/Rome"?'
        ),
    ),
    "caution": (
        f'caution = "careful"\n{INJURED}',
        'caution: "careful" is not one of the choices; use "permissive", "standard" or "strict"',
    ),
    "unknown key": (
        f'cautoin = "strict"\n{INJURED}',
        'cautoin: "cautoin" is not a key that is known here; did you mean "caution"?',
    ),
    "name of another type": (f"name = 3\n{INJURED}", "name: 3 is not text; write it in quotes"),
    "empty id": (f'id = ""\n{INJURED}', "id: is empty; write something, or leave the key out"),
    "injury without a region": (f'{ZONE}[injury]\nseverity = "mild"', "injury.region: is missing; it is required"),
    "region mistyped": (
        f'{ZONE}[injury]\nregion = "calve"',
        'injury.region: "calve" is no region; did you mean "calves"?',
    ),
    "second injury's region mistyped": (
        f'{ZONE}[[injury]]\nregion = "calf"\n[[injury]]\nregion = "shinn"',
        'injury[1].region: "shinn" is no region; did you mean "shin"?',
    ),
    "severity": (
        f'{INJURED}severity = "bad"',
        'injury.severity: "bad" is not one of the choices; use "mild", "moderate" or "severe"',
    ),
    "side": (f'{INJURED}side = "lft"', 'injury.side: "lft" is not one of the choices; use "left", "right" or "both"'),
    "tissue": (
        f'{INJURED}tissue = "skin"',
        f'injury.tissue: "skin" is not one of the choices; use {CHOICES_OF_TISSUE}',
    ),
    "start as text": (
        f'{TREATED}start = "2026-11-24"',
        (
            'treatments[0].start: "2026-11-24" is text, not a date; write it without quotes: 2026-11-24T09:30:00, or '
            "2026-11-24"
        ),
    ),
    "no start": (
        TREATED,
        (
            "treatments[0]: has neither a start nor a calendar; give start = 2026-11-24T09:30:00, "
            'or calendar = "clinic.ics"'
        ),
    ),
    "no region and no injury": (
        BOOKED.replace('region = "calf"\n', ""),
        "treatments[0].region is missing, and with no injury there is no default for it; say which region is treated",
    ),
    "no region and two injuries": (
        (
            f"{BOOKED.replace('region = ' + chr(34) + 'calf' + chr(34), '')}\n"
            '[[injury]]\nregion = "calf"\n[[injury]]\nregion = "heel"'
        ),
        (
            "treatments[0].region is missing, and with several injuries there is no default for it; "
            "say which region is "
            "treated"
        ),
    ),
    "no minutes": (f"{BOOKED}minutes = 0", "treatments[0].minutes: 0 is out of range; use more than 0"),
    "too many minutes": (f"{BOOKED}minutes = 481", "treatments[0].minutes: 481 is out of range; use at most 480"),
    "minutes as text": (
        f'{BOOKED}minutes = "45"',
        'treatments[0].minutes: "45" is not a whole number; write a whole number, without quotes',
    ),
    "half minutes": (
        f"{BOOKED}minutes = 45.5",
        "treatments[0].minutes: 45.5 is not a whole number; write a whole number, without quotes",
    ),
    "dose": (
        f'{BOOKED}dose = "big"',
        'treatments[0].dose: "big" is not one of the choices; use "light", "normal" or "heavy"',
    ),
    "repeat as text": (
        f'{BOOKED}repeat = "weekly"',
        'treatments[0].repeat: "weekly" is not a table; write it as a TOML table',
    ),
    "empty repeat": (f"{BOOKED}repeat = {{}}", 'treatments[0].repeat: does not say how often; give every = "1 week"'),
    "endless repeat": (
        f'{BOOKED}repeat = {{ every = "1 week" }}',
        "treatments[0].repeat: must end in exactly one way; give either count = 4 or until = 2026-12-31",
    ),
    "repeat with two ends": (
        f'{BOOKED}repeat = {{ every = "1 week", count = 2, until = 2026-12-31 }}',
        "treatments[0].repeat: must end in exactly one way; give either count = 4 or until = 2026-12-31",
    ),
    "interval": (
        f'{BOOKED}repeat = {{ every = "fortnight", count = 2 }}',
        'treatments[0].repeat.every: "fortnight" is no interval; write "1 week", "10 days" or the like',
    ),
    "empty interval": (
        f'{BOOKED}repeat = {{ every = "0 days", count = 2 }}',
        'treatments[0].repeat.every: "0 days" is no interval; write "1 week", "10 days" or the like',
    ),
    "count": (
        f'{BOOKED}repeat = {{ every = "1 week", count = 0 }}',
        "treatments[0].repeat.count: 0 is out of range; use at least 1",
    ),
    "rrule by hours": (
        f'{BOOKED}repeat = {{ rrule = "FREQ=HOURLY" }}',
        (
            'treatments[0].repeat.rrule: "FREQ=HOURLY" is no rule by days, weeks, months or years; write it like '
            '"FREQ=WEEKLY;COUNT=4"'
        ),
    ),
    "rrule with a strange day": (
        f'{BOOKED}repeat = {{ rrule = "FREQ=WEEKLY;BYDAY=XX" }}',
        (
            'treatments[0].repeat.rrule: "FREQ=WEEKLY;BYDAY=XX" is no recurrence rule (invalid '
            "'BYDAY': XX); write it like "
            '"FREQ=WEEKLY;COUNT=4"'
        ),
    ),
    "rrule and count": (
        f'{BOOKED}repeat = {{ rrule = "FREQ=WEEKLY", count = 3 }}',
        "treatments[0].repeat: has an rrule and every, count or until; keep the rrule alone, or leave it out",
    ),
    "too many runs": (f"{INJURED}[goals]\nruns = 8", "goals.runs: 8 is out of range; use at most 7"),
    "fewer runs than none": (f"{INJURED}[goals]\nruns = -1", "goals.runs: -1 is out of range; use at least 0"),
    "runs as text": (
        f'{INJURED}[goals]\nruns = "3"',
        'goals.runs: "3" is not a whole number; write a whole number, without quotes',
    ),
    "goal mistyped": (
        f"{INJURED}[goals]\nrun = 3",
        'goals.run: "run" is not a key that is known here; did you mean "runs"?',
    ),
    "long run on no weekday": (
        f'{INJURED}[goals]\nruns = 3\nlong_run = "sonday"',
        'goals.long_run: "sonday" is no weekday; did you mean "sunday", "monday" or "tuesday"? (or false)',
    ),
    "long run true": (
        f"{INJURED}[goals]\nruns = 3\nlong_run = true",
        f"goals.long_run: true is no weekday; use {WEEKDAYS} (or false)",
    ),
    "more hard runs than runs": (
        f"{INJURED}[goals]\nruns = 1\nhard_runs = 2",
        "goals: hard_runs is 2, more than runs (1); they are some of the runs: ask for more runs",
    ),
    "hard and long run in one run": (
        f'{INJURED}[goals]\nruns = 1\nhard_runs = 1\nlong_run = "sunday"',
        (
            "goals: hard_runs is 1 and there is a long_run, more than runs (1); "
            "they are some of the runs: ask for more runs"
        ),
    ),
    "more hard rides than rides": (
        f"{INJURED}[goals]\nbikes = 1\nhard_bikes = 2",
        "goals: hard_bikes is 2, more than bikes (1); they are some of the rides: ask for more bikes",
    ),
    "long ride and spin class in one": (
        f"{INJURED}[goals]\nbikes = 2\nlong_rides = 1\nspin_classes = 1\nhard_bikes = 1",
        (
            "goals: long_rides is 1 and spin_classes is 1 and hard_bikes is 1, more than bikes (2); "
            "they are some of them: ask for more bikes"
        ),
    ),
    "rest days": (f"{INJURED}[goals]\nrest_days = 8", "goals.rest_days: 8 is out of range; use at most 7"),
    "priority": (
        f'{INJURED}[goals]\npriority = ["runs", "rides"]',
        'goals.priority: "rides" is no counted goal; did you mean "bikes"?',
    ),
    "start window": (
        f'{INJURED}[availability]\ndefault = "7-25"',
        'availability.default: "7-25" is no start window; write it as "07:00-08:30"',
    ),
    "weekday mistyped": (
        f"{INJURED}[availability]\nmonady = []",
        (
            'availability.monady: "monady" is neither a weekday, nor a date, nor "default"; did you '
            'mean "monday"? (or a date '
            "such as 2026-11-28)"
        ),
    ),
    "no such month": (
        f"{INJURED}[availability]\n2026-13-01 = []",
        (
            'availability.2026-13-01: "2026-13-01" is neither a weekday, nor a date, nor "default"; use default, '
            f"{WEEKDAYS} (or a date such as 2026-11-28)"
        ),
    ),
    "short easy run": (
        f"{INJURED}[fitness]\neasy_run_minutes = 4",
        "fitness.easy_run_minutes: 4 is out of range; use at least 5",
    ),
    "figure mistyped": (
        f"{INJURED}[fitness]\neasy_run = 30",
        'fitness.easy_run: "easy_run" is not a key that is known here; did you mean "easy_run_minutes"?',
    ),
    "health mistyped": (
        f"{INJURED}[health]\nblood_thiners = true",
        'health.blood_thiners: "blood_thiners" is not a key that is known here; did you mean "blood_thinners"?',
    ),
    "race without a date": (f'{INJURED}[[races]]\nname = "10K"', "races[0].date: is missing; it is required"),
    "race with a time in its date": (
        f"{INJURED}[[races]]\ndate = 2026-12-13T10:00:00",
        "races[0].date: 2026-12-13T10:00:00 has a time of day; write the date alone: 2026-11-24",
    ),
    "race with a strange start": (
        f'{INJURED}[[races]]\ndate = 2026-12-13\nstart = "ten"',
        'races[0].start: "ten" is not a time of day; write it without quotes: 09:30:00',
    ),
    "short race": (
        f"{INJURED}[[races]]\ndate = 2026-12-13\nminutes = 4",
        "races[0].minutes: 4 is out of range; use at least 5",
    ),
    "start and calendar": (
        f'{TREATED}start = 2026-11-24\ncalendar = "clinic.ics"',
        "treatments[0]: has both a start and a calendar; keep one of them, or write a second [[treatments]]",
    ),
    "match without a calendar": (
        f'{TREATED}start = 2026-11-24\nmatch = "needling"',
        'treatments[0]: has a match and no calendar to look into; give calendar = "clinic.ics", or leave it out',
    ),
    "repeat and calendar": (
        f'{TREATED}calendar = "clinic.ics"\nrepeat = {{ every = "1 week", count = 4 }}',
        "treatments[0]: has both a repeat and a calendar; leave the repeat out: the calendar says when",
    ),
    "calendar without a name": (
        f'{TREATED}calendar = " "',
        "treatments[0].calendar: is empty; write something, or leave the key out",
    ),
    "empty match": (
        f'{TREATED}calendar = "clinic.ics"\nmatch = ""',
        "treatments[0].match: is empty; write something, or leave the key out",
    ),
    "busy without a calendar": (
        f"{INJURED}[[busy]]\nbuffer_minutes = 15",
        (
            'busy[0]: has neither a calendar nor a start; give calendar = "work.ics", or start = 2026-11-24T09:30:00 '
            "and minutes = 60"
        ),
    ),
    "busy from a calendar and at a time": (
        f'{INJURED}[[busy]]\ncalendar = "work.ics"\nminutes = 60',
        "busy[0]: has both a calendar and a time of its own; write a second [[busy]] for the one of them",
    ),
    "busy without its minutes": (
        f"{INJURED}[[busy]]\nstart = 2026-11-24T09:30:00",
        "busy[0]: does not say how long it lasts; give start = 2026-11-24T09:30:00 and minutes = 60",
    ),
    "busy on a whole day": (
        f"{INJURED}[[busy]]\nstart = 2026-11-24\nminutes = 60",
        "busy[0].start: 2026-11-24 has no time of day; write 2026-11-24T09:30:00; whole days stand in [[away]]",
    ),
    "busy for longer than a week": (
        f"{INJURED}[[busy]]\nstart = 2026-11-24T09:30:00\nminutes = 10081",
        "busy[0].minutes: 10081 is out of range; use at most 10080",
    ),
    "busy at a time, and a match": (
        f'{INJURED}[[busy]]\nstart = 2026-11-24T09:30:00\nminutes = 10080\nmatch = "shift"',
        "busy[0]: has match and no calendar to look into; take match out",
    ),
    "buffer below nothing": (
        f'{INJURED}[[busy]]\ncalendar = "work.ics"\nbuffer_minutes = -1',
        "busy[0].buffer_minutes: -1 is out of range; use at least 0",
    ),
    "buffer of a working day": (
        f'{INJURED}[[busy]]\ncalendar = "work.ics"\nbuffer_minutes = 481',
        "busy[0].buffer_minutes: 481 is out of range; use at most 480",
    ),
    "busy calendars as a list of names": (
        f'busy = ["work.ics"]\n{INJURED}',
        'busy[0]: "work.ics" is not a table; write it as a TOML table',
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_said_in_one_line(mistake: str) -> None:
    """File, field, the bad value, and what would be right."""
    text, expected = MISTAKES[mistake]
    assert mistakes(text) == [f"case.toml: {expected}"]


def test_an_unknown_name_with_nothing_near_names_a_few() -> None:
    """Nobody wants to read two hundred names of regions."""
    (said,) = mistakes(f'{ZONE}[injury]\nregion = "xyzzy"')
    assert said.startswith('case.toml: injury.region: "xyzzy" is no region; use ')
    assert len(said) < 200


def test_a_treatment_of_an_unknown_kind_is_answered_with_the_nearest() -> None:
    """A near miss finds everyday names too."""
    (said,) = mistakes(BOOKED.replace("dry_needling", "dry neddling"))
    assert said.startswith('case.toml: treatments[0].kind: "dry neddling" is no treatment; did you mean "dry needling"')


def test_several_mistakes_are_all_said_at_once() -> None:
    """Nobody mends a file one error at a time."""
    text = BOOKED.replace("calf", "hel").replace("America/New_York", "New_Yorck")
    assert mistakes(f'caution = "x"\n{text}[injury]\nregion = "calv"\n[goals]\nruns = 9\nbike = 1\n') == [
        'case.toml: timezone: "New_Yorck" is no IANA time zone; did you mean "America/New_York"?',
        'case.toml: caution: "x" is not one of the choices; use "permissive", "standard" or "strict"',
        'case.toml: injury.region: "calv" is no region; did you mean "calves"?',
        'case.toml: treatments[0].region: "hel" is no region; did you mean "heel"?',
        "case.toml: goals.runs: 9 is out of range; use at most 7",
        'case.toml: goals.bike: "bike" is not a key that is known here; did you mean "bikes"?',
    ]


def test_a_start_that_is_a_number_is_a_mistake() -> None:
    """5 is no date."""
    assert len(mistakes(f"{TREATED}start = 5")) == 1


def test_a_start_that_is_a_time_alone_is_one_mistake() -> None:
    """09:30:00 without a date is said once."""
    assert len(mistakes(f"{TREATED}start = 09:30:00")) == 1


# -------------------------------------------------------------------------------------------------------- defaults


def test_a_case_needs_only_a_zone_and_an_injury() -> None:
    """Everything else has a default that a sensible coach would choose."""
    case = parse_case(INJURED, "case.toml", shipped_rulebook())
    assert (case.name, case.caution, case.treatments, case.races) == ("", "standard", (), ())
    assert case.injury == (Injury(region="calf", side=None, severity="moderate", tissue=None),)
    assert case.health.blood_thinners is False
    assert (case.goals.runs, case.goals.bikes, case.goals.upper_body) == (3, 2, 2)
    assert (case.goals.long_run, case.goals.rest_days) == (False, 1)


def test_a_case_needs_only_a_zone_and_a_treatment() -> None:
    """What is treated then counts as moderately injured."""
    case = parse_case(BOOKED, "case.toml", shipped_rulebook())
    assert case.injury == ()
    assert injuries(case, shipped_rulebook()) == (Injury(region="calf", severity="moderate"),)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, (3, 2, 2)),
        ({"rest_days": 2}, (3, 2, 2)),
        ({"runs": 4}, (4, 0, 0)),
        ({"runs": 0}, (0, 0, 0)),
        ({"swims": 2}, (0, 0, 0)),
    ],
)
def test_the_usual_goals_stand_in_only_where_none_is_given(given: dict[str, Any], expected: tuple[int, ...]) -> None:
    """Whoever names one kind of workout means no others."""
    goals = Goals(**given)
    assert (goals.runs, goals.bikes, goals.upper_body) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"upper_body": 1, "runs": 2}, ["upper_body", "runs"]),
        ({"runs": 2, "long_run": "sunday", "bikes": 1}, ["runs", "bikes"]),
        ({"runs": 2, "bikes": 1, "priority": ("bikes",)}, ["bikes", "runs"]),
    ],
)
def test_the_order_of_goals_is_their_priority(given: dict[str, Any], expected: list[str]) -> None:
    """The order in which they are written, unless `priority` says another."""
    goals = Goals(**given)
    assert [goal for goal in goals.priority if getattr(goals, goal)] == expected


@pytest.mark.parametrize(
    ("fitness", "expected"),
    [
        ({}, {"easy_run_minutes": 30, "longest_run_minutes": 45, "race_minutes": 45, "bike_minutes": 45}),
        ({"easy_run_minutes": 50}, {"easy_run_minutes": 50, "longest_run_minutes": 75, "race_minutes": 75}),
        ({"longest_run_minutes": 90}, {"easy_run_minutes": 30, "longest_run_minutes": 90, "race_minutes": 90}),
    ],
)
def test_a_coach_guesses_what_fitness_does_not_say(fitness: dict[str, int], expected: dict[str, int]) -> None:
    """The longest run is half as long again as the easy one."""
    found = usual_minutes(case_of(injury={"region": "calf"}, fitness=fitness), shipped_rulebook(), MONDAY)
    assert {key: found[key] for key in expected} == expected


def test_what_was_guessed_is_noted_in_the_plan() -> None:
    """The plan says which defaults it took, and says nothing where the case says all."""
    guessed = plan(case_of(injury={"region": "elbow"}), shipped_rulebook(), today=MONDAY).notes
    told = case_of(
        injury={"region": "elbow", "severity": "mild"},
        goals={"runs": 2},
        availability={"default": "07:00-08:30"},
        fitness={"easy_run_minutes": 40, "longest_run_minutes": 60},
    )
    said = plan(told, shipped_rulebook(), today=MONDAY).notes
    assert len([note for note in guessed if "Taken for granted" in note]) == 4
    assert [note for note in said if "Taken for granted" in note] == []


def test_the_defaults_of_single_days_are_noted_too() -> None:
    """Where a case names some weekdays only, the usual windows are taken for the others."""
    case = case_of(injury={"region": "elbow"}, availability={"monday": "07:00-08:00", "2026-11-28": []})
    notes = [note for note in plan(case, shipped_rulebook(), today=MONDAY).notes if "availability" in note]
    days = "tuesday, wednesday, thursday, friday, saturday and sunday"
    assert notes == [f"Taken for granted, as [availability] does not say: the usual windows on {days}."]


# -------------------------------------------------------------------------------------------- everyday names, plan


@pytest.mark.parametrize(
    ("kind", "region", "expected"),
    [
        ("dry needling", "heel", ("dry_needling", "plantar_fascia")),
        ("Dry Needling", "Calf Muscle", ("dry_needling", "calf")),
        ("TDN", "runner's knee", ("dry_needling", "knee")),
        ("dry-needling", "IT band", ("dry_needling", "itb")),
        ("dry_needling", "low_back", ("dry_needling", "low_back")),
        ("  dry   needling ", "low back", ("dry_needling", "low_back")),
        ("some dry needling", "my heel, plantar fasciitis", ("dry_needling", "plantar_fascia")),
        ("dry needling", "the heel (plantar fascia)", ("dry_needling", "plantar_fascia")),
    ],
)
def test_everyday_names_are_understood(kind: str, region: str, expected: tuple[str, str]) -> None:
    """Case, hyphens, underscores and spaces do not matter."""
    text = BOOKED.replace('"dry_needling"', f'"{kind}"').replace('"calf"', f'"{region}"')
    (entry,) = parse_case(text, "case.toml", shipped_rulebook()).treatments
    assert (entry.kind, entry.region) == expected


def test_a_treatment_may_say_where_it_is() -> None:
    """`needling in my left calf` is a kind, a region and a side."""
    text = BOOKED.replace('kind = "dry_needling"\nregion = "calf"', 'kind = "needling in my left calf"')
    (entry,) = parse_case(text, "case.toml", shipped_rulebook()).treatments
    assert ("dry_needling", "calf", "left") == (entry.kind, entry.region, entry.side)


def test_parts_that_mean_different_things_are_not_guessed() -> None:
    """Knee or calf: which of the two is for the person to say."""
    with pytest.raises(InputError, match=r'"knee, calf" is no region'):
        parse_case(INJURED.replace('region = "calf"', 'region = "knee, calf"'), "case.toml", shipped_rulebook())


def test_an_empty_case_names_all_that_is_missing() -> None:
    """Where the person lives, and what is hurt or treated, each with what to write."""
    with pytest.raises(InputError) as error:
        parse_case("", "case.toml", shipped_rulebook())
    zone, hurt = str(error.value).splitlines()
    assert 'timezone: is missing; write timezone = "Europe/Berlin"' in zone
    assert "names neither an injury nor a treatment" in hurt


def test_a_treatment_without_a_region_treats_the_injury() -> None:
    """With one injury there is no doubt."""
    case = case_of(injury={"region": "heel"}, treatments=[{"kind": "TDN", "start": datetime(2026, 11, 24, 9)}])
    (one,) = appointments(case, shipped_rulebook(), date(2026, 12, 1))
    assert (one.region, one.tissues, one.severity) == ("plantar_fascia", ("muscle",), "moderate")


def test_a_plan_understands_everyday_names_of_a_case_made_in_python() -> None:
    """A case that was not held against a rulebook is when it is planned."""
    case = Case.model_validate({"timezone": "UTC", "injury": {"region": "heel"}})
    named = Case.model_validate({"timezone": "UTC", "injury": {"region": "plantar_fascia"}})
    made = [plan(one, shipped_rulebook(), today=MONDAY) for one in (case, named)]
    assert [workout.start for workout in made[0].workouts] == [workout.start for workout in made[1].workouts]


def test_a_plan_of_an_unknown_region_is_an_input_error() -> None:
    """A case made in Python is refused with the same sentence as one out of a file."""
    case = Case.model_validate({"timezone": "UTC", "injury": {"region": "calve"}})
    with pytest.raises(InputError) as caught:
        plan(case, shipped_rulebook(), today=MONDAY)
    assert 'injury[0].region: "calve" is no region; did you mean' in str(caught.value)


def test_a_case_does_not_change() -> None:
    """Cases are values."""
    with pytest.raises(ValidationError, match="frozen"):
        setattr(case_of(injury={"region": "calf"}), "name", "Someone else")  # noqa: B010 (a type checker knows, too)


# ---------------------------------------------------------------------------------------------------------- repeats


@pytest.mark.parametrize(
    ("start", "repeat", "expected"),
    [
        (date(2026, 11, 24), None, ["2026-11-24"]),
        (date(2026, 11, 24), {"every": "1 week", "count": 3}, ["2026-11-24", "2026-12-01", "2026-12-08"]),
        (date(2026, 11, 24), {"every": "week", "count": 2}, ["2026-11-24", "2026-12-01"]),
        (
            date(2026, 11, 24),
            {"every": "10 days", "until": date(2026, 12, 14)},
            ["2026-11-24", "2026-12-04", "2026-12-14"],
        ),
        (date(2026, 11, 24), {"every": "10 days", "until": date(2026, 12, 13)}, ["2026-11-24", "2026-12-04"]),
        (date(2026, 11, 24), {"every": "2 weeks", "until": date(2026, 11, 23)}, []),
        (datetime(2026, 11, 24, 9), {"rrule": "FREQ=WEEKLY;COUNT=2"}, ["2026-11-24", "2026-12-01"]),
        (
            datetime(2026, 11, 24, 9),
            {"rrule": "RRULE:freq=weekly;byday=tu,th;count=3"},
            ["2026-11-24", "2026-11-26", "2026-12-01"],
        ),
        (datetime(2026, 11, 24, 9), {"rrule": "FREQ=WEEKLY;UNTIL=20261201T140000Z"}, ["2026-11-24", "2026-12-01"]),
        (date(2026, 11, 24), {"rrule": "FREQ=MONTHLY"}, ["2026-11-24", "2026-12-24"]),
    ],
)
def test_a_series_is_spread_out(start: date, repeat: dict[str, Any] | None, expected: list[str]) -> None:
    """By count, by its last date, or by a rule of RFC 5545; an endless one up to the date that is looked at."""
    case = case_of(treatments=[needled(start, repeat=repeat)])
    found = appointments(case, shipped_rulebook(), date(2026, 12, 31))
    assert [one.day.isoformat() for one in found] == expected


@pytest.mark.parametrize(("until", "expected"), [(date(2026, 12, 8), 3), (date(2026, 12, 7), 2)])
def test_a_series_is_looked_at_up_to_a_date_with_that_date(until: date, expected: int) -> None:
    """What begins later is not there."""
    case = case_of(treatments=[needled(datetime(2026, 11, 24, 23, 30), repeat={"every": "1 week", "count": 9})])
    assert len(appointments(case, shipped_rulebook(), until)) == expected


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("America/New_York", datetime(2026, 10, 20, 9, 30)),
        ("Europe/Berlin", datetime(2027, 3, 16, 9, 30)),
        ("Australia/Lord_Howe", datetime(2026, 9, 22, 9, 30)),
    ],
)
@pytest.mark.parametrize("repeat", [{"every": "1 week", "count": 4}, {"rrule": "FREQ=WEEKLY;COUNT=4"}])
def test_a_series_keeps_its_local_time_across_a_clock_change(
    zone: str, start: datetime, repeat: dict[str, Any]
) -> None:
    """Half past nine stays half past nine, and the sessions are not all 168 hours apart."""
    case = case_of(timezone=zone, treatments=[needled(start, repeat=repeat)])
    found = appointments(case, shipped_rulebook(), date(2027, 12, 31))
    assert [one.start.time() for one in found] == [time(9, 30)] * 4
    apart = {(b.start.astimezone(UTC) - a.start.astimezone(UTC)) for a, b in itertools.pairwise(found)}
    assert len(apart) == 2


def test_a_series_that_was_given_with_an_offset_keeps_its_local_time_too() -> None:
    """TOML lets people write 09:30:00-04:00; a weekly appointment is still at 9:30 by the clock."""
    aware = datetime.fromisoformat("2026-10-27T09:30:00-04:00")
    case = case_of(treatments=[needled(aware, repeat={"every": "1 week", "count": 2})])
    found = appointments(case, shipped_rulebook(), date(2026, 12, 31))
    assert [one.start.time() for one in found] == [time(9, 30)] * 2


def test_a_rule_with_an_end_goes_with_a_start_with_an_offset() -> None:
    """What the case file accepts can be planned."""
    aware = datetime.fromisoformat("2026-10-27T09:30:00-04:00")
    case = case_of(treatments=[needled(aware, repeat={"rrule": "FREQ=WEEKLY;UNTIL=20261110T235900Z"})])
    assert len(appointments(case, shipped_rulebook(), date(2026, 12, 31))) == 3


def test_treatments_stand_in_order_of_time_whatever_their_order_in_the_case() -> None:
    """And so do their numbers, which reasons refer to."""
    entries = [needled(datetime(2026, 11, day, 9), "calf") for day in (26, 24, 25)]
    found = appointments(case_of(treatments=entries), shipped_rulebook(), date(2026, 12, 1))
    assert [(one.day.day, one.entry) for one in found] == [(24, 1), (25, 2), (26, 0)]


def test_the_length_of_a_treatment_is_its_kinds_unless_given() -> None:
    """Dry needling lasts half an hour."""
    entries = [needled(datetime(2026, 11, 24, 9)), needled(datetime(2026, 11, 25, 9), minutes=45)]
    found = appointments(case_of(treatments=entries), shipped_rulebook(), date(2026, 12, 1))
    assert [one.end - one.start for one in found] == [timedelta(minutes=30), timedelta(minutes=45)]


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        ({"runs": 1}, ["bike_easy", "upper_body"]),
        ({"runs": 1, "swims": 1}, ["bike_easy", "aqua_run", "swim_pull", "upper_body"]),
        ({"runs": 1, "bikes": 0}, ["upper_body"]),
        ({"runs": 1, "bikes": 1}, ["bike_easy", "upper_body"]),
        ({"runs": 1, "bikes": 0, "upper_body": 0}, []),
    ],
)
def test_what_may_stand_in_for_a_run(goals: dict[str, int], expected: list[str]) -> None:
    """Rides and arms, unless the person writes that they want none; water only for those who ask for swims."""
    forms = wishes(case_of(injury={"region": "calf"}, goals=goals), shipped_rulebook(), MONDAY).forms
    assert expected == [form.workout for form in forms if form.role == "substitute"]


@pytest.mark.parametrize(
    ("city", "expected"),
    [("Munich", "Europe/Berlin"), ("new york", "America/New_York"), ("San Francisco", "America/Los_Angeles")],
)
def test_a_city_stands_for_its_time_zone(city: str, expected: str) -> None:
    """Be it one that a zone is named after or not."""
    assert expected == parse_case(INJURED.replace("America/New_York", city), "case.toml", shipped_rulebook()).timezone


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ('"1 Dec 2026 9:30"', "2026-12-01 09:30:00"),
        (
            '"tomorrow"',
            'case.toml: treatments[0].start: "tomorrow" is another day whenever it is read; write 2026-11-24, without',
        ),
        ('"tuesday 9:30"', "write 2026-11-24T09:30:00, without quotes"),
        ("24.11.2026", "write 2026-11-24 on line "),
        ("tomorrow", 'put what is text in quotes, or mend that line: "tomorrow"'),
        ("2026-12-03T9:30:00", "write 2026-12-03T09:30:00 on line "),
    ],
)
def test_a_date_in_words_is_one_where_it_is_the_same_whenever_it_is_read(start: str, expected: str) -> None:
    """Else the date to write is said, and TOML's two digits of an hour too."""
    text = BOOKED.replace("2026-11-24T09:30:00", start)
    assert text != BOOKED
    try:
        said = str(parse_case(text, "case.toml", shipped_rulebook(), date(2026, 11, 23)).treatments[0].start)
    except InputError as error:
        said = str(error)
    assert expected in said
