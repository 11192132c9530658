"""Hold the parts of a rulebook against each other: names that exist, sources that are used, loads that are complete."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from planner.errors import Problem, quoted, suggestion
from planner.rulebook.bending import BENDING
from planner.rulebook.kinds import COUNTED_GOALS, Region, Sign
from planner.rulebook.model import PREFERENCES, Band, Rulebook
from planner.rulebook.names import folded, words_of
from planner.rulebook.reading.levels import reversed_figures
from planner.rulebook.reading.loads import likes_of
from planner.rulebook.rule import Cited, Numbers, Rule


class Origin(NamedTuple):
    """Say where an entry of the rulebook stands."""

    file: str
    field: str

    def problem(self, part: str, wrong: str, right: str) -> Problem:
        """Return a problem in a part of the entry."""
        return Problem(self.file, f"{self.field}: {part}" if part else self.field, wrong, right)


class Unfinished(dict[str, Any]):
    """A table of which something could not be read: every name may be one of its."""

    def __contains__(self, _: object) -> bool:
        return True


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
        *(problem for rule in rulebook.rules.values() for problem in _rule(rulebook, rule, origins)),
        *_bands_and_signs(rulebook, origins),
    ]


def _unknown(origin: Origin, part: str, names: Iterable[str], allowed: Iterable[str], what: str) -> Iterator[Problem]:
    choices = allowed if isinstance(allowed, Container) else list(allowed)
    for name in names:
        if name not in choices:
            yield origin.problem(part, f"{quoted(name)} is no {what}", suggestion(name, choices))


PLANNED = ("run_easy", "run_walk", "run_long", "run_hard", "race")
"""The workouts that the planner itself asks for by name."""


def _file(origins: Mapping[str, Origin], name: str) -> str:
    """Return what messages call a file at the top of the rulebook that was read."""
    folder = next((origin.file.rpartition("/")[0] for key, origin in origins.items() if ".toml:" in key), "rules")
    return f"{folder}/{name}"


def _known_kinds(rulebook: Rulebook) -> Collection[str]:
    """Return the kinds of workout, which nobody knows where a workout or a kind could not be read."""
    unread = any(isinstance(table, Unfinished) for table in (rulebook.workouts, rulebook.workout_kinds))
    return Unfinished() if unread else rulebook.kinds


def _planned(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for key in PLANNED:
        if key not in rulebook.workouts:
            file = _file(origins, "workouts.toml")
            yield Problem(file, key, "is missing", "the planner asks for it by name: give its numbers")
    for goal in () if isinstance(_known_kinds(rulebook), Unfinished) else COUNTED_GOALS:
        if goal not in rulebook.goals:
            yield Problem(
                _file(origins, "kinds.toml"), "", f"has no kind with the goal {quoted(goal)}", "people may ask for it"
            )


def _kinds(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for key, kind in rulebook.described_kinds.items():
        origin = origins.get(f"kinds.toml:{key}", Origin(_file(origins, "workouts.toml"), f"kind {quoted(key)}"))
        if key not in _known_kinds(rulebook):
            yield origin.problem("", "is the kind of no workout", "give a workout of it, or take it out")
        if kind.only_with is not None:
            yield from _unknown(origin, "only_with", [kind.only_with], rulebook.goals, "goal")
        parts = (goal for goal, workout in rulebook.special_goals.items() if rulebook.workouts[workout].kind == key)
        for name in (kind.goal, *kind.usual_minutes, *parts):
            owner = owners.setdefault(name, key) if name is not None else key
            if owner != key:
                yield origin.problem("goal", f"{quoted(name)} already belongs to {owner}", "give it a name of its own")


def _regions(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for key, region in rulebook.regions.items():
        origin = origins[f"regions.toml:{key}"]
        for part, names in (("counts_as", region.counts_as), ("load_like", region.load_like)):
            yield from _unknown(origin, part, names, rulebook.regions, "region")
        if key in likes_of(key, rulebook.regions):
            yield origin.problem("load_like", "goes round in a circle", "name a region that has loads of its own")
        yield from _unknown(origin, "load_sources", region.load_sources, rulebook.sources, "source")


def _treatments(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for key, kind in rulebook.treatments.items():
        for field, region in (("region", kind.region), ("body", kind.body)):
            named = [] if region is None else [region]
            yield from _unknown(origins[f"treatments:{key}"], field, named, rulebook.regions, "region")


def _ambiguous_names(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    """Yield what is wrong with the words of several meanings: a region's own name means that region alone."""
    owners = {folded(name): key for key, names in rulebook.names.regions.items() for name in names}
    for key, word in rulebook.ambiguous_names.items():
        origin = origins[f"ambiguous_names.toml:{key}"]
        yield from _cited(rulebook, word, origin)
        yield from _unknown(origin, "means", [word.means], rulebook.regions, "region")
        yield from _unknown(origin, "could_be", word.could_be, rulebook.regions, "region")
        for name in (key, *word.everyday_names):
            owner = owners.get(folded(name), key if rulebook.regions.get(key) else word.means)
            if owner != word.means:
                yield origin.problem("everyday_names", f"{quoted(name)} already means {owner}", "keep it in one place")


def _workouts(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for key, workout in rulebook.workouts.items():
        origin = origins[f"workouts.toml:{key}"]
        yield from _unknown(origin, "load", workout.load, rulebook.regions, "region")
        for region in rulebook.regions:
            likes = rulebook.regions[region].load_like
            # What has no load because what it is like has none is said once, of that.
            if region not in workout.load and all(like in workout.load for like in likes):
                yield origin.problem("load", f"has no load for {region}", "give one: 0 none, 1 low, 2 moderate, 3 high")
        yield from _unknown(origin, "counts_as", workout.counts_as, rulebook.workouts, "workout")
        yield from _unknown(origin, "instead", workout.instead, rulebook.workouts, "workout")
        yield from _unknown(
            origin, "load_like", [workout.load_like] if workout.load_like else [], rulebook.workouts, "workout"
        )
        yield from _unknown(origin, "instead_of", workout.instead_of, rulebook.workouts, "workout")
        fitness = (*rulebook.usual_minutes, "longest_run_minutes", "race_minutes")
        yield from _unknown(origin, "length.fitness", [workout.length.fitness], fitness, "figure of [fitness]")


def _bending(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for key in rulebook.bending:
        yield from _unknown(origins[f"bending.toml:{key}"], "", [key], BENDING, "change to a plan")
    for key in BENDING if rulebook.bending else ():
        if key not in rulebook.bending:
            yield Problem(_file(origins, "bending.toml"), key, "is missing", "say what it costs")


def _preferences(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for key in rulebook.preferences:
        yield from _unknown(origins[f"preferences.toml:{key}"], "", [key], PREFERENCES, "preference")
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


def _rule(rulebook: Rulebook, rule: Rule, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    origin = origins[f"rules:{rule.id}"]
    kinds, workouts = _known_kinds(rulebook), rulebook.workouts
    traits: Collection[str] = {trait for kind in rulebook.treatments.values() for trait in kind.traits}
    traits = Unfinished() if isinstance(rulebook.treatments, Unfinished) else traits
    yield from _unknown(origin, "when.treatments", rule.when.treatments or (), rulebook.treatments, "treatment")
    yield from _unknown(origin, "when.illnesses", rule.when.illnesses or (), rulebook.illnesses, "illness")
    yield from _unknown(origin, "when.traits", rule.when.traits or (), traits, "trait of a treatment")
    yield from _unknown(origin, "when.regions", rule.when.regions or (), rulebook.regions, "region")
    yield from _unknown(origin, "when.except_regions", rule.when.except_regions, rulebook.regions, "region")
    yield from _unknown(origin, "applies_to.workouts", rule.applies_to.workouts or (), workouts, "workout")
    yield from _unknown(origin, "applies_to.except_workouts", rule.applies_to.except_workouts, workouts, "workout")
    yield from _unknown(origin, "applies_to.kinds", rule.applies_to.kinds or (), kinds, "kind of workout")
    yield from _unknown(origin, "applies_to.except_kinds", rule.applies_to.except_kinds, kinds, "kind of workout")
    for field in ("rules_out", "allows_only"):
        yield from _unknown(origin, field, getattr(rule, field) or (), kinds, "kind of workout")
    for field in ("rules_out_workouts", "rules_out_checked", "prefers", "avoids"):
        yield from _unknown(origin, field, getattr(rule, field), workouts, "workout")
    if rule.when.personal and rule.about != "training":
        yield origin.problem("when", "asks for something of the person", "only a rule in training.toml may")
    if not _does_something(rule):
        yield origin.problem("", "caps nothing and advises nothing", "give it a cap, a check, or an advice")
    if (rule.caps or rule.prefers or rule.avoids) and not _has_a_time(rule):
        yield origin.problem("", "says no time", "give it a window such as hours_after = [0, 24]")
    yield from _cited(rulebook, rule, origin)
    for field in OF_TREATMENTS:
        yield from _unknown(origin, field, getattr(rule, field), rulebook.treatments, "treatment")
    if rule.asks_before_treatments and rule.about != "person":
        yield origin.problem("asks_before_treatments", "asks something of the person", "write it in people.toml")
    yield from (problem for level in ("permissive", "strict") for problem in _variant(rule, level, origin))
    yield from _levels(rule, origin)
    if rule.never_loosen and rule.permissive is not None:
        yield origin.problem("permissive", "is given for a rule that is never loosened", "take it out")


def _cited(rulebook: Rulebook, cited: Cited, origin: Origin) -> Iterator[Problem]:
    """Yield what is wrong with the sources of an entry."""
    yield from _unknown(origin, "sources", cited.sources, rulebook.sources, "source")
    if cited.evidence != "M" and not cited.sources:
        yield origin.problem("sources", "are missing", 'name at least one, or grade it "M" (our own judgement)')
    sources = [rulebook.sources.get(source) for source in cited.sources]
    if sources and all(source is not None and source.low_trust for source in sources):
        yield origin.problem("sources", "are of low trust only", "name a better one beside them")


def _variant(rule: Rule, level: str, origin: Origin) -> Iterator[Problem]:
    """Yield what is wrong with the figures of a caution level: they may only change those that the rule has."""
    variant: Numbers | None = getattr(rule, level)
    for name in sorted(variant.model_fields_set - {"away", "why_holds"}) if variant else ():
        if getattr(rule, name) is None:
            yield origin.problem(f"{level}.{name}", "is not among the rule's own figures", "give the rule itself one")


def _levels(entry: Rule | Band, origin: Origin) -> Iterator[Problem]:
    for level, name, wrong in reversed_figures(entry, entry.permissive, entry.strict):
        right = "strict is never looser than standard, nor standard than permissive"
        yield origin.problem(f"{level}.{name}", wrong, right)


def _does_something(rule: Rule) -> bool:
    return rule.caps or any(
        getattr(rule, name)
        for name in (*Numbers.model_fields, "prefers", "avoids", "advice", *OF_TREATMENTS)
        if name not in _TIMES and name != "away"
    )


OF_TREATMENTS = ("forbids_treatments", "asks_before_treatments")
_TIMES = tuple(f"{unit}_{side}" for unit in ("hours", "days", "weeks") for side in ("after", "before"))


def _has_a_time(rule: Rule) -> bool:
    return (
        rule.about in {"injury", "person"}
        or rule.during
        or rule.illness_days is not None
        or rule.first_run_back
        or rule.about == "training"
        or bool(rule.days_before_race)
        or any(getattr(rule, name) is not None for name in _TIMES)
    )


def _bands_and_signs(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for key, band in rulebook.bands.items():
        origin = origins[f"bands:{key}"]
        yield from _cited(rulebook, band, origin)
        yield from _unknown(origin, "when.regions", band.when.regions or (), rulebook.regions, "region")
        yield from _levels(band, origin)
    for key, sign in rulebook.signs.items():
        yield from _sign(rulebook, sign, origins[f"red_flags.toml:{key}"])
    returning = rulebook.return_to_running
    if returning is not None:
        origin = origins["return_to_running"]
        yield from _cited(rulebook, returning, origin)
        if not any(stage.walk_minutes for stage in rulebook.stages):
            right = "give the stages under [[stage]], the first with walks"
            yield origin.problem("", "has no stage with walking", right)
        elif returning.restart_stage > len(rulebook.stages):
            wrong = f"{returning.restart_stage} is no stage: there are {len(rulebook.stages)}"
            yield origin.problem("restart_stage", wrong, f"use 1 to {len(rulebook.stages)}")


def _sign(rulebook: Rulebook, sign: Sign, origin: Origin) -> Iterator[Problem]:
    kinds = rulebook.treatments
    traits = {trait for kind in kinds.values() for trait in kind.traits}
    for variant in (sign, *map(sign.in_case, sign.cases)):
        yield from _cited(rulebook, variant, origin)
    yield from _unknown(origin, "regions", sign.regions, rulebook.regions, "region")
    yield from _unknown(origin, "allows_only", sign.allows_only or (), rulebook.kinds, "kind of workout")
    yield from _unknown(origin, "rules_out_workouts", sign.rules_out_workouts, rulebook.workouts, "workout")
    yield from _unknown(origin, "forbids_treatments", sign.forbids_treatments, rulebook.treatments, "treatment")
    for treated in (case.treated for case in sign.cases if case.treated is not None):
        yield from _unknown(origin, "cases.treated.regions", treated.regions or (), rulebook.regions, "region")
        yield from _unknown(origin, "cases.treated.treatments", treated.treatments or (), kinds, "treatment")
        yield from _unknown(origin, "cases.treated.traits", treated.traits or (), traits, "trait of a treatment")
        if treated.days[0] > treated.days[1]:
            yield origin.problem("cases.treated.days", "runs backwards", "write the earlier day first: [0, 14]")


def cited_sources(regions: Iterable[Region], entries: Iterable[Cited | None]) -> set[str]:
    """Return the keys of the sources that some regions and other entries cite."""
    by_regions = {source for region in regions for source in region.load_sources}
    cited = [entry for entry in entries if entry is not None]
    cases = [sign.in_case(case) for sign in cited if isinstance(sign, Sign) for case in sign.cases]
    return by_regions | {source for entry in (*cited, *cases) for source in entry.sources}


def unused_sources(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    """Yield that a source is cited nowhere: no mistake where what could not be read may cite it."""
    entries: list[Cited] = [*rulebook.rules.values(), *rulebook.bands.values(), *rulebook.signs.values()]
    entries += rulebook.ambiguous_names.values()
    cited = cited_sources(rulebook.regions.values(), [*entries, rulebook.return_to_running])
    for key in rulebook.sources:
        if key not in cited:
            yield origins[f"sources.toml:{key}"].problem("", "is cited nowhere", "cite it, or take it out")
