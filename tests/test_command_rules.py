"""`planner rules`: rules found, and shown so that a person understands them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.rulebook.file import shipped_rulebook
from planner.rulebook.rule import Rule
from planner.show.rules import WIDEST
from planner.wording.rules.phrases import what_phrases, when_phrase
from tests.own_rules import additions, hills, rule, whole

NOTICE = """
Planning help, not medical advice: your clinician's word comes before the rules here, save the few
that nobody may loosen: danger signs such as chest pain, fever or a swollen calf; an uncleared bone;
the first hours after needling; needling near the lung, or on blood thinners; and the clearance
after platelets.
"""


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what `planner rules` prints; it must end well and say nothing else."""
    status = main(["rules", *arguments])
    found = capsys.readouterr()
    assert (0, "") == (status, found.err)
    return found.out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Return the mistakes that `planner rules` finds; it must print nothing else."""
    assert 2 == main(["rules", *arguments])
    found = capsys.readouterr()
    assert "" == found.out
    return found.err.splitlines()


def ids(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Return the ids that `planner rules --format json` gives."""
    return [one["id"] for one in json.loads(printed(capsys, *arguments, "--format", "json"))["rules"]]


def test_without_arguments_it_says_what_there_is_and_how_to_ask_on(capsys: pytest.CaptureFixture[str]) -> None:
    """The overview counts all rules, by their files, and names commands that work."""
    out = printed(capsys)
    book = shipped_rulebook()
    first = (
        f"The rulebook: {len(book.rules)} rules about {len(book.treatments)} kinds of treatment, "
        f"{len(book.regions)} regions and {len(book.workouts)} workouts"
    )
    assert first == " ".join(out.split("\n\n")[0].split())[: len(first)]
    headings = ["Treatments", "Any treatment", "Injuries", "Training", "Log", "Besides rules", "Ask on"]
    assert headings == [line for line in out.splitlines() if line in headings]
    needling = sum(key.startswith("dry_needling.") for key in book.rules)
    assert f"dry_needling {needling} rules" in " ".join(out.split())
    asked = [line.split("  ")[1].split()[1:] for line in out.splitlines() if line.startswith("  planner rules ")]
    assert 4 == len(asked)
    for command in asked:
        assert 0 == main(command)


def test_the_overview_counts_every_rule_once(capsys: pytest.CaptureFixture[str]) -> None:
    """The counts of the overview add up to all rules."""
    counts = [
        line.split() for line in printed(capsys).splitlines() if line[:2] == "  " and line.endswith((" rules", " rule"))
    ]
    assert len(shipped_rulebook().rules) == sum(int(words[1]) for words in counts)


def test_a_rule_in_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rule is shown with when, what, why, evidence, the levels side by side, and its sources."""
    out = printed(capsys, "dry_needling.shin_no_hills", "--rules", str(hills(tmp_path)))
    expected = """\
dry_needling.shin_no_hills
Shin: no hard running for 72 hours, and no hills

When      After dry needling of the shin; for 72 hours after its end
What      - Load on the part at most 2 (moderate)
          - Rules out: hard run
          - Advice: No hills for 72 hours.
Why       Uphill the muscles of the shin work harder. The 72 hours are our clinic's own.
Evidence  B, observational studies or hospital text

Caution levels
               permissive     standard  strict
  hours after  does not hold  0 to 72   0 to 96

Sources
  - Uphill running and the shin, Journal of Examples 2026
    https://example.org/hills
    Laboratory study, n=12. Read in full. Fair.
"""
    assert expected + NOTICE == out


SAFE = 'hours_after = [0, 4]\nallows_only = ["walk", "mobility"]\nnever_loosen = true'
WIDE = """\
hours_after = [0, 4]
check = { pain_at_most = 2, no_limp = true, morning_at_baseline = true }
strict = { check = { soreness_at_most = 1, no_chest_symptom = true, no_swelling = true } }
"""
TWO = """\
hours_after = [0, 4]
max_load = 2
max_intensity = "moderate"
permissive = { max_load = 3 }
strict = { max_intensity = "very_easy" }
"""
SAFER = SAFE + "\nstrict = { hours_after = [0, 6] }"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("hours_after = [0, 4]\nmax_minutes = 30", ["The same at all caution levels."]),
        (SAFE, ["A safety rule: no level and no exception loosens it."]),
        (
            SAFER,
            [
                "A safety rule: no level and no exception loosens it.",
                "               permissive  standard  strict",
                "  hours after  0 to 4      0 to 4    0 to 6",
            ],
        ),
        (
            "hours_after = [0, 4]\nmax_minutes = 30\npermissive = { away = true }",
            ["Caution levels", "    permissive     standard  strict", "    does not hold  holds     holds"],
        ),
        (
            WIDE,
            [
                "Caution levels",
                "  only if",
                "    permissive: pain 2, no limp, usual morning",
                "    standard: pain 2, no limp, usual morning",
                "    strict: soreness 1, calm chest, no swelling",
            ],
        ),
        (
            TWO,
            [
                "Caution levels",
                "                  permissive  standard      strict",
                "  load at most    3 (high)    2 (moderate)  2 (moderate)",
                "  effort at most  moderate    moderate      very easy",
            ],
        ),
    ],
)
def test_caution_levels(tmp_path: Path, capsys: pytest.CaptureFixture[str], more: str, expected: list[str]) -> None:
    """Only the figures that differ between the levels are shown, side by side."""
    folder = additions(tmp_path, general=rule("general.own", more))
    out = printed(capsys, "general.own", "--rules", str(folder))
    said = out.split("Evidence  M, our own judgement\n\n")[1].split("\n\nPlanning help")[0]
    assert expected == said.splitlines()


def a_rule(**data: Any) -> Rule:
    """Return a rule that says little."""
    return Rule.model_validate({"id": "a.rule", "title": "A rule", "why": "So.", "evidence": "M", **data})


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, "always"),
        (
            {"days_between_runs": 2, "when": {"groups": ["leg"], "severities": ["mild", "severe"]}},
            "always, with a mild or severe injury of a leg",
        ),
        ({"first_run_back": True}, "on the first run after a day or more without runs"),
        ({"days_before_race": 6}, "in the 6 days before a race"),
        ({"longer_by_hours": 24}, "when the same part is treated twice on one day"),
        ({"during": True}, "with any treatment; while it lasts"),
        ({"hours_after": [0, 1]}, "after any treatment; for 1 hour after its end"),
        ({"days_after": [2, 7]}, "after any treatment; from 2 to 7 days after its end"),
        ({"hours_before": [4, 0]}, "before any treatment; for 4 hours before its start"),
        ({"hours_before": [48, 24]}, "before any treatment; from 48 to 24 hours before its start"),
        (
            {"hours_before": [4, 0], "weeks_after": [0, 1]},
            "around any treatment; for 4 hours before its start, for 1 week after its end",
        ),
        (
            {"hours_after": [0, 4], "when": {"treatments": ["prp_injection", "massage"], "regions": ["calf", "shin"]}},
            "after PRP injection or massage of the calf muscle or the shin; for 4 hours after its end",
        ),
        (
            {"hours_after": [0, 4], "when": {"treatments": ["massage"], "groups": ["leg"], "tissues": ["tendon"]}},
            "after massage of a tendon of a leg; for 4 hours after its end",
        ),
        (
            {"hours_after": [0, 4], "when": {"treatments": ["massage"], "severities": ["severe"], "doses": ["heavy"]}},
            "after massage, in a severe session, in a heavy dose; for 4 hours after its end",
        ),
        (
            {"hours_after": [0, 4], "when": {"treatments": ["massage"], "chest_wall": True, "blood_thinners": False}},
            "after massage, over the lung, in people not on blood thinners; for 4 hours after its end",
        ),
        (
            {"weeks_after": [0, 2], "until_cleared": True, "when": {"treatments": ["massage"]}},
            "after massage; for 2 weeks after its end, and on, until a clinician gives clearance",
        ),
        ({"when": {"treatments": ["massage"]}, "hours_between_sessions": 24}, "with massage"),
        (
            {"about": "injury", "when": {"tissues": ["bone"], "severities": ["severe"], "groups": ["leg"]}},
            "as long as there is a severe bone injury of a leg",
        ),
        ({"about": "injury"}, "as long as there is an injury"),
        (
            {"about": "log", "days_after": [0, 2], "when": {"responses": ["regress"], "groups": ["arm"]}},
            "after a log entry that says to go back a step about an arm; for 2 days after that day",
        ),
        (
            {"about": "log", "days_after": [0, 2], "when": {"responses": ["regress"], "pain_in": ["walk"]}},
            (
                "after a log entry that says to go back a step, with pain or a limp in a workout of the kind walk; "
                "for 2 days after that day"
            ),
        ),
    ],
)
def test_when(data: dict[str, Any], expected: str) -> None:
    """When a rule speaks is said in words."""
    assert expected == when_phrase(a_rule(**data), shipped_rulebook())


def test_when_by_trait_names_the_kinds() -> None:
    """A rule about a trait names the treatments that have it."""
    book = shipped_rulebook()
    kinds = [kind.name for kind in book.treatments.values() if "suction" in kind.traits]
    said = when_phrase(a_rule(hours_after=[0, 4], when={"traits": ["suction"]}), book)
    expected = f"after what counts as suction ({' or '.join(kinds).lower()}); for 4 hours after its end"
    assert expected == said


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            {"max_load": 0, "max_impact": "none"},
            ["load on the part at most 0 (none)", "impact at most none (seated, in water)"],
        ),
        ({"max_intensity": "easy", "max_minutes": 1}, ["effort at most easy (up to 4 of 10)", "at most 1 minute"]),
        ({"rules_out": ["run", "aqua_run"]}, ["rules out every workout of the kind run or aqua run"]),
        ({"rules_out_workouts": ["run_hard", "race"]}, ["rules out: hard run and race"]),
        (
            {"allows_only": [], "applies_to": {"what_hurt": True}, "about": "log"},
            ["every workout of the kind that the entry tells of: ruled out"],
        ),
        ({"allows_only": []}, ["rules out every workout"]),
        ({"allows_only": ["walk"]}, ["rules out every workout but those of the kind walk"]),
        ({"check": {"pain_at_most": 2, "no_limp": True}}, ["only if: pain 2 or less (of 10) and no limp"]),
        (
            {"max_load": 1, "max_minutes": 30, "applies_to": {"workouts": ["walk"], "kinds": ["run"]}},
            ["walk and every workout of the kind run: load on the part at most 1 (low), and at most 30 minutes"],
        ),
        (
            {"max_load": 1, "applies_to": {"except_workouts": ["walk"], "except_kinds": ["bike"]}},
            ["every workout except walk and those of the kind bike: load on the part at most 1 (low)"],
        ),
        (
            {"max_minutes": 9, "applies_to": {"except_workouts": ["race"], "load_at_least": 2}},
            ["every workout except race that loads the part with at least 2 (moderate): at most 9 minutes"],
        ),
        (
            {"max_minutes": 30, "applies_to": {"load_at_least": 1}},
            ["every workout that loads the part with at least 1 (low): at most 30 minutes"],
        ),
        (
            {"prefers": ["upper_body"], "avoids": ["run_hard"]},
            ["recommends: upper-body strength", "advises against: hard run"],
        ),
        ({"advice": "Drink.", "question": "Well?"}, ["advice: Drink.", "asks each day: Well?"]),
        ({"hours_between_sessions": 72}, ["at least 72 hours between two such treatments of one part"]),
        ({"forbids_treatments": ["massage", "cupping"]}, ["no massage or cupping of the same part"]),
        ({"days_between_runs": 2}, ["at least 2 days from one day with a run to the next"]),
        ({"days_between_hard": 1}, ["at least 1 day from one hard day to the next"]),
        ({"days_between_long": 5}, ["at least 5 days from one long run to the next"]),
        ({"longer_by_hours": 24}, ["limits that last a day or longer end 24 hours later"]),
        ({"warn_percent_per_week": 10}, ["warns where a week has over 10 % more running than the last"]),
        (
            {"percent_of_longest_run": 110, "percent_of_easy_run": 70},
            ["at most 110 % of the longest run of the last 30 days", "at most 70 % of the usual easy run"],
        ),
    ],
)
def test_what(data: dict[str, Any], expected: list[str]) -> None:
    """What a rule says is said in words."""
    assert expected == what_phrases(a_rule(**data), shipped_rulebook())


@pytest.mark.once
def test_every_rule_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Each shipped rule says when, what, why and how good the evidence is, in lines that are not too long."""
    for key in shipped_rulebook().rules:
        lines = printed(capsys, key).splitlines()
        assert key == lines[0]
        words = [line[:10].strip() for line in lines]
        assert {"When", "What", "Why", "Evidence"} <= set(words), key
        assert [] == [line for line in lines if len(line) > WIDEST and "http" not in line]


@pytest.mark.parametrize("subject", ["bands", "preferences", "red_flags", "return_to_running"])
def test_whatever_a_plan_names_as_a_reason_can_be_asked_for(capsys: pytest.CaptureFixture[str], subject: str) -> None:
    """Preferences, danger signs, pain bands and the return to running are shown too, in full by their own names."""
    found = ids(capsys, subject)
    assert found
    for key in found:
        lines = printed(capsys, key).splitlines()
        assert key == lines[0]
        assert "Why" in {line[:10].strip() for line in lines}


def test_a_pain_band_in_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pain band says what each pain means, and how the levels differ."""
    band = """
[[band]]
id = "shin"
title = "Shin: 1 fine"
when = { regions = ["shin"] }
progress_at_most = 1
hold_at_most = 3
refer_above = 5
refer_twice_above = 4
why = "So we say."
evidence = "M"
strict = { hold_at_most = 1 }
"""
    out = printed(capsys, "bands.shin", "--rules", str(additions(tmp_path, progression=band)))
    expected = """\
bands.shin
Shin: 1 fine

When      With an injury of the shin, and pain (0 to 10) in a log entry
What      - Pain up to 1: training may go on and grow
          - Pain up to 3: stay as you are; above it, go back a step
          - Pain above 4 for the second time within a week: let a clinician look at it
          - Pain above 5: let a clinician look at it
Why       So we say.
Evidence  M, our own judgement

Caution levels
                   permissive  standard  strict
  stay up to pain  3           3         1
"""
    assert expected + NOTICE == out


def test_a_danger_sign_in_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A danger sign says how soon it needs a clinician, and what to do."""
    sign = """
[hiccups]
name = "Hiccups"
level = "same_day"
question = "Do you have hiccups?"
advice = "Drink."
context = "At any time."
why = "So we say."
evidence = "M"
"""
    out = printed(capsys, "red_flags.hiccups", "--rules", str(additions(tmp_path, red_flags=sign)))
    expected = """\
red_flags.hiccups
Hiccups

Asks      Do you have hiccups?
What      - See a clinician today. Drink.
          - At any time.
Needed    A finding of a clinician who examined it.
Why       So we say.
Evidence  M, our own judgement
"""
    assert expected + NOTICE == out


def test_a_preference_in_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A preference says what it is worth."""
    own = """
[fit_in_goals]
sentence = "Fit in what was asked for."
why = "That is what a plan is for."
points = 90
points_less_per_rank = 10
least_points = 50
"""
    out = printed(capsys, "preferences.fit_in_goals", "--rules", str(additions(tmp_path, preferences=own)))
    expected = """\
preferences.fit_in_goals
Fit in what was asked for.

Worth     90 points, 10 less for each further wish, at least 50
Why       That is what a plan is for.
"""
    assert expected + NOTICE == out


def test_the_return_to_running_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    """It shows every stage, and how the stages are passed."""
    lines = printed(capsys, "return_to_running").splitlines()
    stages = [line.split("- ")[1] for line in lines if line.startswith(" " * 10 + "- Stage ")]
    assert len(shipped_rulebook().stages) == len(stages)
    stage = shipped_rulebook().stages[0]
    assert f"Stage 1: {stage.repeats} \u00d7 ({stage.walk_minutes} min walk, {stage.run_minutes} min run)" == stages[0]
    assert "What      - Each session begins with 5 minutes of walking" in lines


def test_the_rule_after_a_sign_that_needs_a_clinician_soon(capsys: pytest.CaptureFixture[str]) -> None:
    """`red_flags.soon`, which plans name, is answered with the signs that it stands for."""
    signs = shipped_rulebook().signs
    assert [f"red_flags.{key}" for key, sign in signs.items() if sign.level == "soon"] == ids(capsys, "red_flags.soon")


@pytest.mark.parametrize("asked", ["dry_needling", "dry_needling.", "dry needling", "TDN"])
def test_the_beginning_of_an_id_lists_its_rules(capsys: pytest.CaptureFixture[str], asked: str) -> None:
    """A subject, or an everyday name of a treatment, lists its rules, a line each with its grade."""
    expected = [key for key in shipped_rulebook().rules if key.startswith("dry_needling.")]
    assert expected == ids(capsys, asked)
    out = printed(capsys, asked)
    assert "Treatments\n" == out[: len("Treatments\n")]
    assert "dry_needling.spacing C 72 hours between needlings of the same muscle" in " ".join(out.split())


def test_part_of_a_name_lists_what_begins_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Not only whole words: `dry_needling.heavy` lists the rules about heavy sessions."""
    expected = [key for key in shipped_rulebook().rules if key.startswith("dry_needling.heavy")]
    assert expected == ids(capsys, "dry_needling.heavy")


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("dry_needling.frist_day", 'did you mean "dry_needling.first_day", '),
        ("masage", 'did you mean "massage"'),
        ("zzzzzz", "use one of the "),
    ],
)
def test_an_id_that_is_none(capsys: pytest.CaptureFixture[str], asked: str, right: str) -> None:
    """A mistyped id is answered with the nearest ones."""
    (line,) = refused(capsys, asked)
    expected = f'planner rules: ID: "{asked}" is no rule; {right}'
    assert expected == line[: len(expected)]


def test_rules_about_a_treatment(capsys: pytest.CaptureFixture[str]) -> None:
    """`--treatment` takes everyday names, and lists the rules of that kind, of its traits, and of every treatment."""
    found = ids(capsys, "--treatment", "Dry-Needling")
    assert {"dry_needling.first_day", "general.after_needling", "general.same_region_same_day"} <= set(found)
    subjects = {key.split(".")[0] for key in found}
    assert {"dry_needling", "general"} == subjects


def test_rules_about_a_region(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--region` lists what can speak about it: rules about it, its group and its tissues, and those about any part."""
    files = {
        "shin": 'when = { regions = ["shin"] }\nadvice = "Rest."',
        "legs": 'when = { groups = ["leg"] }\nadvice = "Rest."',
        "arms": 'when = { groups = ["arm"] }\nadvice = "Rest."',
        "any": 'advice = "Rest."',
    }
    folder = additions(
        tmp_path, treatments__massage="".join(rule(f"massage.own_{key}", more) for key, more in files.items())
    )
    asked = ("massage.own", "--rules", str(folder), "--region")
    assert ["massage.own_any", "massage.own_legs", "massage.own_shin"] == ids(capsys, *asked, "Shin splints")
    assert ["massage.own_any", "massage.own_arms"] == ids(capsys, *asked, "elbow")


def test_a_rule_about_a_tissue_that_a_kind_treats_can_speak_about_another_region(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Needling treats muscles, also at the Achilles tendon: a rule about needled muscles can speak about it."""
    own = rule("dry_needling.own", 'when = { tissues = ["muscle"] }\nadvice = "Rest."')
    own += rule("dry_needling.own_bone", 'when = { tissues = ["bone"] }\nadvice = "Rest."')
    folder = additions(tmp_path, treatments__dry_needling=own)
    assert ["dry_needling.own"] == ids(capsys, "dry_needling.own", "--rules", str(folder), "--region", "achilles")


def test_a_region_shows_what_workouts_ask_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    """`--region` says what each workout asks of it, most first, why, and where that is known from."""
    out = printed(capsys, "--region", "calf muscle")
    expected = """\
Calf muscle: leg, muscle

What workouts ask of it
  3 high      easy run, long run, hard run, race, plyometrics, brick (ride, then run), team sport or
"""
    assert expected == out[: len(expected)]
    region = shipped_rulebook().regions["calf"]
    for source in region.load_sources:
        assert shipped_rulebook().sources[source].url in out
    assert region.load_why in " ".join(out.split())
    assert "rules that hold wherever a treatment is: add --treatment KIND." in out
    assert "dry_needling.first_day" in out
    assert "general.clinician_first" not in out


def test_a_treatment_of_a_region(capsys: pytest.CaptureFixture[str]) -> None:
    """`--treatment` and `--region` together list all that speaks after such an appointment."""
    found = ids(capsys, "--treatment", "dry needling", "--region", "calf")
    assert {"dry_needling.first_day", "dry_needling.first_hours", "general.clinician_first"} <= set(found)
    assert "dry_needling.elbow_day" not in found
    out = printed(capsys, "--treatment", "dry needling", "--region", "calf")
    assert "general.clinician_first" in out


def test_nothing_that_fits_is_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    """A rule that is never about that region is said so."""
    out = printed(capsys, "dry_needling.elbow_day", "--region", "calf")
    assert "No rule speaks about that." in out.splitlines()
    assert [] == ids(capsys, "dry_needling.elbow_day", "--region", "calf")


def test_every_unknown_name_is_said_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped treatment and a mistyped region are two lines."""
    expected = [
        'planner rules: --treatment: "dry nedling" is no treatment; did you mean "dry needling"',
        'planner rules: --region: "claf" is no region; did you mean "calf"',
    ]
    found = refused(capsys, "--treatment", "dry nedling", "--region", "claf")
    assert expected == [line[: len(right)] for line, right in zip(found, expected, strict=True)]


def test_json_is_the_rules_own_data_with_its_levels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON holds every field of a rule, the ids of its sources, and its figures at each level."""
    folder = hills(tmp_path)
    found = json.loads(printed(capsys, "dry_needling.shin_no_hills", "--rules", str(folder), "--format", "json"))
    (one,) = found["rules"]
    assert set(Rule.model_fields) | {"levels"} == set(one)
    assert (["HILLS"], "B", [0.0, 72.0], None) == (
        one["sources"],
        one["evidence"],
        one["hours_after"],
        one["max_impact"],
    )
    assert (["dry_needling"], ["shin"]) == (one["when"]["treatments"], one["when"]["regions"])
    expected = {
        "permissive": None,
        "standard": {"hours_after": [0.0, 72.0], "max_load": 2},
        "strict": {"hours_after": [0.0, 96.0], "max_load": 2},
    }
    assert expected == one["levels"]


def test_json_of_everything_is_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """Without arguments JSON holds all rules."""
    assert list(shipped_rulebook().rules) == ids(capsys)


def test_a_good_rulebook_is_fine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--check` says what a folder adds to the shipped rulebook, and what stands in place of what."""
    own = rule("general.own") + rule("general.clinician_first", 'days_after = [0, 9]\nadvice = "Ask."')
    folder = additions(tmp_path, general=own)
    total = len(shipped_rulebook().rules) + 1
    expected = f"""\
{folder} is fine: 2 rules on top of the shipped ones, {total} rules in all.
  new: general.own
  in place of the shipped: general.clinician_first
"""
    assert expected == printed(capsys, "--check", str(folder))
    said = {"whole": False, "rules": total, "new": ["general.own"], "instead": ["general.clinician_first"]}
    found = json.loads(printed(capsys, "--check", str(folder), "--format", "json"))
    assert said == {key: value for key, value in found.items() if not key.endswith("_version")}


@pytest.mark.once
def test_a_good_whole_rulebook_is_fine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--check` counts what is in a whole rulebook."""
    folder, book = whole(tmp_path), shipped_rulebook()
    expected = (
        f"{folder} is fine: {len(book.rules)} rules, {len(book.treatments)} kinds of treatment, "
        f"{len(book.regions)} regions, {len(book.workouts)} workouts and {len(book.sources)} sources.\n"
    )
    assert expected == printed(capsys, "--check", str(folder))


def test_a_check_is_asked_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--check` with anything else to show is a mistake."""
    expected = ["planner rules: --check: says all there is to say; give it alone"]
    assert expected == refused(capsys, "--check", str(hills(tmp_path)), "--region", "calf")
