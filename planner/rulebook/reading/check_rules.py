"""Hold rules, bands and signs against the rest of a rulebook: what they name, when they speak, on which sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from planner.errors import Problem
from planner.rulebook.kinds import Region, Sign
from planner.rulebook.model import Band, Rulebook
from planner.rulebook.reading.levels import reversed_figures
from planner.rulebook.reading.origin import Origin, Unfinished, known_kinds, unknown_names
from planner.rulebook.rule import Cited, Numbers, Rule


def rule_problems(rulebook: Rulebook, rule: Rule, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    """Yield what is wrong with a rule: names that there are not, no cap and no advice, no time, no source."""
    origin = origins[f"rules:{rule.id}"]
    kinds, workouts = known_kinds(rulebook), rulebook.workouts
    traits: Collection[str] = {trait for kind in rulebook.treatments.values() for trait in kind.traits}
    traits = Unfinished() if isinstance(rulebook.treatments, Unfinished) else traits
    yield from unknown_names(origin, "when.treatments", rule.when.treatments or (), rulebook.treatments, "treatment")
    yield from unknown_names(origin, "when.illnesses", rule.when.illnesses or (), rulebook.illnesses, "illness")
    yield from unknown_names(origin, "when.traits", rule.when.traits or (), traits, "trait of a treatment")
    yield from unknown_names(origin, "when.regions", rule.when.regions or (), rulebook.regions, "region")
    yield from unknown_names(origin, "when.except_regions", rule.when.except_regions, rulebook.regions, "region")
    yield from unknown_names(origin, "applies_to.workouts", rule.applies_to.workouts or (), workouts, "workout")
    yield from unknown_names(origin, "applies_to.except_workouts", rule.applies_to.except_workouts, workouts, "workout")
    yield from unknown_names(origin, "applies_to.kinds", rule.applies_to.kinds or (), kinds, "kind of workout")
    yield from unknown_names(origin, "applies_to.except_kinds", rule.applies_to.except_kinds, kinds, "kind of workout")
    yield from unknown_names(origin, "when.pain_in", rule.when.pain_in or (), kinds, "kind of workout")
    for field in ("rules_out", "allows_only"):
        yield from unknown_names(origin, field, getattr(rule, field) or (), kinds, "kind of workout")
    for field in ("rules_out_workouts", "rules_out_checked", "prefers", "avoids"):
        yield from unknown_names(origin, field, getattr(rule, field), workouts, "workout")
    if rule.when.personal and rule.about != "training":
        yield origin.problem("when", "asks for something of the person", "only a rule in training.toml may")
    if rule.when.pain_in is not None and rule.about != "log":
        yield origin.problem("when.pain_in", "asks what was logged", "only a rule in progression.toml may")
    if rule.applies_to.what_hurt and rule.about != "log":
        yield origin.problem("applies_to.what_hurt", "asks what was logged", "only a rule in progression.toml may")
    if rule.applies_to.what_hurt and (rule.applies_to.kinds or rule.applies_to.workouts):
        yield origin.problem("applies_to", "names workouts beside what hurt", "keep one of them")
    if not _does_something(rule):
        yield origin.problem("", "caps nothing and advises nothing", "give it a cap, a check, or an advice")
    if (rule.caps or rule.prefers or rule.avoids) and not _has_a_time(rule):
        yield origin.problem("", "says no time", "give it a window such as hours_after = [0, 24]")
    yield from source_problems(rulebook, rule, origin)
    for field in OF_TREATMENTS:
        yield from unknown_names(origin, field, getattr(rule, field), rulebook.treatments, "treatment")
    if rule.asks_before_treatments and rule.about != "person":
        yield origin.problem("asks_before_treatments", "asks something of the person", "write it in people.toml")
    yield from (problem for level in ("permissive", "strict") for problem in _variant(rule, level, origin))
    yield from _levels(rule, origin)
    if rule.never_loosen and rule.permissive is not None:
        yield origin.problem("permissive", "is given for a rule that is never loosened", "take it out")


def source_problems(rulebook: Rulebook, cited: Cited, origin: Origin) -> Iterator[Problem]:
    """Yield what is wrong with the sources of an entry."""
    yield from unknown_names(origin, "sources", cited.sources, rulebook.sources, "source")
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
        or bool(rule.days_before_race or rule.booked_days_before_race)
        or any(getattr(rule, name) is not None for name in _TIMES)
    )


def band_and_sign_problems(rulebook: Rulebook, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    """Yield what is wrong with pain bands, danger signs and the return to running."""
    for key, band in rulebook.bands.items():
        origin = origins[f"bands:{key}"]
        yield from source_problems(rulebook, band, origin)
        yield from unknown_names(origin, "when.regions", band.when.regions or (), rulebook.regions, "region")
        yield from _levels(band, origin)
    for key, sign in rulebook.signs.items():
        yield from _sign(rulebook, sign, origins[f"red_flags.toml:{key}"])
    returning = rulebook.return_to_running
    if returning is not None:
        origin = origins["return_to_running"]
        yield from source_problems(rulebook, returning, origin)
        if not any(stage.walk_minutes for stage in rulebook.stages):
            right = "give the stages under [[stage]], the first with walks"
            yield origin.problem("", "has no stage with walking", right)
        elif returning.restart_stage > len(rulebook.stages):
            wrong = f"{returning.restart_stage} is no stage: there are {len(rulebook.stages)}"
            yield origin.problem("restart_stage", wrong, f"use 1 to {len(rulebook.stages)}")


def _sign(rulebook: Rulebook, sign: Sign, origin: Origin) -> Iterator[Problem]:
    traits = {trait for kind in rulebook.treatments.values() for trait in kind.traits}
    for variant in (sign, *map(sign.in_case, sign.cases)):
        yield from source_problems(rulebook, variant, origin)
    yield from unknown_names(origin, "regions", sign.regions, rulebook.regions, "region")
    yield from unknown_names(origin, "allows_only", sign.allows_only or (), rulebook.kinds, "kind of workout")
    yield from unknown_names(origin, "rules_out_workouts", sign.rules_out_workouts, rulebook.workouts, "workout")
    yield from unknown_names(origin, "forbids_treatments", sign.forbids_treatments, rulebook.treatments, "treatment")
    for treated in (case.treated for case in sign.cases if case.treated is not None):
        yield from unknown_names(origin, "cases.treated.regions", treated.regions or (), rulebook.regions, "region")
        yield from unknown_names(
            origin, "cases.treated.treatments", treated.treatments or (), rulebook.treatments, "treatment"
        )
        yield from unknown_names(origin, "cases.treated.traits", treated.traits or (), traits, "trait of a treatment")
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
