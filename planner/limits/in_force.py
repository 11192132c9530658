"""In force: the rules that hold for a case, at its level of caution, with its clinicians' figures, and on training."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from planner.case.entries import Restriction, TreatmentEntry
from planner.case.model import Case, Injury, Override
from planner.clock import Seconds, midnight, seconds
from planner.errors import one_of
from planner.limits.effects import concerns, effect_of
from planner.limits.rule_windows import FOREVER, Window, is_of_injury, speaks_about_person
from planner.rulebook.figures import AppliesTo
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import UNITS, Rule


def have_same_rules(case: Case, other: Case) -> bool:
    """Return whether the same rules hold for two cases."""
    same_facts = case.health.facts == other.health.facts
    return case.caution == other.caution and case.rules == other.rules and same_facts


def rules_in_force(case: Case, rulebook: Rulebook) -> dict[str, Rule]:
    """Return the rules that hold at the case's caution level, a clinician's figures in place of that level's."""
    rules = {}
    # Sorted, so that nothing can hang on the order of the rulebook's files.
    for key, rule in sorted(rulebook.rules.items()):
        if rule.when.health is not None and not case.health.facts & frozenset(rule.when.health):
            continue
        at_level = rule.at(case.caution)
        word = case.rules.override.get(key)
        if word is not None:
            at_level = _in_their_words(at_level or rule, word)
        if at_level is not None:
            rules[key] = at_level
    return rules


def _in_their_words(rule: Rule, word: Override) -> Rule | None:
    """Return a rule with a clinician's figures in place of its own, or None where they say that it does not hold."""
    if word.away:
        return None
    changed = {name: getattr(word, name) for name in word.model_fields_set - {"by"}}
    for side in ("after", "before"):
        if any(f"{unit}_{side}" in changed for unit in UNITS):
            changed = {f"{unit}_{side}": None for unit in UNITS} | changed
    return rule.by_word(changed, word.by)


def restriction_windows(case: Case, rulebook: Rulebook) -> list[Window]:
    """Return the windows of the restrictions that a case names, each a rule of its own, by whoever gave it.

    What is allowed is none, but for the most that such a word says itself: `loosen_windows` puts it before the rules.
    """
    hurt = [injury.region for injury in case.injury] or [entry.region for entry in case.treatments if entry.region]
    return [
        Window(
            _restriction_rule(number, entry, rulebook),
            entry.region or next(iter(hurt), next(iter(rulebook.regions))),
            _opens(entry, case),
            _closes(entry, case),
        )
        for number, entry in enumerate(case.restrictions, start=1)
        if not entry.allowed or _holds_to_something(entry)
    ]


def _opens(entry: Restriction, case: Case) -> Seconds:
    """Return from when a restriction holds."""
    return Seconds(0) if entry.from_ is None else seconds(midnight(entry.from_, case.tz))


def _closes(entry: Restriction, case: Case) -> Seconds:
    """Return up to when a restriction holds."""
    return FOREVER if entry.until is None else seconds(midnight(entry.until + timedelta(days=1), case.tz))


def _holds_to_something(entry: Restriction) -> bool:
    return entry.most_minutes is not None or entry.most_intensity is not None


def restriction_id(number: int) -> str:
    """Return the id of the rule that a case's restriction of this number is, counted from 1."""
    return f"restriction.number_{number}"


def restriction_words(entry: Restriction, rulebook: Rulebook) -> str:
    """Return what a restriction names, as people say it: `runs or swims`; empty where it names nothing."""
    kinds = [rulebook.described_kinds[name].several for name in entry.what if name in rulebook.described_kinds]
    others = [rulebook.workouts[name].name.lower() for name in entry.what if name not in rulebook.described_kinds]
    return one_of([*kinds, *others]) if entry.what else ""


def _restriction_rule(number: int, entry: Restriction, rulebook: Rulebook) -> Rule:
    """Return a restriction as a rule: what it names is out, or held to so much."""
    kinds = tuple(name for name in entry.what if name in rulebook.described_kinds)
    workouts = tuple(name for name in entry.what if name not in kinds)
    held, names = _holds_to_something(entry), restriction_words(entry, rulebook)
    region = None if entry.region is None else rulebook.regions[entry.region].name.lower()
    what = names or "everything"
    title = f"No {what}" if names else f"Nothing that loads the {region} more than a little"
    if held:
        title = f"{what[:1].upper()}{what[1:]}: at most"
        most = [f"{entry.most_minutes} minutes"] if entry.most_minutes is not None else []
        most += [entry.most_intensity.replace("_", " ")] if entry.most_intensity is not None else []
        title += f" {' and '.join(most)}"
    out = not held and bool(names)
    load_only = entry.region is not None and not names and not held
    return Rule(
        id=restriction_id(number),
        title=f"{title}, says {entry.by}",
        why=f"The word of {entry.by}.",
        evidence="C",
        about="injury",
        rules_out=kinds if out else (),
        rules_out_workouts=workouts if out else (),
        max_load=1 if load_only else None,
        max_minutes=entry.most_minutes,
        max_intensity=entry.most_intensity,
        applies_to=AppliesTo(kinds=kinds or None, workouts=workouts or None) if held else AppliesTo(),
    )


# ------------------------------------------------------------------------------------------- the looser word


def loosen_windows(case: Case, rulebook: Rulebook, windows: list[Window]) -> list[Window]:
    """Return the windows of rules about treatments and injuries, without what a clinician allows in spite of them.

    What is allowed is neither ruled out nor held to less. What a rule asks to be checked before it stays, and so does a
    rule that nobody may loosen, or that keeps the time of an appointment free. Other workouts, and the time before and
    after, are as the rule has them.
    """
    for number, entry in enumerate(case.restrictions, start=1):
        if entry.allowed:
            windows = [part for window in windows for part in _loosened(window, number, entry, case, rulebook)]
    return windows


def _loosened(window: Window, number: int, entry: Restriction, case: Case, rulebook: Rulebook) -> Iterator[Window]:
    """Yield the parts of a rule's window that a clinician's leave makes of it; the window itself where it does not."""
    rule = window.rule
    first, last = max(_opens(entry, case), window.opens), min(_closes(entry, case), window.closes)
    elsewhere = entry.region is not None and not rulebook.is_same_place(window.region, entry.region)
    theirs = [] if rule.never_loosen or rule.during or elsewhere else _held_back(window, entry, rulebook)
    if first >= last or not theirs or window.lifts:
        yield window
        return
    others = tuple(name for name in rulebook.workouts if name not in theirs)
    yield window._replace(rule=_sparing(rule, theirs), part="others")
    for opens, closes in ((window.opens, first), (last, window.closes)):
        if opens < closes:
            yield window._replace(rule=_sparing(rule, others), opens=opens, closes=closes, part="theirs")
    inside = window._replace(opens=first, closes=last)
    if rule.check is not None:
        yield inside._replace(rule=_check_alone(rule, others), part="check")
    yield inside._replace(rule=_leave(number, entry, rule, theirs, rulebook), part="leave", lifts=rule.id)


def _held_back(window: Window, entry: Restriction, rulebook: Rulebook) -> list[str]:
    """Return the workouts that a clinician allows, and that a rule rules out or holds to less.

    A kind is allowed with what makes no hard day: whoever means a hard or a long run, or a race, names it.
    """
    held_back, rule = [], window.rule
    for name, workout in rulebook.workouts.items():
        if name in entry.what or (workout.kind in entry.what and not workout.hard):
            effect = effect_of(rule, window.region, name, rulebook.workouts)
            shorter = rule.percent_of_usual is not None and concerns(
                rule.applies_to, name, rulebook.workouts, workout.load[window.region]
            )
            if shorter or effect.out or effect.minutes is not None or effect.intensity is not None:
                held_back.append(name)
    return held_back


def _sparing(rule: Rule, names: Iterable[str]) -> Rule:
    """Return a rule that says nothing of some workouts."""
    spared = tuple(sorted({*rule.applies_to.except_workouts, *names}))
    return rule.model_copy(update={"applies_to": rule.applies_to.model_copy(update={"except_workouts": spared})})


def _check_alone(rule: Rule, others: Iterable[str]) -> Rule:
    """Return of a rule only what it asks to be checked, and not before some workouts."""
    nothing = dict.fromkeys(("rules_out", "rules_out_workouts", "prefers", "avoids", "forbids_treatments"), ())
    caps = ("allows_only", "max_load", "max_impact", "max_intensity", "max_minutes", "percent_of_usual")
    no_caps = dict.fromkeys(caps)
    unsaid = {"advice": None, "question": None, "applies_to": _sparing(rule, others).applies_to}
    return rule.model_copy(update={**nothing, **no_caps, **unsaid})


def _leave(number: int, entry: Restriction, rule: Rule, theirs: Sequence[str], rulebook: Rulebook) -> Rule:
    """Return as a rule that a clinician allows what another rule does not."""
    what = restriction_words(entry, rulebook)
    title = f"{what[:1].upper()}{what[1:]} allowed by {entry.by}, in spite of: {rule.title}"
    return Rule(
        id=restriction_id(number),
        title=title,
        why=f"The word of {entry.by}, which comes before the rule.",
        evidence="C",
        about=rule.about,
        applies_to=AppliesTo(workouts=tuple(theirs)),
    )


def training_rules(case: Case, rulebook: Rulebook, rules: Iterable[Rule], today: date) -> dict[str, Rule]:
    """Return the rules about training itself that hold for a case on a day, the strictest by the name of its field.

    `first_run_back` rules are found under that name.

    Args:
        case: the person's case.
        rulebook: the rulebook, for the parts of the body that rules name.
        rules: the rules at the case's caution level.
        today: the day on which they hold.

    """
    unloading: dict[str, Rule] = {}
    hurt = injuries(case, rulebook)
    for rule in rules:
        if not speaks_to(rule, case, hurt, rulebook, today):
            continue
        if rule.first_run_back:
            unloading.setdefault("first_run_back", rule)
            continue
        if rule.after_break is not None:
            continue
        for field in ("days_between_runs", "days_between_hard", "days_between_long", "race_days_times"):
            value = getattr(rule, field)
            if value is not None and (field not in unloading or value > getattr(unloading[field], field)):
                unloading[field] = rule
        if rule.warn_percent_per_week is not None:
            unloading.setdefault("warn_percent_per_week", rule)
        if rule.percent_of_longest_run is not None:
            unloading.setdefault("percent_of_longest_run", rule)
    return unloading


def speaks_to(rule: Rule, case: Case, hurt: Iterable[Injury], rulebook: Rulebook, today: date) -> bool:
    """Return whether a rule about training speaks to a person on a day: about one of some injuries, or to everybody.

    Args:
        rule: the rule.
        case: the person's case, as it stands on the day.
        hurt: their injuries.
        rulebook: the rules.
        today: the day.

    """
    if not speaks_about_person(rule.when, case, today):
        return False
    # Rules about what is so under [health] hold for those of whom it is: see `rules_in_force`.
    return rule.when.about_no_injury or any(is_of_injury(rule.when, injury, rulebook) for injury in hurt)


def injuries(case: Case, rulebook: Rulebook) -> tuple[Injury, ...]:
    """Return the injuries of a case; what is treated where it names none counts as moderately injured.

    A treatment that began before an injury of that part of the body had healed was for that one.
    """
    groups = {rulebook.regions[injury.region].group for injury in case.injury}
    treated = dict.fromkeys(
        entry.region
        for entry in case.treatments
        if entry.region and rulebook.treatments[entry.kind].treats_injury and not _was_for_healed(entry, case, rulebook)
    )
    places = ((region, rulebook.regions[region]) for region in treated)
    # A massage of the whole body is for no injury.
    others = (region for region, place in places if not place.whole and place.group not in groups)
    return *case.injury, *(Injury(region=region) for region in others)


def _was_for_healed(entry: TreatmentEntry, case: Case, rulebook: Rulebook) -> bool:
    begins = entry.start.date() if isinstance(entry.start, datetime) else entry.start
    return any(
        entry.region is not None
        and rulebook.regions[entry.region].group == rulebook.regions[injury.region].group
        and (begins is None or (injury.healed is not None and begins < injury.healed))
        for injury in case.healed
    )
