"""Rule words: when a rule speaks and what it says, as phrases that a person understands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from planner.errors import Problem, one_of
from planner.limits.session_spacing import EarlierStart
from planner.rulebook.figures import PERSONAL, AppliesTo, Check, When, counted
from planner.rulebook.model import Band, Rulebook
from planner.rulebook.rule import UNITS, Rule, Span
from planner.rulebook.scales import Group, Impact, Intensity, Load, Response, Tissue
from planner.wording.english import listed, small
from planner.wording.rules.checks import check_sentence
from planner.wording.rules.dose import form_phrases, person_phrases, when_about_dose

LOADS: dict[Load, str] = {0: "none", 1: "low", 2: "moderate", 3: "high"}
PLACES: dict[Group, str] = {"leg": "a leg", "trunk": "the trunk", "arm": "an arm"}
TISSUES: dict[Tissue, str] = {
    "tendon": "a tendon",
    "muscle": "a muscle",
    "bone": "a bone",
    "joint": "a joint",
    "back": "the back",
}
IMPACTS: dict[Impact, str] = {
    "none": "none (seated, in water)",
    "low": "low (walking)",
    "moderate": "moderate (walking and running in turn)",
    "high": "high (running, jumping)",
}
INTENSITIES: dict[Intensity, str] = {
    "very_easy": "very easy (up to 3 of 10)",
    "easy": "easy (up to 4 of 10)",
    "moderate": "moderate (up to 6 of 10)",
    "hard": "hard (above 6 of 10)",
}
RESPONSES: dict[Response, str] = {
    "progress": "that all went well",
    "hold": "to stay as you are",
    "regress": "to go back a step",
    "refer": "to see a clinician",
    "sore": "that the treated muscle is sore",
    "very_sore": "that the treated muscle is very sore",
    "still_sore": "that it is sore for longer than it should be: contact your therapist",
    "masked": "that a painkiller may hide pain",
    "confirmed": "that a danger sign was confirmed",
}


def when_phrase(rule: Rule, rulebook: Rulebook) -> str:
    """Return when a rule speaks: `after dry needling of a leg; for 24 hours after its end`."""
    spans = list(_spans(rule))
    if rule.about == "log":
        about = "after a log entry that says " + one_of(RESPONSES[response] for response in rule.when.responses or ())
        about += f"{_of_place(rule.when, rulebook, ' about ')}"
        if rule.when.pain_in is not None:
            about += f", with pain or a limp in a workout of the kind {_kind_names(rule.when.pain_in)}"
    elif rule.about == "person":
        facts = one_of(fact.replace("_", " ") for fact in rule.when.health or ())
        where = ", with an injury of " if rule.caps else ", treated at "
        about = f"for whoever says so under [health]: {facts}{_of_place(rule.when, rulebook, where)}"
    elif rule.about == "illness":
        about = "about " + one_of(small(rulebook.illnesses[illness].name) for illness in rule.when.illnesses or ())
        if rule.illness_days is not None:
            spans.append(f"from day {rule.illness_days[0] + 1:g} to day {rule.illness_days[1]:g} of it")
        if rule.days_per_fever_day:
            spans.append(f"for {counted(rule.days_per_fever_day, 'days')} for each day of fever where that is more")
    elif rule.about == "injury":
        about = f"as long as there is {_injury(rule.when, rulebook)}"
    elif is_standing(rule):
        about = _standing(rule, rulebook)
    else:
        about = _treatment(rule, rulebook)
    if rule.until_cleared:
        spans.append("and on, until a clinician gives clearance")
    return "; ".join((about, ", ".join(spans))) if spans else about


def is_standing(rule: Rule) -> bool:
    """Return whether a rule is about training itself, and waits for no treatment."""
    return (
        rule.about in {"treatment", "training"}
        and rule.when.treatments is None
        and rule.when.traits is None
        and not any(_spans(rule))
    )


def _spans(rule: Rule) -> Iterator[str]:
    for unit in UNITS:
        after: Span | None = getattr(rule, f"{unit}_after")
        if after is not None:
            end = "that day" if rule.about == "log" else "its end"
            yield f"{_stretch(after, unit, near=after[0], far=after[1])} after {end}"
        before: Span | None = getattr(rule, f"{unit}_before")
        if before is not None:
            yield f"{_stretch(before, unit, near=before[1], far=before[0])} before its start"
    if rule.during:
        yield "while it lasts"


def _stretch(span: Span, unit: str, *, near: float, far: float) -> str:
    if near:
        return f"from {span[0]:g} to {span[1]:g} {unit}"
    return f"for {counted(far, unit)}"


def _treatment(rule: Rule, rulebook: Rulebook) -> str:
    sides = {side for side in ("after", "before") if rule.hours(side) is not None}
    word = "around" if len(sides) == 2 else "".join(sides) or "with"
    words = f"{word} {_kinds(rule.when, rulebook)}{_of_place(rule.when, rulebook, ' of ')}"
    if rule.when.severities is not None:
        words += f", in a {one_of(rule.when.severities)} session"
    if rule.when.doses is not None:
        words += f", in a {one_of(rule.when.doses)} dose"
    if rule.when.health is not None:
        words += f", with {one_of(fact.replace('_', ' ') for fact in rule.when.health)}"
    if rule.when.electric is not None:
        words += f", with{'' if rule.when.electric else 'out'} current"
    if rule.when.blood_thinners is not None:
        words += f", in people {'' if rule.when.blood_thinners else 'not '}on blood thinners"
    return words


def _kinds(when: When, rulebook: Rulebook) -> str:
    parts = [small(rulebook.treatments[kind].name) for kind in when.treatments or ()]
    for trait in when.traits or ():
        kinds = [small(kind.name) for kind in rulebook.treatments.values() if trait in kind.traits]
        parts.append(f"what counts as {trait.replace('_', ' ')} ({one_of(kinds)})")
    return one_of(parts) or "any treatment"


def _of_place(when: When, rulebook: Rulebook, word: str, *, tissues: bool = True) -> str:
    """Return which part of the body is meant, or nothing where it is any."""
    words = ""
    if when.tissues is not None and tissues:
        words = word + one_of(TISSUES[tissue] for tissue in when.tissues)
        word = " of "
    if when.regions is not None:
        words += word + one_of(f"the {small(rulebook.regions[region].name)}" for region in when.regions)
    elif when.groups is not None:
        words += word + one_of(PLACES[group] for group in when.groups)
    if when.except_regions:
        words += f", but not the {one_of(small(rulebook.regions[region].name) for region in when.except_regions)}"
    if when.graded is not None:
        words += f", running {'' if when.graded else 'not '}graded by pain"
    if when.chest_wall is not None:
        words += f", {'' if when.chest_wall else 'not '}over the lung"
    return words


def _injury(when: When, rulebook: Rulebook) -> str:
    words = [one_of(words) for words in (when.severities, when.tissues) if words is not None]
    article = "a" if words else "an"
    return " ".join((article, *words, "injury")) + _of_place(when, rulebook, " of ", tissues=False)


def _standing(rule: Rule, rulebook: Rulebook) -> str:
    if rule.longer_by_hours is not None:
        return "when the same part is treated twice on one day"
    words = when_about_dose(rule) or "always"
    if rule.first_run_back:
        words = "on the first run after a day or more without runs"
    elif rule.days_before_race is not None:
        words = f"in the {counted(rule.days_before_race, 'days')} before a race"
    meant = set(rule.when.model_dump(exclude_defaults=True)) - set(PERSONAL)
    words = f"{words}, with {_injury(rule.when, rulebook)}" if meant else words
    return f"{words}, for {listed(list(person_phrases(rule.when)))}" if rule.when.personal else words


def what_phrases(rule: Rule, rulebook: Rulebook) -> list[str]:
    """Return what a rule says, a phrase for each thing."""
    caps = [say(getattr(rule, field)) for field, say in CAPS.items() if getattr(rule, field) is not None]
    if rule.rules_out:
        caps.append(f"rules out every workout of the kind {_kind_names(rule.rules_out)}")
    if rule.rules_out_workouts:
        caps.append(f"rules out: {workout_names(rule.rules_out_workouts, rulebook)}")
    meant = _meant(rule.applies_to, rulebook)
    if rule.allows_only is not None:
        only = f" but those of the kind {_kind_names(rule.allows_only)}" if rule.allows_only else ""
        caps.append("ruled out" if meant and not only else f"rules out every workout{only}")
    if caps and meant:
        caps = [f"{meant}: {', and '.join(caps)}"]
    others = [say(getattr(rule, field)) for field, say in OTHERS.items() if getattr(rule, field) is not None]
    others += form_phrases(rule)
    if rule.prefers:
        others.append(f"recommends: {workout_names(rule.prefers, rulebook)}")
    if rule.avoids:
        others.append(f"advises against: {workout_names(rule.avoids, rulebook)}")
    if rule.forbids_treatments:
        kinds = one_of(small(rulebook.treatments[kind].name) for kind in rule.forbids_treatments)
        others.append(f"no {kinds}{'' if rule.about in {'person', 'illness'} else ' of the same part'}")
    if rule.asks_before_treatments:
        kinds = one_of(small(rulebook.treatments[kind].name) for kind in rule.asks_before_treatments)
        others.append(f"to be said before {kinds}")
    if rule.advice:
        others.append(f"advice: {rule.advice}")
    if rule.question:
        others.append(f"asks each day: {rule.question}")
    return [*caps, *others]


def _kind_names(kinds: Iterable[str]) -> str:
    return one_of(kind.replace("_", " ") for kind in kinds)


def workout_names(workouts: Iterable[str], rulebook: Rulebook) -> str:
    """Return the names of workouts as `easy run, walk and swim`."""
    return listed([small(rulebook.workouts[key].name) for key in workouts])


def _meant(applies_to: AppliesTo, rulebook: Rulebook) -> str:
    parts = [workout_names(applies_to.workouts, rulebook)] if applies_to.workouts else []
    parts += [f"every workout of the kind {_kind_names(applies_to.kinds)}"] if applies_to.kinds else []
    parts += ["every workout of the kind that the entry tells of"] if applies_to.what_hurt else []
    without = [workout_names(applies_to.except_workouts, rulebook)] if applies_to.except_workouts else []
    without += [f"those of the kind {_kind_names(applies_to.except_kinds)}"] if applies_to.except_kinds else []
    words = listed(parts)
    if without:
        words = f"{words or 'every workout'} except {listed(without)}"
    if applies_to.load_at_least:
        least = f"{applies_to.load_at_least} ({LOADS[applies_to.load_at_least]})"
        words = f"{words or 'every workout'} that loads the part with at least {least}"
    return words


def _check(check: Check) -> str:
    return f"only if: {check_sentence(check)}"


CAPS: dict[str, Callable[[Any], str]] = {
    "max_load": lambda load: f"load on the part at most {load} ({LOADS[load]})",
    "max_impact": lambda impact: f"impact at most {IMPACTS[impact]}",
    "max_intensity": lambda effort: f"effort at most {INTENSITIES[effort]}",
    "max_minutes": lambda minutes: f"at most {counted(minutes, 'minutes')}",
    "check": _check,
    "percent_of_longest_run": lambda percent: f"at most {percent:g} % of the longest run of the last 30 days",
    "percent_of_easy_run": lambda percent: f"at most {percent:g} % of the usual easy run",
}
"""What a rule caps, in the order in which it is said."""
OTHERS: dict[str, Callable[[Any], str]] = {
    "booked_days_before_race": lambda days: f"is booked {counted(days, 'days')} or more before a race that is a goal",
    "hours_between_sessions": lambda hours: (
        f"at least {counted(hours, 'hours')} between two such treatments of one part"
    ),
    "days_between_runs": lambda days: f"at least {counted(days, 'days')} from one day with a run to the next",
    "days_between_hard": lambda days: f"at least {counted(days, 'days')} from one hard day to the next",
    "days_between_long": lambda days: f"at least {counted(days, 'days')} from one long run to the next",
    "longer_by_hours": lambda hours: f"limits that last a day or longer end {counted(hours, 'hours')} later",
    "warn_percent_per_week": lambda percent: f"warns where a week has over {percent:g} % more running than the last",
}
"""What else a rule says in figures."""


def band_when(band: Band, rulebook: Rulebook) -> str:
    """Return about which injuries a pain band speaks."""
    return f"with {_injury(band.when, rulebook)}, and pain (0 to 10) in a log entry"


def band_what(band: Band) -> list[str]:
    """Return what a pain band says, a phrase for each step."""
    phrases = []
    if band.progress_at_most is not None:
        phrases.append(f"pain up to {band.progress_at_most}: training may go on and grow")
    if band.hold_at_most is not None:
        phrases.append(f"pain up to {band.hold_at_most}: stay as you are; above it, go back a step")
    if band.refer_twice_above is not None:
        phrases.append(
            f"pain above {band.refer_twice_above} for the second time within a week: let a clinician look at it"
        )
    if band.refer_above is not None:
        phrases.append(f"pain above {band.refer_above}: let a clinician look at it")
    return phrases


def earlier_start_problem(start: EarlierStart, rulebook: Rulebook, file: str) -> Problem:
    """Return what is wrong where a workout may start earlier after a heavier session than after a lighter one."""
    region, workout = rulebook.regions[start.region].name, rulebook.workouts[start.workout].name
    wrong = (
        f"at the {small(region)} a {start.heavier} session lets {small(workout)} start after "
        f"{counted(start.wait_after_heavier, 'hours')}, a {start.lighter} one after "
        f"{counted(start.wait_after_lighter, 'hours')}"
    )
    return Problem(
        file, start.kind, wrong, f"a {start.heavier} session waits at least as long as a {start.lighter} one"
    )
