"""The rulebook: the shipped one is clean and explained, and every kind of mistake in one is said with its place."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli
from pydantic import BaseModel

from planner.errors import InputError
from planner.rulebook.bending import ChangeCost
from planner.rulebook.figures import AppliesTo, Check, When
from planner.rulebook.file import read_rulebook, shipped_rulebook
from planner.rulebook.kinds import (
    AfterTreatment,
    AmbiguousName,
    IllnessKind,
    Length,
    Region,
    Sign,
    SignCase,
    TreatmentKind,
    Workout,
    WorkoutKind,
)
from planner.rulebook.model import PREFERENCES, Band, Preference, ReturnToRunning, Source, Stage
from planner.rulebook.names import folded
from planner.rulebook.rule import Rule
from planner.rulebook.scales import IMPACTS, INTENSITIES
from tests.readme import ROOT

RULEBOOK = shipped_rulebook()
RULES = ROOT / "rules"

# ------------------------------------------------------------------------------------------------ the shipped one


def test_the_shipped_rulebook_has_no_mistake() -> None:
    """Reading it checks it."""
    assert read_rulebook(RULES).rules.keys() == RULEBOOK.rules.keys()


ROWS = [
    *(f"DN-{number:02}" for number in (*range(1, 13), 20, 21, *range(23, 32), *range(40, 49))),
    *(f"GN-{number:02}" for number in range(1, 4)),
]


@pytest.mark.parametrize("row", ROWS)
def test_every_row_of_the_research_on_needling_is_put_into_practice(row: str) -> None:
    """Some rule names the row in `covers`."""
    assert [rule.id for rule in RULEBOOK.rules.values() if row in rule.covers] != []


@pytest.mark.parametrize("key", RULEBOOK.sources)
def test_every_source_is_used(key: str) -> None:
    """A source that stands behind nothing is a mistake."""
    users = [rule.id for rule in RULEBOOK.rules.values() if key in rule.sources]
    users += [name for name, region in RULEBOOK.regions.items() if key in region.load_sources]
    users += [name for name, band in RULEBOOK.bands.items() if key in band.sources]
    signs = [(name, one) for name, sign in RULEBOOK.signs.items() for one in (sign, *map(sign.in_case, sign.cases))]
    users += [name for name, sign in signs if key in sign.sources]
    users += ["return_to_running"] if RULEBOOK.return_to_running and key in RULEBOOK.return_to_running.sources else []
    assert users != []


def test_every_workout_has_a_load_for_every_region() -> None:
    """And for no region that does not exist."""
    assert [key for key, one in RULEBOOK.workouts.items() if set(one.load) != set(RULEBOOK.regions)] == []


@pytest.mark.parametrize(
    ("easier", "harder"),
    [
        ("run_walk", "run_easy"),
        ("run_easy", "run_long"),
        ("run_easy", "run_hard"),
        ("run_hard", "race"),
        ("run_long", "race"),
        ("bike_easy", "bike_hard"),
        ("walk", "run_walk"),
    ],
)
def test_the_harder_of_two_workouts_loads_no_region_less(easier: str, harder: str) -> None:
    """Else a rule on load would let the harder one through and not the easier one."""
    loads = [RULEBOOK.workouts[key].load for key in (easier, harder)]
    less = [region for region in RULEBOOK.regions if loads[0][region] > loads[1][region]]
    assert less == []


@pytest.mark.parametrize("key", RULEBOOK.workouts)
def test_a_workout_can_be_done_as_gently_as_it_usually_is(key: str) -> None:
    """Its least effort is no harder than its usual one; what counts as long is hard; a walk has little impact."""
    workout = RULEBOOK.workouts[key]
    assert INTENSITIES.index(workout.least_intensity) <= INTENSITIES.index(workout.intensity)
    assert workout.hard or not workout.long
    like = {RULEBOOK.workouts[other].kind for other in (key, *workout.counts_as)}
    # Whoever climbs falls: it is no run all the same.
    assert bool(like & {"run", "plyometrics"}) == (IMPACTS.index(workout.impact) >= 2) or key == "climbing"


@pytest.mark.parametrize("key", RULEBOOK.workouts)
def test_there_is_always_something_gentler_to_do_instead(key: str) -> None:
    """Neither the workout itself, nor (for a run) another run; and the last resort loads no region much."""
    workout = RULEBOOK.workouts[key]
    assert key not in workout.instead
    assert workout.kind != "run" or not any(RULEBOOK.workouts[other].kind == "run" for other in workout.instead)
    assert max(RULEBOOK.workouts[workout.instead[-1]].load.values()) <= 2


def test_no_everyday_name_belongs_to_two() -> None:
    """Neither among regions, nor among treatments, nor among workouts."""
    for what in ("regions", "treatments", "workouts"):
        names = [
            (folded(name), key)
            for key, given in getattr(RULEBOOK.names, what).items()
            for name in {folded(each) for each in (key, *given)}
        ]
        twice = {name for name, key in names if any(name == other and key != one for other, one in names)}
        assert twice == set(), what


def test_every_preference_is_weighed() -> None:
    """No more and no fewer than the planner knows."""
    assert set(RULEBOOK.preferences) == set(PREFERENCES)


def test_what_was_asked_for_is_worth_more_than_all_the_comfort_that_leaving_it_out_could_gain() -> None:
    """The least that a wish is worth outweighs every cost that one workout can have at once, its length apart."""
    points = {name: one.points for name, one in RULEBOOK.preferences.items()}
    costs = points["as_asked"] + points["rules_advise_against"] + points["without_conditions"] + points["one_a_day"]
    assert RULEBOOK.preferences["fit_in_goals"].least_points > costs
    assert points["race"] > 4 * points["fit_in_goals"]
    assert RULEBOOK.preferences["fit_in_goals"].least_points > points["instead_of_a_hole"]


SECTIONS: dict[str, tuple[type[BaseModel], ...]] = {
    "`illness.toml`: the kinds": (IllnessKind,),
    "`regions.toml`": (Region,),
    "`ambiguous_names.toml`": (AmbiguousName,),
    "`workouts.toml`": (Workout, Length),
    "`kinds.toml`": (WorkoutKind,),
    "`treatments/*.toml`: `[treatment]`": (TreatmentKind,),
    "`progression.toml`: `[[band]]`": (Band,),
    "`progression.toml`: `[[stage]]`": (Stage,),
    "`progression.toml`: `[return_to_running]`": (ReturnToRunning,),
    "`red_flags.toml`": (Sign, SignCase, AfterTreatment),
    "`sources.toml`": (Source,),
    "`preferences.toml`": (Preference,),
    "`bending.toml`": (ChangeCost,),
}
"""The sections of `rules/README.md` that explain all of an entry, `id` apart."""


def readme_words(heading: str = "") -> set[str]:
    """Return what stands in backticks in the page that explains the rulebook, or in one of its sections."""
    text = (RULES / "README.md").read_text(encoding="utf-8")
    if heading:
        text = text.partition(f"\n### {heading}\n")[2].partition("\n##")[0]
    code = re.findall(r"`([^`\n]+)`", text)
    return {word for each in code for word in re.findall(r"[a-z_]+", each)}


NOT_WRITTEN = {"about", "by", "level"}
"""What a rule's place says, and a case."""


@pytest.mark.parametrize("model", [Rule, When, AppliesTo, Check])
def test_every_field_of_a_rule_is_explained_to_a_clinician(model: type[BaseModel]) -> None:
    """`rules/README.md` names it in backticks."""
    assert set(model.model_fields) - readme_words() - NOT_WRITTEN == set()


@pytest.mark.parametrize("heading", SECTIONS)
def test_every_field_of_another_entry_is_explained_where_the_entry_is(heading: str) -> None:
    """The section about the entry names it in backticks; `id` is the entry's name."""
    fields = {field for model in SECTIONS[heading] for field in model.model_fields}
    assert fields - readme_words(heading) - {"id"} == set()


def test_the_rule_that_is_read_aloud_is_the_shipped_one() -> None:
    """The example at the head of `rules/README.md` says what the rule of that id says, but for what it covers."""
    text = (RULES / "README.md").read_text(encoding="utf-8")
    example = text.partition("\n## A rule, read aloud\n")[2].partition("```toml\n")[2].partition("```")[0]
    (data,) = tomli.loads(example)["rule"]
    shipped = tomli.loads((RULES / "treatments" / "dry_needling.toml").read_text(encoding="utf-8"))["rule"]
    (rule,) = [rule for rule in shipped if rule["id"] == data["id"]]
    assert data == {key: value for key, value in rule.items() if key != "covers"}


def test_every_trait_in_use_is_named_to_a_clinician() -> None:
    """Who adds a kind of treatment sees which traits rules know."""
    traits = {trait for kind in RULEBOOK.treatments.values() for trait in kind.traits}
    assert traits - readme_words("`treatments/*.toml`: `[treatment]`") == set()


def test_no_rule_reads_a_window_that_ends_before_it_begins_at_any_level() -> None:
    """Each variant's window runs as time passes, and stays within the unit that the rule uses."""
    odd = [
        (rule.id, level)
        for rule in RULEBOOK.rules.values()
        for level in ("permissive", "strict")
        if (variant := getattr(rule, level)) is not None
        for name in variant.model_fields_set
        if name != "away" and getattr(rule, name) is None
    ]
    assert odd == []


# -------------------------------------------------------------------------------------------- a rulebook with a mistake


def written(tmp_path: Path, change: Callable[[Path], object]) -> list[str]:
    """Return what is said about a copy of the shipped rulebook after a change in its folder."""
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    change(folder)
    with pytest.raises(InputError) as caught:
        read_rulebook(folder)
    return [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]


def adding(text: str, name: str = "general.toml") -> Callable[[Path], object]:
    """Return a change that adds a text to a file."""

    def change(folder: Path) -> None:
        path = folder / name
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")

    return change


def in_place(name: str, old: str, new: str) -> Callable[[Path], object]:
    """Return a change that replaces the first place of a text in a file."""

    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def without(name: str) -> Callable[[Path], object]:
    """Return a change that takes a file away."""
    return lambda folder: (folder / name).unlink()


def a_rule(*lines: str, **changed: str) -> Callable[[Path], object]:
    """Return a change that adds a rule with some lines to the four that every rule needs."""
    fields = {"id": '"general.test"', "title": '"A test"', "why": '"A test."', "evidence": '"M"'} | changed
    head = [f"{key} = {value}" for key, value in fields.items() if value]
    return adding("\n".join(["[[rule]]", *head, *lines]))


DAY = "hours_after = [0, 24]"
RULE = "rules/general.toml: rule general.test"
SOURCE = '[NEW]\ntitle = "A study"\nurl = "https://example.org"\ntrust = "Read."'

MISTAKES: dict[str, tuple[Callable[[Path], object], str]] = {
    "an unknown field": (
        a_rule("hours_afetr = [0, 1]", 'advice = "Rest."'),
        (
            f'{RULE}: hours_afetr: "hours_afetr" is not a key that is known here; did you mean '
            f'"hours_after", "hours_before" '
            'or "days_after"?'
        ),
    ),
    "a window after that runs backwards": (
        a_rule("hours_after = [24, 0]", "max_load = 1"),
        f"{RULE}: hours_after: [24, 0] is the wrong way round or empty; write hours_after = [0, 24]",
    ),
    "a window before that runs backwards": (
        a_rule("days_before = [0, 2]", "max_load = 1"),
        f"{RULE}: days_before: [0, 2] is the wrong way round or empty; write days_before = [2, 0]",
    ),
    "an empty window": (
        a_rule("hours_after = [24, 24]", "max_load = 1"),
        f"{RULE}: hours_after: [24, 24] is the wrong way round or empty; give it a length",
    ),
    "a negative hour": (
        a_rule("hours_after = [-1, 24]", "max_load = 1"),
        f"{RULE}: hours_after: [-1, 24] has a negative number; count from the treatment: no signs",
    ),
    "two windows on one side": (
        a_rule(DAY, "days_after = [0, 2]", "max_load = 1"),
        f"{RULE}: has two windows after the treatment; keep one unit",
    ),
    "a cap without a time": (
        a_rule("max_load = 1"),
        f"{RULE}: says no time; give it a window such as hours_after = [0, 24]",
    ),
    "a time without a cap": (
        a_rule(DAY),
        f"{RULE}: caps nothing and advises nothing; give it a cap, a check, or an advice",
    ),
    "an unknown region": (
        a_rule(DAY, "max_load = 1", 'when = { regions = ["calv"] }'),
        f'{RULE}: when.regions: "calv" is no region; did you mean "calf"?',
    ),
    "an unknown treatment": (
        a_rule(DAY, "max_load = 1", 'when = { treatments = ["shockwav"] }'),
        f'{RULE}: when.treatments: "shockwav" is no treatment; did you mean "shockwave"?',
    ),
    "an unknown trait": (
        a_rule(DAY, "max_load = 1", 'when = { traits = ["needeling"] }'),
        f'{RULE}: when.traits: "needeling" is no trait of a treatment; did you mean "needling"?',
    ),
    "an unknown group": (
        a_rule(DAY, "max_load = 1", 'when = { groups = ["legs"] }'),
        f'{RULE}: when.groups[0]: "legs" is not one of the choices; use "leg", "trunk" or "arm"',
    ),
    "an unknown field of when": (
        a_rule(DAY, "max_load = 1", 'when = { region = ["calf"] }'),
        f'{RULE}: when.region: "region" is not a key that is known here; did you mean "regions" or "except_regions"?',
    ),
    "an unknown workout ruled out": (
        a_rule(DAY, 'rules_out_workouts = ["bike_eazy"]'),
        f'{RULE}: rules_out_workouts: "bike_eazy" is no workout; did you mean "bike_easy", "bike_hard" or "bike_long"?',
    ),
    "an unknown kind ruled out": (
        a_rule(DAY, 'rules_out = ["runs"]'),
        f'{RULE}: rules_out: "runs" is no kind of workout; did you mean "run"?',
    ),
    "what hurt where nothing was logged": (
        a_rule(DAY, "max_load = 1", "applies_to = { what_hurt = true }"),
        f"{RULE}: applies_to.what_hurt: asks what was logged; only a rule in progression.toml may",
    ),
    "pain where nothing was logged": (
        a_rule(DAY, "max_load = 1", 'when = { pain_in = ["walk"] }'),
        f"{RULE}: when.pain_in: asks what was logged; only a rule in progression.toml may",
    ),
    "an unknown kind that brought pain": (
        a_rule(DAY, "max_load = 1", 'when = { pain_in = ["wlak"] }'),
        f'{RULE}: when.pain_in: "wlak" is no kind of workout; did you mean "walk"?',
    ),
    "an unknown kind allowed": (
        a_rule(DAY, 'allows_only = ["wlak"]'),
        f'{RULE}: allows_only: "wlak" is no kind of workout; did you mean "walk"?',
    ),
    "an unknown kind that it applies to": (
        a_rule(DAY, "max_load = 1", 'applies_to = { kinds = ["bikes"] }'),
        f'{RULE}: applies_to.kinds: "bikes" is no kind of workout; did you mean "bike", "hike" or "brick"?',
    ),
    "an unknown workout preferred": (
        a_rule(DAY, 'prefers = ["wakl"]'),
        f'{RULE}: prefers: "wakl" is no workout; did you mean "walk"?',
    ),
    "a load out of range": (
        a_rule(DAY, "max_load = 4"),
        f"{RULE}: max_load: 4 is not one of the choices; use 0, 1, 2 or 3",
    ),
    "an unknown impact": (
        a_rule(DAY, 'max_impact = "much"'),
        f'{RULE}: max_impact: "much" is not one of the choices; use "none", "low", "moderate" or "high"',
    ),
    "an id with a space": (
        a_rule('advice = "Rest."', id='"general test"'),
        (
            'rules/general.toml: rule general test: id: "general test" is no id; write the subject, '
            "a dot and a short name: "
            "dry_needling.first_day"
        ),
    ),
    "an id that stands twice": (
        a_rule('advice = "Rest."', id='"dry_needling.first_day"'),
        (
            "rules/treatments/dry_needling.toml: rule dry_needling.first_day: this id stands twice (also in "
            "rules/general.toml); give one of them another id"
        ),
    ),
    "no why": (a_rule('advice = "Rest."', why=""), f"{RULE}: why: is missing; it is required"),
    "a grade that does not exist": (
        a_rule('advice = "Rest."', evidence='"X"'),
        f'{RULE}: evidence: "X" is not one of the choices; use "A", "B", "C", "D" or "M"',
    ),
    "a grade without a source": (
        a_rule('advice = "Rest."', evidence='"B"'),
        f'{RULE}: sources: are missing; name at least one, or grade it "M" (our own judgement)',
    ),
    "a figure that only a level has": (
        a_rule(DAY, "max_load = 1", "strict = { max_minutes = 30 }"),
        f"{RULE}: strict.max_minutes: is not among the rule's own figures; give the rule itself one",
    ),
    "a safety rule that is loosened": (
        a_rule(DAY, "max_load = 1", "never_loosen = true", "permissive = { max_load = 2 }"),
        f"{RULE}: permissive: is given for a rule that is never loosened; take it out",
    ),
    "a source that nothing cites": (
        adding(SOURCE, "sources.toml"),
        "rules/sources.toml: NEW: is cited nowhere; cite it, or take it out",
    ),
    "a source without an address": (
        adding(SOURCE.replace("https://", ""), "sources.toml"),
        'rules/sources.toml: NEW.url: "example.org" is no address; write one that begins with https://',
    ),
    "a workout without a load": (
        in_place("workouts.toml", "plantar_fascia = 3\n", ""),
        (
            "rules/workouts.toml: run_easy: load: has no load for plantar_fascia; give one: 0 none, 1 "
            "low, 2 moderate, 3 high"
        ),
    ),
    "a load that does not exist": (
        in_place("workouts.toml", "plantar_fascia = 3\n", "plantar_fascia = 4\n"),
        "rules/workouts.toml: run_easy.load.plantar_fascia: 4 is not one of the choices; use 0, 1, 2 or 3",
    ),
    "an unknown workout instead": (
        in_place("workouts.toml", 'instead = ["bike_easy"', 'instead = ["bike_eazy"'),
        (
            'rules/workouts.toml: run_easy: instead: "bike_eazy" is no workout; did you mean "bike_easy", "bike_hard" '
            'or "bike_long"?'
        ),
    ),
    "an unknown figure of fitness": (
        in_place("workouts.toml", 'fitness = "easy_run_minutes"', 'fitness = "easy_run"'),
        (
            'rules/workouts.toml: run_easy: length.fitness: "easy_run" is no figure of [fitness]; did you mean '
            '"easy_run_minutes"?'
        ),
    ),
    "points below zero": (
        in_place("preferences.toml", "points = 1000", "points = -1"),
        "rules/preferences.toml: fit_in_goals.points: -1 is out of range; use at least 0",
    ),
    "a name of another language that belongs to two": (
        in_place("regions.toml", '"Wade", ', '"Wade", "Knie*", '),
        'rules/regions.toml: knee: other_languages: "Knie*" already means calf; keep it in one place',
    ),
    "a name of another language that is a part of its own": (
        in_place("ambiguous_names.toml", '"Ferse", ', '"Ferse", "Calves", '),
        'rules/ambiguous_names.toml: heel: other_languages: "Calves" already means calf; keep it in one place',
    ),
    "a name that belongs to two": (
        in_place("regions.toml", '"sole", ', '"sole", "calves", '),
        'rules/regions.toml: calf: everyday_names: "calves" already means plantar_fascia; keep it in one place',
    ),
    "a file that is not named after its treatment": (
        in_place("treatments/massage.toml", 'id = "massage"', 'id = "masage"'),
        'rules/treatments/massage.toml: treatment.id: "masage" is not the file\'s name; write id = "massage"',
    ),
    "a file that is missing": (
        without("sources.toml"),
        "rules/sources.toml: is missing; every rulebook has this file",
    ),
    "a table that is no rule": (
        adding("[extra]\nkey = 1"),
        "rules/general.toml: extra: is not known here; rules stand under [[rule]]",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_rulebook_is_said_with_its_place(mistake: str, tmp_path: Path) -> None:
    """File, rule, field, the bad value, and what would be right."""
    change, expected = MISTAKES[mistake]
    assert expected in written(tmp_path, change)


def test_a_source_of_low_trust_stands_behind_nothing_alone(tmp_path: Path) -> None:
    """It may support another one."""

    def change(folder: Path) -> None:
        adding(f"{SOURCE}\nlow_trust = true", "sources.toml")(folder)
        a_rule('advice = "Rest."', 'sources = ["NEW"]', evidence='"C"')(folder)

    assert written(tmp_path, change) == [f"{RULE}: sources: are of low trust only; name a better one beside them"]


def test_an_unknown_preference_and_a_missing_one_are_both_said(tmp_path: Path) -> None:
    """Renaming a preference is two mistakes."""
    found = written(tmp_path, in_place("preferences.toml", "[one_a_day]", "[one_day]"))
    assert (
        'rules/preferences.toml: one_day: "one_day" is no preference; did you mean "one_a_day" or "long_run_day"?'
        in found
    )
    assert "rules/preferences.toml: one_a_day: is missing; say what it is worth (0 switches it off)" in found


def test_a_file_that_is_not_toml_or_not_text_is_said(tmp_path: Path) -> None:
    """With the line, or with how to save it."""
    found = written(tmp_path, lambda folder: (folder / "general.toml").write_bytes(b"\xff\xfe"))
    assert [said for said in found if said.startswith("rules/general.toml: cannot be read")] != []
    assert [said for said in found if said.endswith("save it as UTF-8 text")] != []


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    """Nothing is read from anywhere else."""
    with pytest.raises(InputError, match="is no folder; give the folder of a rulebook"):
        read_rulebook(tmp_path / "nowhere")


def test_several_mistakes_of_one_kind_are_all_said(tmp_path: Path) -> None:
    """Three rules with a mistake each, in two files."""

    def change(folder: Path) -> None:
        a_rule(DAY, 'rules_out = ["runs"]', id='"general.one"')(folder)
        a_rule(DAY, 'rules_out = ["bikes"]', id='"general.two"')(folder)
        in_place("workouts.toml", "plantar_fascia = 3\n", "")(folder)

    found = written(tmp_path, change)
    assert sorted(said.split(": ")[1] for said in found) == ["rule general.one", "rule general.two", "run_easy"]


def test_mistakes_of_different_kinds_are_said_at_once_too(tmp_path: Path) -> None:
    """The page on rules promises all of them at once."""

    def change(folder: Path) -> None:
        a_rule("hours_afetr = [0, 1]", 'advice = "Rest."')(folder)
        in_place("workouts.toml", "plantar_fascia = 3\n", "")(folder)

    assert len(written(tmp_path, change)) == 2
