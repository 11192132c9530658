"""Rules as text for people: an overview, lists, one rule in full, and what workouts ask of a region."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import get_args

from planner.rulebook.figures import counted
from planner.rulebook.kinds import Sign
from planner.rulebook.model import Band, Preference, ReturnToRunning, Rulebook, Stage
from planner.rulebook.rule import Cited, Rule
from planner.rulebook.scales import EVIDENCE, Caution, Load
from planner.wording.english import small
from planner.wording.rules.figures import FIGURES, figures_at
from planner.wording.rules.phrases import LOADS, band_what, band_when, what_phrases, when_phrase
from planner.wording.signs import HOW_SOON

LEVELS: tuple[Caution, ...] = ("permissive", "standard", "strict")
Other = Preference | Sign | Band | ReturnToRunning
"""What a plan may name as its reason besides a rule."""
WIDEST = 100
"""Columns of text: longer lines are hard to read."""
INDENT = 10
"""Columns of the words before each part of a rule."""


def overview(rulebook: Rulebook, others: Mapping[str, Other]) -> list[str]:
    """Return what there is, by files, and how to ask on."""
    lines = wrapped(
        f"The rulebook: {len(rulebook.rules)} rules about {len(rulebook.treatments)} kinds of treatment, "
        f"{len(rulebook.regions)} regions and {len(rulebook.workouts)} workouts, from {len(rulebook.sources)} sources."
    )
    groups: dict[str, dict[str, int]] = {}
    for rule in rulebook.rules.values():
        counts = groups.setdefault(_heading(rule, rulebook), {})
        subject = rule.id.split(".")[0]
        counts[subject] = counts.get(subject, 0) + 1
    for key in others:
        counts = groups.setdefault("Besides rules", {})
        subject = key.split(".")[0]
        counts[subject] = counts.get(subject, 0) + 1
    for heading in sorted(groups, key=HEADINGS.index):
        lines += ["", heading]
        width = max(len(subject) for subject in groups[heading])
        for subject, number in sorted(groups[heading].items()):
            single, several = ("entry", "entries") if heading == "Besides rules" else ("rule", "rules")
            lines.append(f"  {subject:<{width}}  {number} {single if number == 1 else several}")
    for heading, names in NAMED.items():
        lines += ["", heading, *_hanging("  ", ", ".join(getattr(rulebook, names)), 2)]
    return [*lines, "", "Ask on", *(f"  {command:<48}{meaning}" for command, meaning in _ask_on(rulebook))]


NAMED = {"Parts of the body": "regions", "Workouts": "workouts", "Illnesses": "illnesses"}
"""What has names of its own and is no subject of a file of rules, in the order of the overview."""
HEADINGS = ("Treatments", "Any treatment", "Injuries", "People", "Being ill", "Training", "Log", "Besides rules")


ABOUT = {"injury": "Injuries", "person": "People", "illness": "Being ill", "log": "Log", "training": "Training"}


def _heading(rule: Rule, rulebook: Rulebook) -> str:
    subject = rule.id.split(".")[0]
    if rule.about != "treatment":
        headings = {
            "injury": "Injuries",
            "person": "People",
            "illness": "Being ill",
            "log": "Log",
            "training": "Training",
        }
        return headings[rule.about]
    if subject in rulebook.treatments:
        return "Treatments"
    return "Training" if subject == "training" else "Any treatment"


def _ask_on(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    rule = next(iter(rulebook.rules), None)
    kind, region = next(iter(rulebook.treatments), None), next(iter(rulebook.regions), None)
    if rule is not None:
        yield f"planner rules {rule.split('.')[0]}", "its rules, a line each"
        yield f"planner rules {rule}", "one rule in full"
    if kind is not None:
        yield f"planner rules --treatment {kind}", "all that speaks after such a treatment"
    if region is not None:
        yield f"planner rules --region {region}", "all that speaks about it, and what workouts ask of it"


def rule_lines(rules: Sequence[Rule], rulebook: Rulebook) -> list[str]:
    """Return rules with their grade, a line each, under their headings."""
    lines: list[str] = []
    for heading in HEADINGS:
        of_heading = [rule for rule in rules if _heading(rule, rulebook) == heading]
        if of_heading:
            lines += ["", heading, *_listed((rule.id, rule.evidence, rule.title) for rule in of_heading)]
    return lines[1:]


def _listed(entries: Iterable[tuple[str, str, str]]) -> list[str]:
    rows = list(entries)
    width = max(len(key) for key, _, _ in rows)
    return [line for key, grade, title in rows for line in _hanging(f"  {key:<{width}}  {grade}  ", title, width + 7)]


def other_lines(others: Mapping[str, Other]) -> list[str]:
    """Return what is no rule, a line each."""
    return _listed((key, getattr(other, "evidence", "M"), _title(other)) for key, other in others.items())


def _title(datum: Other) -> str:
    match datum:
        case Preference():
            return datum.sentence
        case Sign():
            return datum.name
        case Band():
            return datum.title
    return "The stages of the return to running"


def rule_in_full(rule: Rule, rulebook: Rulebook) -> list[str]:
    """Return one rule with all that it says: when, what, why, how good the evidence is, the caution levels, sources."""
    lines = [rule.id, *wrapped(rule.title), "", *_part("When", [_capital(when_phrase(rule, rulebook))])]
    lines += _part("What", [_capital(phrase) for phrase in what_phrases(rule, rulebook)])
    if rule.by is not None:
        lines += _part("By", [rule.by])
    return [*lines, *_why(rule), "", *_levels(rule), *_sources(rule, rulebook)]


def other_in_full(key: str, datum: Other, rulebook: Rulebook) -> list[str]:
    """Return in full what is no rule: a preference, a danger sign, a pain band, the return to running."""
    lines = [key, *wrapped(_title(datum)), ""]
    match datum:
        case Preference():
            lines += _part("Worth", [_worth(datum)])
            return [*lines, *_part("Why", [datum.why])]
        case Sign():
            lines += _part("Asks", [datum.question])
            lines += _part("What", [f"{HOW_SOON[datum.level]}. {datum.advice}", datum.context])
            lines += _part("Needed", [f"{datum.finding[:1].upper()}{datum.finding[1:]}."])
            for other in map(datum.in_case, datum.cases):
                lines += _part("But", [f"{HOW_SOON[other.level]}: {other.name}. {other.advice}", other.context])
            return [*lines, *_why(datum), *_sources(datum, rulebook)]
        case Band():
            lines += _part("When", [_capital(band_when(datum, rulebook))])
            lines += _part("What", [_capital(phrase) for phrase in band_what(datum)])
            return [*lines, *_why(datum), "", *_levels(datum), *_sources(datum, rulebook)]
    stages = [f"Stage {number}: {_stage(stage)}" for number, stage in enumerate(rulebook.stages, start=1)]
    lines += _part("What", [*_passed(datum), *stages])
    return [*lines, *_why(datum), *_sources(datum, rulebook)]


def _stage(stage: Stage) -> str:
    walk = f"{stage.walk_minutes} min walk, " if stage.walk_minutes else ""
    return f"{stage.repeats} \u00d7 ({walk}{stage.run_minutes} min run)"


def _passed(rule: ReturnToRunning) -> list[str]:
    """Return how the stages of the return to running are passed."""
    good, strict = rule.good_sessions_per_stage, rule.strict_good_sessions_per_stage
    return [
        f"Each session begins with {counted(rule.walk_first_minutes, 'minutes')} of walking",
        f"At least {counted(rule.days_between_runs, 'days')} from one session to the next",
        f"A stage is passed by {counted(good, 'good sessions')} (at the level strict: {strict})",
        f"Next morning {rule.repeat_at_rise} above the usual: the stage again; {rule.back_at_rise} or more: one back",
        f"From setback {rule.setbacks_for_two_stages} on: two stages back",
        f"After {counted(rule.setbacks_for_clinician, 'setbacks')}: a clinician",
        (
            f"After {counted(rule.days_without_running, 'days')} without running: "
            f"from stage {rule.restart_stage} at the most"
        ),
    ]


def _worth(preference: Preference) -> str:
    worth = counted(preference.points, "points")
    if preference.points_less_per_rank:
        worth += f", {preference.points_less_per_rank} less for each further wish, at least {preference.least_points}"
    return worth


def _why(cited: Cited) -> list[str]:
    return [*_part("Why", [cited.why]), *_part("Evidence", [f"{cited.evidence}, {EVIDENCE[cited.evidence]}"])]


def _sources(cited: Cited, rulebook: Rulebook) -> list[str]:
    lines = ["", "Sources"] if cited.sources else []
    for key in cited.sources:
        source = rulebook.sources[key]
        lines += _hanging("  - ", source.title, 4)
        lines.append(f"    {source.url}")
        lines += _hanging("    ", source.trust, 4)
    return lines


def _levels(rule: Rule | Band) -> list[str]:
    """Return the figures that differ between the caution levels, side by side."""
    if isinstance(rule, Rule) and rule.never_loosen:
        safety = "A safety rule: no level and no exception loosens it."
    else:
        safety = "Caution levels"
    by_level = {level: figures_at(rule, level) for level in LEVELS}
    held = [figures for figures in by_level.values() if figures is not None]
    rows = [
        (words, [_cell(figures, name) for figures in by_level.values()])
        for name, (words, _) in FIGURES.items()
        if len({str(figures.get(name)) for figures in held}) > 1
    ]
    if len(held) < len(by_level) and not rows:
        rows = [("", ["does not hold" if figures is None else "holds" for figures in by_level.values()])]
    if not rows:
        return [safety if safety != "Caution levels" else "The same at all caution levels."]
    table: list[tuple[str, list[str]]] = [("", list(LEVELS)), *rows]
    first = max(len(words) for words, _ in table)
    widths = [max(len(cells[number]) for _, cells in table) for number in range(len(LEVELS))]
    lines = [safety]
    if 2 + first + sum(2 + width for width in widths) > WIDEST:
        # Too wide to stand side by side.
        for words, cells in rows:
            cells_by_level = [f"{level}: {cell}" for level, cell in zip(LEVELS, cells, strict=True)]
            lines += [f"  {words}", *(line for rule in cells_by_level for line in _hanging("    ", rule, 6))]
        return lines
    for words, cells in table:
        padded = "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))
        lines.append(f"  {words:<{first}}  {padded}".rstrip())
    return lines


def _cell(level: Mapping[str, object] | None, name: str) -> str:
    if level is None:
        return "does not hold"
    return FIGURES[name][1](level[name]) if name in level else "any"


def region_loads(name: str, rulebook: Rulebook) -> list[str]:
    """Return what each workout asks of a region, and where that is known from."""
    region = rulebook.regions[name]
    lines = [f"{region.name}: {region.group}, {region.tissue}", "", "What workouts ask of it"]
    for load in sorted(get_args(Load), reverse=True):
        asked = [small(workout.name) for workout in rulebook.workouts.values() if workout.load[name] == load]
        if asked:
            lines += _hanging(f"  {load} {LOADS[load]:<10}", ", ".join(asked), 14)
    cited = Cited(why=region.load_why, evidence=region.load_evidence, sources=region.load_sources)
    return [*lines, "", *_why(cited), *_sources(cited, rulebook)]


def _part(word: str, phrases: Sequence[str]) -> list[str]:
    """Return a part of a rule: its word, and beside it what it says, a list where there is more."""
    if len(phrases) == 1:
        return _hanging(f"{word:<{INDENT}}", phrases[0], INDENT)
    lines = [line for phrase in phrases for line in _hanging(" " * INDENT + "- ", phrase, INDENT + 2)]
    return [f"{word:<{INDENT}}{lines[0].strip()}", *lines[1:]] if lines else []


def wrapped(text: str) -> list[str]:
    """Return a text as lines that are not too long to read."""
    return _hanging("", text, 0)


def _hanging(first: str, text: str, indent: int) -> list[str]:
    width = max(40, min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST))
    return wrap(
        text,
        width=width,
        initial_indent=first,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
