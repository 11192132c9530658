"""The texts of events to the letter: what stands at the door, what is left out first, and where each limit lies."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from planner.clock import Minutes
from planner.results.bent import ChangeReason, SessionChange, SessionSource
from planner.results.coached import ReadSession
from planner.results.plan import Because, Reason, Unplaced
from planner.rulebook.figures import Check
from planner.wording.plan.event_texts import (
    AT_THE_DOOR,
    NOTE,
    NOTE_WITH_DETAILS,
    WITH_DETAILS,
    calendar_name,
    nothing_description,
    nothing_summary,
    private_description,
    private_summary,
    treatment_description,
    workout_description,
    workout_summary,
)
from planner.wording.plan.session_texts import session_description, session_summary
from tests.plans import a_needling, a_run, week

NEW_YORK = ZoneInfo("America/New_York")
AS_IT_WAS = " (the steps are those of the session as it was)"
EASY = "Effort: easy, you can talk in whole sentences."


def reason(rule: str = "general.rule", why: str = "", **data: Any) -> Reason:
    """Return a reason of expert advice."""
    fields = {"title": "A rule", "text": "", "evidence": "C", "why": why}
    return Reason(rule=rule, **{**fields, **data})


def test_a_workout_without_anything_to_say_has_its_effort() -> None:
    """And the intervals of a stage, where it has any."""
    assert workout_description(a_run()) == EASY
    staged = a_run(intervals="5 \u00d7 (1 min walk, 4 min run)")
    assert workout_description(staged) == f"{EASY} 5 \u00d7 (1 min walk, 4 min run)."
    assert private_description(staged) == f"{EASY} 5 \u00d7 (1 min walk, 4 min run)."
    assert private_description(a_run(check="no limp", reasons=(reason(why="Because."),))) == EASY


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"check": "no limp"}, "Before you start: no limp. If not: rest."),
        (
            {"check": "no limp", "otherwise_title": "Easy bike ride"},
            "Before you start: no limp. If not: easy bike ride instead.",
        ),
        (
            {"check": "no limp", "otherwise_title": "Easy bike ride", "workout": "race"},
            "Before you start: no limp. If not: do not start.",
        ),
        (
            {"check": "no cough", "otherwise_title": "Walk", "conditions": Check(no_chest_symptom=True)},
            "Before you start: no cough. If not: do not train, and get medical help at once.",
        ),
    ],
)
def test_the_check_says_what_to_do_if_it_fails(data: dict[str, Any], expected: str) -> None:
    """Another workout is done instead; what is no workout is not."""
    assert workout_description(a_run(**data)) == f"{EASY}\n{expected}"


def test_the_questions_of_the_day_stand_before_the_reason() -> None:
    """Each on its line, then the title of the main reason, and below what it rests on."""
    why = reason(why="It heals. It takes days.", title="No hills")
    text = workout_description(a_run(kind="bike", reasons=(why,)), ["Any fever?", "Any cough?"])
    assert (
        text
        == f"{EASY}\nToday: Any fever?\nToday: Any cough?\nWhy: No hills.\n\n- Expert advice: It heals. It takes days."
    )


@pytest.mark.parametrize(("spare", "shown"), [(0, True), (-1, False)])
def test_the_reason_is_left_out_at_the_door_where_there_is_no_room(spare: int, shown: bool) -> None:
    """400 characters are read at the door: at 401 the title stands below, with its reason."""
    title = "t" * (AT_THE_DOOR - len(f"{EASY}\nWhy: .") - spare)
    text = workout_description(a_run(kind="bike", reasons=(reason(title=title, why="It heals."),)))
    door, _, below = text.partition("\n\n")
    assert (f"Why: {title}." in door) == shown
    assert below == ("- Expert advice: It heals." if shown else f"- Expert advice: {title}. It heals.")
    assert len(door) == (AT_THE_DOOR if shown else len(EASY))


def test_reasons_stand_under_what_they_are_about_and_say_nothing_twice() -> None:
    """The main one first; a wish, and what holds on every day, is left to `planner why`."""
    needling = {"treatment": 0, "about": "Dry needling (calf) on Tue 24 Nov"}
    massage = {"treatment": 1, "about": "Massage (calf) on Wed 25 Nov"}
    reasons = (
        reason("a.first", "It heals. It hurts.", title="First day", **needling),
        reason("a.second", "It hurts. It swells!", title="Second day", evidence="A", **needling),
        reason("b.third", "It aches", title="Third day", evidence="D", **massage),
        reason("c.standing", "Each day.", title="Always", standing=True),
        reason("preferences.wish", "You want it.", title="A wish"),
        reason("d.silent", "", title="No why"),
        reason("e.fifth", "It heals.", title="First day"),
        reason("f.sixth", "It rests.", title="Sixth", about="Nobody's"),
        reason("g.seventh", "It rests on.", title="Seventh", **massage),
    )
    assert workout_description(a_run(kind="bike", reasons=reasons)).splitlines() == [
        EASY,
        "Why: First day.",
        "",
        "Dry needling (calf) on Tue 24 Nov:",
        "- Expert advice: It heals. It hurts.",
        "- From trials or a drug label: Second day. It swells!",
        "Massage (calf) on Wed 25 Nov:",
        "- One person's experience: Third day. It aches.",
        "- Expert advice: Sixth. It rests.",
        "Massage (calf) on Wed 25 Nov:",
        "- Expert advice: Seventh. It rests on.",
    ]


def test_the_main_reason_of_a_run_comes_first_and_is_told_though_it_holds_on_every_day() -> None:
    """Of a run the way back is told before anything else."""
    reasons = (reason("a.rule", "Other."), reason("training.back", "Slowly.", title="Back", standing=True))
    text = workout_description(a_run(reasons=reasons))
    assert text == f"{EASY}\nWhy: Back.\n\n- Expert advice: Slowly.\n- Expert advice: A rule. Other."


@pytest.mark.parametrize(("spare", "shown"), [(0, True), (-1, False)])
def test_a_reason_that_does_not_fit_is_left_out_whole(spare: int, shown: bool) -> None:
    """1,000 characters in all; a shorter one behind it still has its place."""
    door = f"{EASY}\nWhy: First."
    first = "- Expert advice: It heals."
    room = WITH_DETAILS - len(door) - 2 - len(first) - 1
    long = "x" * (room - len("- Expert advice: Long. .") - spare)
    reasons = (reason(title="First", why="It heals."), reason(title="Long", why=long), reason(title="S", why="T."))
    text = workout_description(a_run(kind="bike", reasons=reasons))
    assert (long in text) == shown
    assert text.endswith(long + "." if shown else "- Expert advice: S. T.")
    assert len(text) == (WITH_DETAILS if shown else len(f"{door}\n\n{first}\n- Expert advice: S. T."))


def test_titles_hold_the_minutes_whatever_they_are_called() -> None:
    """Cut to what Outlook shows, with the minutes whole; without a name it is a workout."""
    assert workout_summary(a_run()) == "Easy run \u00b7 40 min"
    assert workout_summary(a_run(title=" ")) == "Workout \u00b7 40 min"
    long = workout_summary(a_run(title="x" * 300))
    assert (len(long), long[-12:]) == (255, "xx\u2026 \u00b7 40 min")
    assert private_summary(a_run(title="x")) == "Run \u00b7 40 min"


def test_a_calendar_is_called_after_its_case() -> None:
    """As far as there is room, and without a name by what it is."""
    assert calendar_name("Anna") == "Anna \u2013 training plan"
    assert calendar_name("") == "Training plan"
    assert (len(calendar_name("x" * 300)), calendar_name("x" * 300)[-18:]) == (255, "x\u2026 \u2013 training plan")


def advice(text: str, **data: Any) -> Reason:
    """Return what is to be minded around a treatment."""
    return reason(text=text, **data)


def test_a_note_holds_what_is_to_be_minded_in_its_order_once() -> None:
    """With what the treatment is, and whose word comes first where no rule says so."""
    note = treatment_description(a_needling(aftercare=(advice("Rest"), advice("Drink."), advice("Rest"))), NEW_YORK)
    head = "Dry needling, calf, 09:30 to 10:15."
    assert note == f"{head} Your clinician's word comes before every line here.\n- Rest.\n- Drink."
    said = a_needling(aftercare=(advice("Rest."), advice("Ask.", rule="general.clinician_first")))
    assert treatment_description(said, NEW_YORK) == f"{head}\n- Rest.\n- Ask."


def test_a_note_says_where_the_time_is_not_known() -> None:
    """Of a whole day; times are those of the plan's zone."""
    day = a_needling(start=date(2026, 11, 24), end=date(2026, 11, 25), region="plantar_fascia")
    assert treatment_description(day, NEW_YORK).startswith("Dry needling, plantar fascia, time of day not known. Your")
    assert "15:30 to 16:15" in treatment_description(a_needling(), ZoneInfo("Europe/Berlin"))


HEAD = "Dry needling, calf, 09:30 to 10:15. Your clinician's word comes before every line here."


@pytest.mark.parametrize(("spare", "first"), [(0, True), (-1, False)])
def test_what_does_not_fit_in_the_first_part_of_a_note_stands_below(spare: int, first: bool) -> None:
    """700 characters; what is for safety stands in the first part however long that is."""
    long = "x" * (NOTE - len(HEAD) - len("\n- .") - spare)
    note = treatment_description(a_needling(aftercare=(advice(long),)), NEW_YORK)
    assert note == (f"{HEAD}\n- {long}." if first else f"{HEAD}\n\n- {long}.")
    safe = treatment_description(a_needling(aftercare=(advice("Drink."), advice(long, safety=True))), NEW_YORK)
    assert safe == f"{HEAD}\n- {long}.\n\n- Drink."


@pytest.mark.parametrize(("spare", "shown"), [(0, True), (-1, False)])
def test_what_does_not_fit_in_a_note_at_all_is_left_out(spare: int, shown: bool) -> None:
    """1,400 characters; a shorter line behind it still has its place."""
    safe = "s" * (NOTE - len(HEAD) - len("\n- ."))
    long = "x" * (NOTE_WITH_DETAILS - NOTE - len("\n\n- .") - spare)
    note = treatment_description(
        a_needling(aftercare=(advice(safe, safety=True), advice(long), advice("Rest."))), NEW_YORK
    )
    below = f"- {long}." if shown else "- Rest."
    assert note == f"{HEAD}\n- {safe}.\n\n{below}"


@pytest.mark.parametrize(
    ("last", "changes", "expected"),
    [
        (date(2026, 11, 29), {}, "Nothing planned this week"),
        (date(2026, 12, 6), {}, "Nothing planned for 2 weeks"),
        (date(2026, 12, 5), {}, "Nothing planned this week"),
        (date(2026, 11, 29), {"cleared": True}, "Training paused: please read"),
    ],
)
def test_a_plan_without_events_says_so_in_one(last: date, changes: dict[str, Any], expected: str) -> None:
    """For how many weeks; a private file does not say that training is paused."""
    plan = week(to=last, **changes)
    assert nothing_summary(plan) == expected
    assert nothing_summary(plan, private=True) == expected.replace(
        "Training paused: please read", "Nothing planned this week"
    )


def test_the_note_of_an_empty_plan_says_what_stood_in_the_way() -> None:
    """What is to be asked first, then each kind with its reasons."""
    because = Because(kind="rule", rule="a.rule", text="the first day")
    unplaced = Unplaced(week=date(2026, 11, 23), kind="upper_body", asked=2, placed=0, because=(because,))
    expected = "Ask a doctor.\nupper body: 0 of 2\n- the first day"
    assert nothing_description(week(alerts=("Ask a doctor.",), unplaced=(unplaced,))) == expected
    nothing = "No workout was asked for or fits, and no treatment has anything to mind around it."
    assert nothing_description(week()) == nothing


def source(title: str = "6x1000m", text: str = " Warm up first. ") -> SessionSource:
    """Return a session as its coach has it."""
    start = a_run().start
    read_as = ReadSession(workout="run_hard", minutes=Minutes(60), minutes_from="title")
    return SessionSource(
        calendar="coach.ics",
        line=4,
        uid="a",
        part=0,
        title=title,
        text=text,
        start=start,
        minutes=Minutes(60),
        read_as=read_as,
    )


def eased(*kinds: str) -> SessionChange:
    """Return how a session was changed, and why."""
    because = ChangeReason(rule="a.rule", text="It heals.")
    return SessionChange(kinds=kinds, points=10, text="Easy instead", reasons=(because,))


@pytest.mark.parametrize(
    ("title", "change", "expected"),
    [
        ("6x1000m", None, "6x1000m"),
        ("", None, "Easy run \u00b7 40 min"),
        ("6x1000m", eased("ease"), "Easy run \u00b7 40 min (was: 6x1000m)"),
        ("", eased("ease"), "Easy run \u00b7 40 min"),
        ("x" * 300, eased("ease"), f"Easy run \u00b7 40 min (was: {'x' * 229}\u2026)"),
    ],
)
def test_the_title_of_a_session_is_its_coach_s_or_says_what_it_was(
    title: str, change: SessionChange | None, expected: str
) -> None:
    """Cut to what Outlook shows."""
    found = session_summary(a_run(change=change), source(title))
    assert found == expected
    assert len(found) <= 255


@pytest.mark.parametrize(
    ("data", "questions", "expected"),
    [
        ({}, (), "Warm up first."),
        ({"hint": "in the evening"}, (), "Today: in the evening.\n\nFrom your coach:\nWarm up first."),
        (
            {"check": "no limp"},
            (),
            f"{EASY}\nBefore you start: no limp. If not: rest.\n\nFrom your coach:\nWarm up first.",
        ),
        ({}, ("Any fever?",), f"{EASY}\nToday: Any fever?\n\nFrom your coach:\nWarm up first."),
        (
            {"change": eased("ease", "move")},
            (),
            f"Easy instead. It heals.\n\n{EASY}\n\nFrom your coach{AS_IT_WAS}:\nWarm up first.",
        ),
        (
            {"change": eased("move")},
            (),
            f"Easy instead. It heals.\n\n{EASY}\n\nFrom your coach:\nWarm up first.",
        ),
    ],
)
def test_the_text_of_a_session_says_first_what_was_changed_and_then_what_its_coach_says(
    data: dict[str, Any], questions: tuple[str, ...], expected: str
) -> None:
    """Where the steps are not those to do any more, it says so."""
    assert session_description(a_run(**data), source(), questions) == expected


def test_a_session_of_which_its_coach_says_nothing_says_nothing_of_a_coach() -> None:
    """Nor does one that stays as it is."""
    assert session_description(a_run(), source(text=" ")) == ""
    assert session_description(a_run(change=eased("ease")), source(text=" ")) == f"Easy instead. It heals.\n\n{EASY}"
