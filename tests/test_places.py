"""Names that say a part of the body and its tissue, words that may mean several, sides, and bone that is graded."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from planner import Case, plan, shipped_rulebook, to_ical, why
from planner.appointments.appointment import appointments
from planner.calendars.write.memory import read_memory
from planner.case.places import injuries_at
from planner.limits.rule_windows import windows_of
from planner.results.answer import Answer
from planner.rulebook.kinds import AmbiguousName
from planner.rulebook.scales import Side
from planner.wording.signs import OTHER_RULEBOOK, ambiguity_sentence, which_place
from tests.cases import case_of

pytestmark = pytest.mark.once

RULEBOOK = shipped_rulebook()
MONDAY = date(2026, 11, 23)
OPEN = {"default": "00:00-23:59"}


def injured(region: str, severity: str = "moderate", **more: object) -> Case:
    """Return a case with one injury."""
    return case_of(injury={"region": region, "severity": severity, **more}, availability=OPEN)


def verdict_of(case: Case, workout: str, day: date = MONDAY) -> str:
    """Return the verdict on a workout at seven on a morning."""
    return verdict_at(case, workout, datetime(day.year, day.month, day.day, 7))


def verdict_at(case: Case, workout: str, at: datetime) -> str:
    """Return the verdict on a workout at a local time."""
    answer = why(case, RULEBOOK, at, workout, today=at.date())
    assert isinstance(answer, Answer)
    return answer.verdict


@pytest.mark.parametrize(
    ("name", "region", "tissue"),
    [
        ("jumper's knee", "patellar_tendon", "tendon"),
        ("peroneals", "peroneal_tendon", "tendon"),
        ("tibialis posterior", "tibialis_posterior", "tendon"),
        ("proximal hamstring", "upper_hamstring", "tendon"),
        ("hamstring", "hamstring", "muscle"),
        ("shin splints", "shin_splints", "bone"),
        ("big toe", "toes", "joint"),
        ("femoral neck", "bone_femoral_neck", "bone"),
        ("deltoid", "shoulder", "muscle"),
        ("rotator cuff", "shoulder", "tendon"),
        ("shoulder", "shoulder", "joint"),
        ("TFL", "itb", "muscle"),
        ("rib stress fracture", "bone_rib", "bone"),
    ],
)
def test_an_everyday_name_says_its_region_and_its_tissue(name: str, region: str, tissue: str) -> None:
    """The injury is at that region, and rules about that tissue speak about it."""
    (injury,) = injured(name).injury
    assert (injury.region, injury.tissue or RULEBOOK.regions[region].tissue) == (region, tissue)


def test_a_tissue_that_is_said_goes_before_the_one_in_the_name() -> None:
    """`tissue` beside the name is what counts."""
    (injury,) = injured("deltoid", tissue="joint").injury
    assert (injury.region, injury.tissue) == ("shoulder", "joint")


@pytest.mark.parametrize(("region", "verdict"), [("peroneals", "limited"), ("fibula", "ruled_out")])
def test_a_tendon_of_the_lower_leg_is_no_uncleared_bone(region: str, verdict: str) -> None:
    """A sore peroneal tendon may run by its pain, a stressed fibula may not run at all."""
    assert verdict_of(injured(region), "run_easy") == verdict


@pytest.mark.parametrize(("days", "verdict"), [(13, "ruled_out"), (15, "allowed")])
def test_a_steroid_at_the_patellar_tendon_waits_as_for_a_tendon(days: int, verdict: str) -> None:
    """14 days, where the joint would have 5."""
    treatment = {"kind": "steroid injection", "region": "patellar tendon", "start": datetime(2026, 11, 2, 6)}
    case = case_of(treatments=[treatment], availability=OPEN)
    found = verdict_of(case, "run_walk", date(2026, 11, 2) + timedelta(days=days))
    assert (found == "ruled_out") == (verdict == "ruled_out")


@pytest.mark.parametrize("key", RULEBOOK.ambiguous_names)
def test_an_ambiguous_word_is_taken_as_one_part_and_the_others_are_named(key: str) -> None:
    """A plan says what else it may be, and asks the question that tells a bone."""
    word: AmbiguousName = RULEBOOK.ambiguous_names[key]
    case = injured(key.replace("_", " "))
    assert case.injury[0].region == word.means
    assert ambiguity_sentence(key, RULEBOOK) in plan(case, RULEBOOK, today=MONDAY).notes
    for region in word.could_be:
        assert RULEBOOK.regions[region].name[1:] in ambiguity_sentence(key, RULEBOOK)


@pytest.mark.parametrize("more", [{"region": "plantar fascia"}, {"region": "heel", "tissue": "tendon"}])
def test_who_says_what_it_is_is_not_asked(more: dict[str, str]) -> None:
    """A name of one meaning, or a tissue beside it, leaves nothing open."""
    notes = plan(case_of(injury=more), RULEBOOK, today=MONDAY).notes
    assert not any("may also be" in note for note in notes)


def test_planner_new_can_ask_which_part_is_meant() -> None:
    """The question names every reading, and how to say that one does not know."""
    asked = which_place("groin", "groin", RULEBOOK)
    assert "neck of the thighbone" in asked
    assert 'or "groin" again if you do not know' in asked


@pytest.mark.parametrize(("other", "longer"), [({"side": "right"}, False), ({"side": "left"}, True), ({}, True)])
def test_two_knees_are_two(other: dict[str, str], longer: bool) -> None:
    """Only the same knee, or one that may be the same, is treated twice on a day."""
    first = {"kind": "massage", "region": "knee", "side": "left", "start": datetime(2026, 11, 24, 9)}
    second = {"kind": "massage", "region": "knee", "start": datetime(2026, 11, 24, 15), **other}
    case = case_of(treatments=[first, second], timezone="UTC")
    treated = appointments(case, RULEBOOK, date(2026, 12, 1))
    windows = windows_of(RULEBOOK, RULEBOOK.rules.values(), treated)
    closes = next(one.closes for one in windows if one.rule.id == "massage.hard_work_waits" and one.treatment == 0)
    after = timedelta(hours=48 if longer else 24)
    assert datetime.fromtimestamp(closes, UTC) == treated[0].end.astimezone(UTC) + after


def test_a_treatment_counts_as_the_injurys_tissue_there_and_as_the_regions_own() -> None:
    """Where neither entry nor kind says it; the entry's word is the only one."""
    injury = {"region": "patellar tendon", "side": "left"}
    start = datetime(2026, 11, 24, 9)
    treatments = [
        {"kind": "steroid injection", "region": "knee", "start": start},
        {"kind": "steroid injection", "region": "knee", "start": start, "side": "right"},
        {"kind": "steroid injection", "region": "knee", "start": start, "tissue": "joint"},
        {"kind": "dry needling", "region": "knee", "start": start},
    ]
    found = [
        set(appointments(case_of(injury=injury, treatments=[one]), RULEBOOK, date(2026, 12, 1))[0].tissues)
        for one in treatments
    ]
    assert found == [{"joint", "tendon"}, {"joint"}, {"joint"}, {"muscle"}]


@pytest.mark.parametrize(
    ("injury", "verdict"),
    [
        ({"region": "shin splints"}, "limited"),
        ({"region": "shin", "graded": True}, "limited"),
        ({"region": "shin"}, "ruled_out"),
        ({"region": "shin splints", "graded": False}, "ruled_out"),
        ({"region": "shin splints", "severity": "severe"}, "ruled_out"),
    ],
)
def test_shin_splints_run_by_pain_and_a_stressed_shinbone_does_not(injury: dict[str, object], verdict: str) -> None:
    """Graded bone runs within limits of pain; bone that is not waits for clearance."""
    assert verdict_of(case_of(injury=injury, availability=OPEN), "run_easy") == verdict


@pytest.mark.parametrize(("region", "runs"), [("shin splints", "limited"), ("shin", "ruled_out")])
def test_shockwave_for_shin_splints_waits_for_no_clearance(region: str, runs: str) -> None:
    """Three days later they run again; a stressed bone does not."""
    treatment = {"kind": "EPAT", "region": region, "start": datetime(2026, 11, 23, 9)}
    case = case_of(injury={"region": region, "severity": "mild"}, treatments=[treatment], availability=OPEN)
    assert (verdict_of(case, "run_easy", date(2026, 11, 27)) == "ruled_out") == (runs == "ruled_out")


@pytest.mark.parametrize(
    ("workout", "verdict"), [("elliptical", "ruled_out"), ("lower_body", "ruled_out"), ("swim", "allowed")]
)
def test_an_uncleared_bone_does_not_train_standing(workout: str, verdict: str) -> None:
    """Machines and weights on one's feet wait, water does not."""
    assert verdict_of(injured("tibial stress fracture"), workout) == verdict


def test_every_injured_place_has_the_rules_of_its_tissue() -> None:
    """A severe injury of any leg region rules a hard run out."""
    legs = [key for key, region in RULEBOOK.regions.items() if region.group == "leg"]
    assert [key for key in legs if verdict_of(injured(key, "severe"), "run_hard") != "ruled_out"] == []


@pytest.mark.parametrize(
    ("workout", "other"), [("brick", "run_easy"), ("team_sport", "run_hard"), ("water_polo", "swim"), ("hike", "walk")]
)
def test_a_workout_is_limited_as_those_that_it_counts_as(workout: str, other: str) -> None:
    """Whatever rules out what it is made of rules it out too."""
    treatment = {"kind": "dry needling", "region": "calf", "start": datetime(2026, 11, 23, 6)}
    case = case_of(injury={"region": "calf"}, treatments=[treatment], availability=OPEN)
    for hour in range(1, 72, 5):
        at = datetime(2026, 11, 23, 7) + timedelta(hours=hour)
        verdicts = [verdict_at(case, one, at) for one in (workout, other)]
        assert verdicts[1] != "ruled_out" or verdicts[0] == "ruled_out", at


@pytest.mark.parametrize("goal", ["bricks", "team_sports", "antigravity"])
def test_what_holds_running_is_a_run_to_its_neighbours(goal: str) -> None:
    """It stands in a week without runs, and of a moderate injury no run beside it; never two on a day."""
    goals = {"runs": 4, goal: 1, "two_a_day": True, "rest_days": 0}
    for severity, least in (("mild", 1), ("moderate", 2)):
        case = case_of(injury={"region": "elbow"}, goals={"runs": 0, goal: 1}, availability=OPEN)
        assert [one.kind for one in plan(case, RULEBOOK, today=MONDAY).workouts] == [RULEBOOK.goals[goal]]
        both = case_of(injury={"region": "calf", "severity": severity}, goals=goals, availability=OPEN)
        made = plan(both, RULEBOOK, today=MONDAY)
        days = [one.start.date() for one in made.workouts if RULEBOOK.workouts[one.workout].is_running]
        assert all((later - earlier).days >= least for earlier, later in pairwise(days))


def test_a_match_takes_its_share_of_the_running_of_a_week() -> None:
    """The week of the log that is known has no more room for runs than without it, less half its minutes."""
    ran = [{"date": MONDAY - timedelta(days=days), "did": "run_easy", "minutes": 40} for days in range(1, 29, 3)]
    match = {"workout": "match", "date": date(2026, 11, 28), "start": time(10), "minutes": 90}

    def running(**more: object) -> int:
        case = case_of(log=ran, goals={"runs": 4, "long_run": False}, fitness={"easy_run_minutes": 60}, **more)
        return sum(one.minutes for one in plan(case, RULEBOOK, today=MONDAY).workouts if one.kind == "run")

    assert running(sessions=[match]) <= running() - 45 + 4


def test_a_match_ends_a_break_and_is_never_the_longest_run() -> None:
    """Who plays each week was not away from running, but no match says how long a run may be; a treadmill ends none."""
    begins = MONDAY - timedelta(days=28)

    def log(did: str) -> list[dict[str, object]]:
        return [{"date": begins + timedelta(days=days), "did": did, "minutes": 90} for days in range(0, 28, 5)]

    def first(did: str) -> tuple[str, int]:
        made = plan(case_of(log=log(did), goals={"runs": 1, "long_run": False}), RULEBOOK, today=MONDAY)
        run = next(one for one in made.workouts if one.kind == "run")
        return run.workout, run.minutes

    assert first("match") == ("run_easy", 30)
    assert first("antigravity") == first("bike_easy") != first("match")


@pytest.mark.parametrize("kind", ["TENS", "cold laser", "ultrasound", "K-tape", "Normatec", "sauna"])
def test_harmless_treatments_bind_nothing(kind: str) -> None:
    """An hour later the hardest run is as free as without them, and the needling of that day is no longer."""
    harmless = {"kind": kind, "region": "calf", "start": datetime(2026, 11, 23, 5)}
    assert verdict_of(case_of(treatments=[harmless], availability=OPEN), "run_hard") == "allowed"
    massage = {"kind": "massage", "region": "calf", "start": datetime(2026, 11, 22, 6), "minutes": 60}
    both = case_of(treatments=[massage, {**harmless, "start": datetime(2026, 11, 22, 8)}], availability=OPEN)
    assert verdict_of(both, "run_hard") != "ruled_out"


def test_a_vaccination_needs_no_region_and_means_no_injury() -> None:
    """It is in the arm, and who has one runs day after day."""
    case = case_of(
        treatments=[{"kind": "flu jab", "start": datetime(2026, 11, 22, 9)}], goals={"runs": 7, "rest_days": 0}
    )
    assert case.treatments[0].region == "shoulder"
    days = [day.date for day in plan(case, RULEBOOK, today=MONDAY).days for one in day.workouts if one.kind == "run"]
    assert any((later - earlier).days == 1 for earlier, later in pairwise(days))


@pytest.mark.parametrize(("kind", "region"), [("massage", "whole_body"), ("ice bath", "whole_body"), ("ice", "calf")])
def test_what_is_for_the_whole_body_needs_no_region(kind: str, region: str) -> None:
    """A massage where nothing is hurt, and what its name says; of a hurt calf the ice is for that."""
    hurt = {} if kind == "massage" else {"injury": {"region": "calf"}}
    case = case_of(treatments=[{"kind": kind, "start": datetime(2026, 11, 23, 5)}], availability=OPEN, **hurt)
    (treated,) = appointments(case, RULEBOOK, MONDAY)
    assert treated.region == region
    assert kind != "massage" or verdict_at(case, "run_hard", datetime(2026, 11, 23, 20)) == "ruled_out"
    assert kind != "massage" or verdict_of(case, "run_hard", MONDAY + timedelta(days=1)) != "ruled_out"


def test_the_whole_body_is_every_part_of_it() -> None:
    """A rule about any region speaks about it, and no workout loads it less than any of its muscles."""
    assert all(RULEBOOK.counts_as("whole_body", region) for region in RULEBOOK.regions)
    assert not any(RULEBOOK.counts_as(region, "whole_body") for region in RULEBOOK.regions if region != "whole_body")
    parts = RULEBOOK.regions["whole_body"].load_like
    assert all(one.load["whole_body"] == max(one.load[part] for part in parts) for one in RULEBOOK.workouts.values())


@pytest.mark.parametrize(("region", "days"), [("chin", 5), ("calf", 10), ("knee", 14)])
def test_stitches_hold_as_long_as_their_place_needs(region: str, days: int) -> None:
    """In the face five days, ten in most places, fourteen over a joint; the wound means no injury."""
    stitches = [{"kind": "stitches", "region": region, "start": datetime(2026, 11, 23, 7)}]
    case = case_of(treatments=stitches, availability=OPEN)
    last, over = (datetime(2026, 11, 23, hour) + timedelta(days=days) for hour in (6, 8))
    assert [verdict_at(case, one, last) for one in ("swim", "team_sport")] == ["ruled_out", "ruled_out"]
    assert verdict_at(case, "swim", over) != "ruled_out"


@pytest.mark.parametrize(("name", "electric"), [("electro dry needling", True), ("dry needling", False)])
def test_a_name_says_that_current_flows(name: str, electric: bool) -> None:
    """Electric needling is dry needling with current, and no heavy session."""
    case = case_of(treatments=[{"kind": name, "region": "calf", "start": date(2026, 11, 24)}])
    (entry,) = case.treatments
    assert (entry.kind, entry.electric, entry.dose) == ("dry_needling", electric, "normal")


@pytest.mark.parametrize(
    ("what", "name", "right"),
    [
        ("regions", "wrist joint", 'did you mean "wrist"'),
        ("regions", "calv", 'did you mean "calves"'),
        ("treatments", "cortison shot", 'did you mean "cortisone shot"'),
        ("treatments", "mossage", 'did you mean "massage"'),
        ("treatments", "hypnosis", "use one of the "),
        ("treatments", "hokas", "use one of the "),
        ("regions", "aura", "use one of the "),
    ],
)
def test_what_is_offered_for_an_unknown_name_is_near_it_or_nothing_is(what: str, name: str, right: str) -> None:
    """A shared word, or the same name mistyped; not whatever has some letters of it."""
    assert RULEBOOK.names.nearest(what, name).startswith(right)


def test_planning_again_by_another_rulebook_says_so() -> None:
    """The calendar knows by which rulebook it was planned; by the same one nothing is said."""
    case = injured("calf")
    made = plan(case, RULEBOOK, today=MONDAY)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    memory = read_memory(to_ical(made, now), "week.ics", now)
    rule = RULEBOOK.rules["training.long_runs_apart"].model_copy(update={"days_between_long": 6})
    other = RULEBOOK.model_copy(update={"rules": {**RULEBOOK.rules, rule.id: rule}})
    vars(other).pop("version", None)  # the copy's own
    for book, said in ((RULEBOOK, False), (other, True)):
        again = plan(case, book, today=MONDAY, earlier=memory.earlier)
        assert (OTHER_RULEBOOK in again.notes) == said


@pytest.mark.parametrize(
    ("name", "region", "side"),
    [
        ("left knee", "knee", "left"),
        ("Knee (right)", "knee", "right"),
        ("both calves", "calf", "both"),
        ("knee", "knee", None),
    ],
)
def test_a_name_may_say_the_side(name: str, region: str, side: str | None) -> None:
    """Of injuries and of treatments alike."""
    massage = {"kind": "massage", "region": name, "start": date(2026, 11, 24)}
    case = case_of(injury={"region": name}, treatments=[massage])
    assert (case.injury[0].region, case.injury[0].side) == (region, side)
    assert (case.treatments[0].region, case.treatments[0].side) == (region, side)


@pytest.mark.parametrize(
    ("region", "side", "found"),
    [
        ("knee", None, True),
        ("knee", "left", True),
        ("knee", "right", False),
        ("patellar_tendon", None, True),
        ("shoulder", None, False),
        ("shoulder", "left", False),
    ],
)
def test_an_injury_is_at_its_own_place_and_side_and_at_no_other(region: str, side: Side | None, found: bool) -> None:
    """A part of the knee is the knee as well; a shoulder is not, on whichever side."""
    assert bool(injuries_at(injured("knee", side="left"), RULEBOOK, region, side)) == found


@pytest.mark.parametrize(("side", "too_close"), [("left", True), ("right", False)])
def test_a_treatment_without_a_place_is_of_the_injurys_own_side(side: str, too_close: bool) -> None:
    """A needling of the left calf is too close to that of the injured left one, and one of the right is not."""
    entries = [
        {"kind": "dry_needling", "start": datetime(2026, 11, 24, 9)},
        {"kind": "dry_needling", "region": "calf", "side": side, "start": datetime(2026, 11, 25, 9)},
    ]
    case = case_of(injury={"region": "calf", "side": "left"}, treatments=entries)
    made = plan(case, shipped_rulebook(), today=MONDAY, weeks=1)
    assert too_close == any("72 hours between needlings of the same muscle" in alert for alert in made.alerts)
