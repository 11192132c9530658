"""Hold the parts of a rulebook against each other: names that exist, sources that are used, loads that are complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.errors import Problem, quoted
from planner.rulebook.bending import BENDING
from planner.rulebook.kinds import COUNTED_GOALS
from planner.rulebook.model import PREFERENCES, Rulebook
from planner.rulebook.names import folded, words_of
from planner.rulebook.reading.check_rules import band_and_sign_problems, rule_problems, source_problems
from planner.rulebook.reading.loads import likes_of
from planner.rulebook.reading.origin import Origin, Unfinished, known_kinds, unknown_names


def check(rulebook: Rulebook, origins: Mapping[str, Origin]) -> list[Problem]:
    """Return every mistake that no single entry shows by itself; what could not be read is taken as right."""
    return [
        *_planned(rulebook, origins),
        *_regions(rulebook, origins),
        *_kinds(rulebook, origins),
        *_workouts(rulebook, origins),
        *_treatments(rulebook, origins),
        *_ambiguous_names(rulebook, origins),
        *_preferences(rulebook, origins),
        *_bending(rulebook, origins),
        *_everyday_names(rulebook, origins),
        *(problem for rule in rulebook.rules.values() for problem in rule_problems(rulebook, rule, origins)),
        *band_and_sign_problems(rulebook, origins),
    ]


PLANNED = ("run_easy", "run_walk", "run_long", "run_hard", "race")
"""The workouts that the planner itself asks for by name."""


def _file(origins: Mapping[str, Origin], name: str) -> str:
    """Return what messages call a file at the top of the rulebook that was read."""
    folder = next((origin.file.rpartition("/")[0] for key, origin in origins.items() if ".toml:" in key), "rules")
    return f"{folder}/{name}"


def _planned(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for key in PLANNED:
        if key not in rulebook.workouts:
            file = _file(origins, "workouts.toml")
            yield Problem(file, key, "is missing", "the planner asks for it by name: give its numbers")
    for goal in () if isinstance(known_kinds(rulebook), Unfinished) else COUNTED_GOALS:
        if goal not in rulebook.goals:
            yield Problem(
                _file(origins, "kinds.toml"), "", f"has no kind with the goal {quoted(goal)}", "people may ask for it"
            )


def _kinds(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for key, kind in rulebook.described_kinds.items():
        origin = origins.get(f"kinds.toml:{key}", Origin(_file(origins, "workouts.toml"), f"kind {quoted(key)}"))
        if key not in known_kinds(rulebook):
            yield origin.problem("", "is the kind of no workout", "give a workout of it, or take it out")
        if kind.only_with is not None:
            yield from unknown_names(origin, "only_with", [kind.only_with], rulebook.goals, "goal")
        parts = (goal for goal, workout in rulebook.special_goals.items() if rulebook.workouts[workout].kind == key)
        for name in (kind.goal, *kind.usual_minutes, *parts):
            owner = owners.setdefault(name, key) if name is not None else key
            if owner != key:
                yield origin.problem("goal", f"{quoted(name)} already belongs to {owner}", "give it a name of its own")


def _regions(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for key, region in rulebook.regions.items():
        origin = origins[f"regions.toml:{key}"]
        for part, names in (("counts_as", region.counts_as), ("load_like", region.load_like)):
            yield from unknown_names(origin, part, names, rulebook.regions, "region")
        if key in likes_of(key, rulebook.regions):
            yield origin.problem("load_like", "goes round in a circle", "name a region that has loads of its own")
        yield from unknown_names(origin, "load_sources", region.load_sources, rulebook.sources, "source")


def _treatments(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for key, kind in rulebook.treatments.items():
        for field, region in (("region", kind.region), ("body", kind.body)):
            named = [] if region is None else [region]
            yield from unknown_names(origins[f"treatments:{key}"], field, named, rulebook.regions, "region")


def _ambiguous_names(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    """Yield what is wrong with the words of several meanings: a region's own name means that region alone."""
    owners = {folded(name): key for key, names in rulebook.names.regions.items() for name in names}
    elsewhere = rulebook.names.elsewhere.get("regions", {})
    owners |= {folded(name.strip("*")): key for key, names in elsewhere.items() for name in names}
    for key, word in rulebook.ambiguous_names.items():
        origin = origins[f"ambiguous_names.toml:{key}"]
        yield from source_problems(rulebook, word, origin)
        yield from unknown_names(origin, "means", [word.means], rulebook.regions, "region")
        yield from unknown_names(origin, "could_be", word.could_be, rulebook.regions, "region")
        for name in (key, *word.everyday_names):
            owner = owners.get(folded(name), key if rulebook.regions.get(key) else word.means)
            if owner != word.means:
                yield origin.problem("everyday_names", f"{quoted(name)} already means {owner}", "keep it in one place")
        for name in word.other_languages:
            region = owners.get(folded(name.strip("*")))
            if region is not None:
                wrong = f"{quoted(name)} already means {region}"
                yield origin.problem("other_languages", wrong, "keep it in one place")


def _workouts(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for key, workout in rulebook.workouts.items():
        origin = origins[f"workouts.toml:{key}"]
        yield from unknown_names(origin, "load", workout.load, rulebook.regions, "region")
        for region in rulebook.regions:
            likes = rulebook.regions[region].load_like
            # What has no load because what it is like has none is said once, of that.
            if region not in workout.load and all(like in workout.load for like in likes):
                yield origin.problem("load", f"has no load for {region}", "give one: 0 none, 1 low, 2 moderate, 3 high")
        yield from unknown_names(origin, "counts_as", workout.counts_as, rulebook.workouts, "workout")
        yield from unknown_names(origin, "instead", workout.instead, rulebook.workouts, "workout")
        yield from unknown_names(
            origin, "load_like", [workout.load_like] if workout.load_like else [], rulebook.workouts, "workout"
        )
        yield from unknown_names(origin, "instead_of", workout.instead_of, rulebook.workouts, "workout")
        fitness = (*rulebook.usual_minutes, "longest_run_minutes", "race_minutes")
        yield from unknown_names(origin, "length.fitness", [workout.length.fitness], fitness, "figure of [fitness]")


def _bending(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for key in rulebook.bending:
        yield from unknown_names(origins[f"bending.toml:{key}"], "", [key], BENDING, "change to a plan")
    for key in BENDING if rulebook.bending else ():
        if key not in rulebook.bending:
            yield Problem(_file(origins, "bending.toml"), key, "is missing", "say what it costs")


def _preferences(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for key in rulebook.preferences:
        yield from unknown_names(origins[f"preferences.toml:{key}"], "", [key], PREFERENCES, "preference")
    for key in PREFERENCES:
        if key not in rulebook.preferences:
            yield Problem(
                _file(origins, "preferences.toml"), key, "is missing", "say what it is worth (0 switches it off)"
            )


NAMED_IN = {
    "regions": "regions.toml",
    "workouts": "workouts.toml",
    "treatments": "treatments",
    "signs": "red_flags.toml",
    "illnesses": "illness.toml",
}


def _everyday_names(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    order = {key: number for number, key in enumerate(origins)}
    for what, places in NAMED_IN.items():
        owner: dict[object, str] = {}
        alike = words_of if what == "signs" else folded
        # In the order in which they were read: a name belongs to whoever had it first.
        for key, names in sorted(getattr(rulebook.names, what).items(), key=lambda item: order[f"{places}:{item[0]}"]):
            for name in (key, *names):
                other = owner.setdefault(alike(name), key)
                if other != key:
                    wrong = f"{quoted(name)} already means {other}"
                    yield origins[f"{places}:{key}"].problem("everyday_names", wrong, "keep it in one place")
        for key, names in rulebook.names.elsewhere.get(what, {}).items():
            for name in names:
                other = owner.setdefault(alike(name.strip("*")), key)
                if other != key:
                    wrong = f"{quoted(name)} already means {other}"
                    yield origins[f"{places}:{key}"].problem("other_languages", wrong, "keep it in one place")
