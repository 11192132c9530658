"""Log windows: what rules make of what was felt, from the day of a log entry on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from planner.case.model import Case
from planner.clock import Seconds, midnight, seconds
from planner.limits.progress import Felt
from planner.limits.red_flags import Flag, soon_rule
from planner.limits.windows import FOREVER, HOUR, Window, speaks_about_place
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule


def log_windows(
    case: Case, rulebook: Rulebook, rules: Iterable[Rule], said: Sequence[Felt], flags: Iterable[Flag]
) -> list[Window]:
    """Return the windows of rules about the log: open on an entry's day, and counted from its end."""
    found = [
        window
        for each in said
        for rule in rules
        if _speaks(case, rulebook, rule, each)
        for window in _window(case, rule, each, said)
    ]
    regions = [injury.region for injury in case.injury] or [entry.region for entry in case.treatments if entry.region]
    for flag in flags:
        if flag.sign.level == "soon":
            opens = seconds(midnight(flag.day, case.tz))
            reading = flag.sign.name[:1].lower() + flag.sign.name[1:]
            found += [
                Window(soon_rule(flag), region, opens, FOREVER, entry=flag.entry, reading=reading)
                for region in dict.fromkeys(regions)
            ]
    return found


def _speaks(case: Case, rulebook: Rulebook, rule: Rule, each: Felt) -> bool:
    if rule.about != "log" or each.response not in (rule.when.responses or ()):
        return False
    region = rulebook.regions[each.region]
    tissue = next((one.tissue for one in case.injury if one.region == each.region and one.tissue), region.tissue)
    return speaks_about_place(rule.when, each.region, region, tissue)


def _window(case: Case, rule: Rule, each: Felt, said: Sequence[Felt]) -> list[Window]:
    first, last = rule.hours("after") or (0, 0)
    day_begins = seconds(midnight(each.day, case.tz))
    day_ends = seconds(midnight(each.day + timedelta(days=1), case.tz))
    opens = day_begins if first == 0 else day_ends + round(first * HOUR)
    closes = day_ends + round(last * HOUR)
    if rule.until_cleared:
        sought = [entry.date for entry in case.log if entry.advice_sought and entry.date >= each.day]
        closes = max(closes, seconds(midnight(min(sought), case.tz))) if sought else FOREVER
    elif each.response == "hold" and (better := _next_good(each, said)) is not None:
        # Holding is over with the next good session; going back a step is not.
        closes = min(closes, seconds(midnight(better, case.tz)))
    if closes <= opens:
        return []
    return [Window(rule, each.region, Seconds(opens), Seconds(closes), entry=each.entry, reading=each.reading)]


def _next_good(each: Felt, said: Sequence[Felt]) -> date | None:
    later = [one.day for one in said if one.region == each.region and one.response == "progress" and one.day > each.day]
    return min(later, default=None)
