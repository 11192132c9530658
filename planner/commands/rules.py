"""`planner rules`: find rules and show them with their evidence and sources; check a rulebook of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.case.places import TissuePlace
from planner.commands.output import print_json
from planner.errors import InputError, Problem, suggestion
from planner.limits.red_flags import SOON
from planner.limits.rule_windows import speaks_about_place
from planner.limits.session_spacing import earlier_starts
from planner.results.as_json import rule_data
from planner.rulebook.figures import When, counted
from planner.rulebook.file import OwnRulebook, own_rulebook, rulebook, shipped_rulebook
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule
from planner.rulebook.scales import Tissue
from planner.show import rules as show
from planner.show.rules import Other
from planner.titles.file import NAME as WORDS
from planner.titles.file import reading_words
from planner.wording.english import listed
from planner.wording.rules.explainer import NOTICE
from planner.wording.rules.phrases import earlier_start_problem, is_standing


@dataclass(frozen=True, kw_only=True)
class Options:
    """Hold what `planner rules` is asked: which rules to show, or which folder to check."""

    id: str | None = None
    treatment: str | None = None
    region: str | None = None
    check: Path | None = None
    format: str = "text"
    rules: Path | None = None


def run(options: Options) -> int:
    """Show the rules that are asked for, or check a rulebook, and return the exit status."""
    if options.check is not None:
        if options.id or options.treatment or options.region:
            raise InputError([Problem("planner rules", "--check", "says all there is to say", "give it alone")])
        _check(options.check, options.format)
        return 0
    book = rulebook(options.rules)
    kind, part = _asked(book, options.treatment, options.region)
    rules, others = _entries_about(book, options.id, kind, part)
    if options.format == "json":
        shown = [*map(rule_data, rules), *(_other_data(key, other) for key, other in others.items())]
        print_json({"rules": shown}, book)
    else:
        lines = _text(book, options.id, kind, part, rules, others)
        print("\n".join([*lines, "", *show.wrapped(NOTICE)]))
    return 0


def _asked(book: Rulebook, treatment: str | None, region: str | None) -> tuple[str | None, str | None]:
    """Return the canonical names of what is asked about; raise `InputError` with every name that is unknown."""
    names: list[str | None] = []
    problems = []
    for what, option, asked in (("treatments", "--treatment", treatment), ("regions", "--region", region)):
        name = None if asked is None else book.names.find(what, asked)
        if asked is not None and name is None:
            wrong = f'"{asked}" is no {what.removesuffix("s")}'
            problems.append(Problem("planner rules", option, wrong, book.names.nearest(what, asked)))
        names.append(name)
    if problems:
        raise InputError(problems)
    return names[0], names[1]


def _entries_about(
    book: Rulebook, name: str | None, kind: str | None, region: str | None
) -> tuple[list[Rule], dict[str, Other]]:
    """Return the rules that are asked for, and what else has that name."""
    rules = [rule for rule in book.rules.values() if _can_speak(rule, book, kind, region)]
    if name is None:
        return rules, {}
    others = _others(book)
    if name in others:
        return [], {name: others[name]}
    if name == SOON:
        return [], {key: other for key, other in others.items() if getattr(other, "level", None) == "soon"}
    if name in book.rules:
        return [rule for rule in rules if rule.id == name], {}
    keys = [*book.rules, *others]
    begins = book.names.find("treatments", name) or name
    if any(key.startswith(f"{begins}.") for key in keys):
        begins += "."
    if not any(key.startswith(begins) for key in keys):
        right = suggestion(name, [*keys, *dict.fromkeys(key.split(".")[0] for key in keys)])
        raise InputError([Problem("planner rules", "ID", f'"{name}" is no rule', right)])
    return (
        [rule for rule in rules if rule.id.startswith(begins)],
        {key: other for key, other in others.items() if key.startswith(begins)},
    )


def _others(book: Rulebook) -> dict[str, Other]:
    """Return what else a plan may name as a reason."""
    others_by_key: dict[str, Other] = {f"bands.{key}": band for key, band in book.bands.items()}
    others_by_key |= {f"preferences.{key}": preference for key, preference in book.preferences.items()}
    others_by_key |= {f"red_flags.{key}": sign for key, sign in book.signs.items()}
    if book.return_to_running is not None:
        others_by_key["return_to_running"] = book.return_to_running
    return others_by_key


def _can_speak(rule: Rule, book: Rulebook, kind: str | None, region: str | None) -> bool:
    """Return whether there are cases in which a rule speaks about a kind of treatment, and about a region."""
    if kind is not None and not _treats(rule, book, kind):
        return False
    if region is None:
        return True
    own = book.regions[region]
    tissues: dict[Tissue, None] = {own.tissue: None}
    if rule.about == "treatment":
        kinds = (
            [kind]
            if kind is not None
            else [treatment for treatment in book.treatments if _treats(rule, book, treatment)]
        )
        tissues |= {book.treatments[kind].tissue or own.tissue: None for kind in kinds}
    return speaks_about_place(rule.when, TissuePlace(region, tuple(tissues), own.graded), book)


def _treats(rule: Rule, book: Rulebook, kind: str) -> bool:
    return (
        rule.about == "treatment"
        and (not is_standing(rule) or rule.longer_by_hours is not None)
        and (rule.when.treatments is None or kind in rule.when.treatments)
        and (rule.when.traits is None or any(trait in rule.when.traits for trait in book.treatments[kind].traits))
    )


def _names_places(when: When) -> bool:
    return any(condition is not None for condition in (when.regions, when.groups, when.tissues, when.chest_wall))


def _text(
    book: Rulebook,
    name: str | None,
    kind: str | None,
    region: str | None,
    rules: list[Rule],
    others: Mapping[str, Other],
) -> list[str]:
    if name is None and kind is None and region is None:
        return show.overview(book, _others(book))
    if name is not None and len(rules) + len(others) == 1:
        in_full = [show.rule_in_full(rule, book) for rule in rules]
        in_full += [show.other_in_full(key, other, book) for key, other in others.items()]
        return in_full[0]
    lines = show.region_loads(region, book) if region is not None else []
    shown, everywhere = rules, 0
    if region is not None and kind is None and name is None:
        # Most rules speak about every region: only those that name this one are worth a line each.
        shown = [rule for rule in rules if _names_places(rule.when)]
        everywhere = len(rules) - len(shown)
    if not rules and not others:
        lines += ["", "No rule speaks about that."]
    if shown:
        lines += ["", *show.rule_lines(shown, book)]
    if others:
        lines += ["", *show.other_lines(others)]
    if everywhere:
        lines += ["", f"And {counted(everywhere, 'rules')} that hold wherever a treatment is: add --treatment KIND."]
    return lines[1:] if lines[0] == "" else lines


def _other_data(key: str, datum: Other) -> dict[str, Any]:
    return {**datum.model_dump(mode="json"), "id": key}


def _check(folder: Path, form: str) -> None:
    """Read and check a rulebook, and say what is in it; raise `InputError` with every mistake."""
    own = own_rulebook(folder)
    if (folder / WORDS).is_file():
        reading_words(folder)
    earlier = [earlier_start_problem(earlier, own.rulebook, str(folder)) for earlier in earlier_starts(own.rulebook)]
    if earlier:
        raise InputError(earlier)
    shipped = shipped_rulebook().rules
    instead = [] if own.whole else [rule for rule in own.rules if rule in shipped]
    new = [rule for rule in own.rules if rule not in instead]
    if form == "json":
        whole = own.rulebook
        result = {"whole": own.whole, "rules": len(whole.rules), "new": new, "instead": instead}
        print_json(result, whole)
    else:
        print(_fine(folder, own, new, instead))


def _fine(folder: Path, own: OwnRulebook, new: Iterable[str], instead: Iterable[str]) -> str:
    book = own.rulebook
    if own.whole:
        parts: dict[str, Mapping[str, object]] = {
            "rules": book.rules,
            "kinds of treatment": book.treatments,
            "regions": book.regions,
            "workouts": book.workouts,
            "sources": book.sources,
        }
        return f"{folder} is fine: {listed([f'{len(part)} {name}' for name, part in parts.items()])}."
    sources = [f"{word}: {', '.join(ids)}" for word, ids in (("new", new), ("in place of the shipped", instead)) if ids]
    total = counted(len(book.rules), "rules")
    return (
        f"{folder} is fine: {counted(len(own.rules), 'rules')} on top of the shipped ones, {total} in all."
        + "".join(f"\n  {part}" for part in sources)
    )
