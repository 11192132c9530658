"""The checker's second half: what a log forbids, derived again from the TOML files, day by day and rule by rule.

It shares no code with `planner.progress`, `planner.log_windows` or `planner.limits`: bands and rules are read from
their files as they stand there, and windows are counted in whole local days, as all rules about the log are written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from planner import Case, Plan, Rulebook
from planner.case.model import Injury, LogEntry
from planner.results.plan import PlannedWorkout
from tests.readme import ROOT

IMPACTS = ("none", "low", "moderate", "high")
EFFORTS = ("very_easy", "easy", "moderate", "hard")
WORST = ("progress", "hold", "regress", "refer")


@cache
def progression() -> dict[str, Any]:
    """Return `progression.toml` as it stands."""
    return tomllib.loads((ROOT / "rules" / "progression.toml").read_text(encoding="utf-8"))


def about(when: dict[str, Any], injury: Injury, rulebook: Rulebook) -> bool:
    """Whether a `when` of the file speaks about an injury."""
    region = rulebook.regions[injury.region]
    said = (("tissues", injury.tissue or region.tissue), ("groups", region.group))
    graded = region.graded if injury.graded is None else injury.graded
    return (
        all(key not in when or value in when[key] for key, value in said)
        and ("regions" not in when or bool({injury.region, *region.counts_as} & set(when["regions"])))
        and when.get("graded", graded) == graded
    )


def answer(case: Case, rulebook: Rulebook, entry: LogEntry, injury: Injury) -> str | None:
    """Return the strictest answer to an entry about an injury: by its band, by the next morning, by a limp."""
    if entry.region not in {None, injury.region}:
        return None
    if entry.region is None and entry.did is not None and not rulebook.workouts[entry.did].load[injury.region]:
        return None
    found = []
    if entry.pain is not None:
        band = next(one for one in progression()["band"] if about(one["when"], injury, rulebook))
        band = band | band.get(case.caution, {})
        if ("refer_above" in band and entry.pain > band["refer_above"]) or too_much_again(
            case, rulebook, entry, injury, band.get("refer_twice_above", 10)
        ):
            found.append("refer")
        elif entry.pain <= band["progress_at_most"]:
            found.append("progress")
        else:
            found.append("hold" if entry.pain <= band["hold_at_most"] else "regress")
    if entry.next_morning is not None:
        found.append("progress" if entry.next_morning == 0 else "hold" if entry.next_morning == 1 else "regress")
    if entry.limp:
        found.append("regress")
    # No time of day is known here: twelve hours after a day reach into the next.
    if any(other.painkiller and 0 <= (entry.date - other.date).days <= 1 for other in case.log):
        found = [one for one in found if one != "progress"]
    return max(found, key=WORST.index, default=None)


def too_much_again(case: Case, rulebook: Rulebook, entry: LogEntry, injury: Injury, most: int) -> bool:
    """Whether pain above a number comes for the second time within a week; of one day, the entry further down is it."""
    if entry.pain is None or entry.pain <= most:
        return False
    before = [one for one in case.log if 0 <= (entry.date - one.date).days <= 7 and (one.pain or 0) > most]
    position = {id(one): number for number, one in enumerate(case.log)}
    return any(
        (one.date, position[id(one)]) < (entry.date, position[id(entry)])
        and one.region in {None, injury.region}
        and (one.region or one.did is None or rulebook.workouts[one.did].load[injury.region])
        for one in before
    )


def broken_by_the_log(case: Case, rulebook: Rulebook, plan: Plan) -> list[str]:
    """Return a sentence for every workout of a plan that a rule about the log forbids."""
    return [said for injury in case.injury for said in _about(case, rulebook, plan, injury)]


def last_bound_day(case: Case, number: int, sign: str | None) -> date:
    """Return the last day on which an entry's pain, or a sign of it, still binds: a clinician's finding ends it."""
    day, last, latest = case.log[number].date, date.max, (date.min, -1)
    for other, entry in enumerate(case.log):
        later = (entry.date, other) > (day, number) and (not entry.signs or sign in entry.signs)
        itself = other == number and (sign is None or sign in entry.signs)
        if entry.cleared is None or not (later or itself) or (entry.date, other) < latest:
            continue
        latest = (entry.date, other)
        if entry.cleared == "ruled out":
            last = entry.date
        else:
            last = date.max if entry.training_from is None else entry.training_from - timedelta(days=1)
    return last


def _about(case: Case, rulebook: Rulebook, plan: Plan, injury: Injury) -> Iterator[str]:
    said = [(entry, answer(case, rulebook, entry, injury)) for entry in case.log]
    for number, (entry, response) in enumerate(said):
        good = [other for other, how in said if how == "progress" and other.pain is not None]
        better = [other.date for other in good if other.date > entry.date]
        for written in progression()["rule"]:
            rule = written | written.get(case.caution, {})
            if rule.get("away") or response not in rule["when"]["responses"]:
                continue
            if "pain_in" in rule["when"] and not _walked_with_pain(entry, rulebook):
                continue
            if not about(rule["when"], injury, rulebook) or not _often_enough(rule, entry, said):
                continue
            setbacks = rule.get("setbacks", {"number": 1, "within_days": 0})
            before = {
                other.date
                for other, how in said
                if how in ("regress", "refer") and 0 <= (entry.date - other.date).days <= setbacks["within_days"]
            }
            if len(before) < setbacks["number"] > 1:
                continue
            last = entry.date + timedelta(days=rule["days_after"][1])
            if rule.get("until_cleared"):
                ended = last_bound_day(case, number, None)
                last = max(last, ended) if rule.get("never_loosen") else ended
            elif response == "hold" and better:
                last = min(last, min(better) - timedelta(days=1))
            for day in plan.days:
                for workout in day.workouts if entry.date <= day.date <= last else ():
                    if not _is_meant(rule, rulebook, entry, workout.workout):
                        continue
                    most = _most(rule, case, rulebook, workout)
                    if workout.minutes > most or _forbidden(
                        rule, rulebook, workout.workout, workout.minutes, workout.intensity, injury.region
                    ):
                        yield f"{day.date}: {workout.workout}, {workout.minutes} min breaks {rule['id']}"


def _often_enough(rule: dict[str, Any], entry: LogEntry, said: list[tuple[LogEntry, str | None]]) -> bool:
    """Whether an entry's day is as manieth a bad day as a rule waits for (DO-31, DO-32); one day is one setback."""
    if "setbacks" not in rule:
        return True
    number, within = int(rule["setbacks"]["number"]), rule["setbacks"]["within_days"]
    bad = {other.date for other, response in said if response in {"regress", "refer"}}
    return len([day for day in bad if 0 <= (entry.date - day).days <= within]) >= number


def _walked_with_pain(entry: LogEntry, rulebook: Rulebook) -> bool:
    """Whether an entry tells of pain in walking, which takes shin splints for a bone (their row in the evidence)."""
    if entry.did is None:
        return False
    names = {entry.did, *rulebook.workouts[entry.did].counts_as}
    return "walk" in names and (bool(entry.pain) or entry.limp)


def _is_meant(rule: dict[str, Any], rulebook: Rulebook, entry: LogEntry, key: str) -> bool:
    """Whether a rule about what hurt (DO-30 to 32) is about a workout: one of its kind, or of a part of it, as well."""
    if not rule.get("applies_to", {}).get("what_hurt"):
        return True
    if entry.did is None:
        return False
    did, other = (rulebook.workouts[one] for one in (entry.did, key))
    parts = {did.kind, *(rulebook.workouts[part].kind for part in did.counts_as)}
    spared = rule["applies_to"].get("except_kinds", ())
    return other.kind not in spared and not parts.isdisjoint(
        {other.kind, *(rulebook.workouts[part].kind for part in other.counts_as)}
    )


def _most(rule: dict[str, Any], case: Case, rulebook: Rulebook, workout: PlannedWorkout) -> float:
    """Return to how many minutes a rule about what hurt holds a workout: a share of what is usual for its person."""
    if "percent_of_usual" not in rule or not rule.get("applies_to", {}).get("what_hurt"):
        return workout.minutes
    length = rulebook.workouts[workout.workout].length
    usual = getattr(case.fitness, length.fitness, None) or rulebook.usual_minutes[length.fitness]
    return round(usual * length.percent / 100) * float(rule["percent_of_usual"]) / 100


def _forbidden(rule: dict[str, Any], rulebook: Rulebook, key: str, minutes: int, effort: str, region: str) -> bool:
    workout, scope = rulebook.workouts[key], rule.get("applies_to", {})
    load = workout.load[region]
    if key in scope.get("except_workouts", ()) or load < scope.get("load_at_least", 0):
        return False
    named = "workouts" not in scope and "kinds" not in scope
    if not named and key not in scope.get("workouts", ()) and workout.kind not in scope.get("kinds", ()):
        return False
    return (
        workout.kind in rule.get("rules_out", ())
        or key in rule.get("rules_out_workouts", ())
        or rule.get("allows_only") == []
        or load > rule.get("max_load", 3)
        or IMPACTS.index(workout.impact) > IMPACTS.index(rule.get("max_impact", "high"))
        or EFFORTS.index(effort) > EFFORTS.index(rule.get("max_intensity", "hard"))
        or minutes > rule.get("max_minutes", minutes)
    )
