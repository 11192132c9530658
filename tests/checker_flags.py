"""The checker's third part: what danger signs forbid, derived again from the TOML file, day by day and sign by sign.

It shares no code with `planner.limits`: levels, circumstances, limits and what ends a sign are read from
`red_flags.toml` as it stands there. It knows plans and calendars: `broken_by_signs` looks at the workouts of a plan,
`left_standing` at everything that a calendar still shows ahead, on days that are not planned now too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from planner import Case, Plan, Rulebook
from planner.case.model import LogEntry
from tests.checker import IMPACTS, Treated
from tests.checker_log import answer, last_bound_day
from tests.readme import ROOT

URGENT = {"emergency", "same_day"}


@cache
def signs() -> dict[str, dict[str, Any]]:
    """Return `red_flags.toml` as it stands."""
    return tomllib.loads((ROOT / "rules" / "red_flags.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Ban:
    """Hold what a logged sign forbids from a first to a last day, both included; the last of all days has no end."""

    key: str
    level: str
    first: date
    last: date
    limits: dict[str, Any]
    regions: tuple[str, ...]
    confirmed: bool

    @property
    def endless(self) -> bool:
        """Whether nobody has said yet when it ends."""
        return self.last == date.max


def bans(case: Case, rulebook: Rulebook, treated: Sequence[Treated]) -> Iterator[Ban]:
    """Yield a ban for each sign of the log."""
    hurt = [injury.region for injury in case.injury] or [one.region for one in case.treatments if one.region]
    for number, entry in enumerate(case.log):
        for key in entry.signs:
            sign = in_circumstances(signs().get(key, signs()["unknown"]), case, rulebook, entry, treated)
            last = last_bound_day(case, number, key)
            if "gone_after_days" in sign and last == date.max and not finding_for(case, number, key):
                last = min(
                    good_days(case, rulebook, entry.date + timedelta(days=sign["gone_after_days"])), default=last
                )
                last = last if last == date.max else last - timedelta(days=1)
            limits: dict[str, Any] = {
                name: sign[name] for name in ("allows_only", "max_load", "max_impact") if name in sign
            }
            limits |= {"workouts": sign["rules_out_workouts"]} if "rules_out_workouts" in sign else {}
            first = date.min if sign["level"] in URGENT and last == date.max else entry.date
            regions = tuple(sign.get("regions", hurt))
            confirmed = any(case.log[other].cleared == "confirmed" for other in finding_for(case, number, key)[-1:])
            yield Ban(key, sign["level"], first, last, limits, regions, confirmed)


def finding_for(case: Case, number: int, key: str) -> list[int]:
    """Return the entries with a finding about a sign, the latest last."""
    day = case.log[number].date
    found = [
        (entry.date, other)
        for other, entry in enumerate(case.log)
        if entry.cleared is not None
        and ((other == number and key in entry.signs) or (other != number and (entry.date, other) > (day, number)))
        and (not entry.signs or key in entry.signs)
    ]
    return [other for _, other in sorted(found)]


def in_circumstances(
    sign: dict[str, Any], case: Case, rulebook: Rulebook, entry: LogEntry, treated: Sequence[Treated]
) -> dict[str, Any]:
    """Return a sign with what its first case that fits changes."""
    for one in sign.get("cases", ()):
        if not all(getattr(case.health, fact) for fact in one.get("health", ())[:1]):
            continue
        if one.get("caution", case.caution) != case.caution:
            continue
        wanted = one.get("treated")
        if wanted is None or any(after(wanted, rulebook, entry, each) for each in treated):
            return {**sign, **one}
    return sign


def after(wanted: dict[str, Any], rulebook: Rulebook, entry: LogEntry, one: Treated) -> bool:
    """Whether a treatment is one that a sign's case speaks of."""
    region, kind = rulebook.regions[one.region], rulebook.treatments[one.kind]
    first, last = wanted["days"]
    return (
        first <= (entry.date - one.day).days <= last
        and ("traits" not in wanted or bool(set(wanted["traits"]) & set(kind.traits)))
        and ("treatments" not in wanted or one.kind in wanted["treatments"])
        and ("regions" not in wanted or one.region in wanted["regions"])
        and ("chest_wall" not in wanted or region.chest_wall == wanted["chest_wall"])
        and (entry.region is None or rulebook.regions[entry.region].group == region.group)
    )


def good_days(case: Case, rulebook: Rulebook, since: date) -> Iterator[date]:
    """Yield the days from a first one on with a rated session that went well, and nothing else that did not."""
    for day in sorted({entry.date for entry in case.log if entry.date >= since}):
        entries = [entry for entry in case.log if entry.date == day]
        said = [(entry, answer(case, rulebook, entry, injury)) for entry in entries for injury in case.injury]
        well = any(how == "progress" and entry.pain is not None for entry, how in said)
        ill = any(how not in {None, "progress"} for _, how in said)
        ill = ill or any(one.signs or one.painkiller or (one.soreness or 0) >= 3 for one in entries)
        if well and not ill:
            yield day


def forbids(ban: Ban, rulebook: Rulebook, key: str) -> bool:
    """Whether a ban rules a workout out."""
    workout = rulebook.workouts[key]
    if ban.level in URGENT:
        return True
    if ban.level != "soon" or workout.kind in {"walk", "mobility"}:
        return False
    limits = ban.limits or {"max_load": 0, "max_impact": "none"}
    return (
        ("allows_only" in limits and workout.kind not in limits["allows_only"])
        or key in limits.get("workouts", ())
        or any(workout.load[region] > limits.get("max_load", 3) for region in ban.regions)
        or (bool(ban.regions) and IMPACTS.index(workout.impact) > IMPACTS.index(limits.get("max_impact", "high")))
    )


def broken_by_signs(case: Case, rulebook: Rulebook, plan: Plan, treated: Sequence[Treated]) -> list[str]:
    """Return a sentence for every workout of a plan that a danger sign forbids."""
    found = []
    for ban in bans(case, rulebook, treated):
        for day in plan.days:
            for one in day.workouts:
                if ban.first <= day.date <= ban.last and forbids(ban, rulebook, one.workout):
                    found.append(f"{day.date}: {one.workout} breaks {ban.key}")
                if ban.confirmed and ban.level in URGENT and ban.last != date.max:
                    found += _too_soon(case, ban, rulebook, day.date, one.workout, one.intensity)
    return found


def _too_soon(case: Case, ban: Ban, rulebook: Rulebook, day: date, key: str, effort: str) -> Iterator[str]:
    """Yield what is wrong with a workout in the days after a confirmed sign was let go."""
    days = 14 if case.caution == "strict" else 7
    workout = rulebook.workouts[key]
    if not 1 <= (day - ban.last).days <= days or workout.kind not in {"run", "bike", "plyometrics"}:
        return
    if workout.kind == "plyometrics" or key in {"race", "run_hard", "run_long", "bike_hard"}:
        yield f"{day}: {key} is too soon after {ban.key}"
    elif effort not in {"very_easy", "easy"}:
        yield f"{day}: {key} is too hard so soon after {ban.key}"


def left_standing(
    case: Case, rulebook: Rulebook, treated: Sequence[Treated], ahead: Iterable[tuple[date, str]]
) -> list[str]:
    """Return what a calendar still shows ahead, by day and workout, that a sign forbids."""
    found = list(bans(case, rulebook, treated))
    return [
        f"{day}: {key} stands against {ban.key}"
        for day, key in ahead
        for ban in found
        if ban.first <= day <= ban.last and (ban.endless or ban.level in URGENT) and forbids(ban, rulebook, key)
    ]
