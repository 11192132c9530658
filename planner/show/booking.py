"""Possible appointment times as lines of text: the best first, times that are alike together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from planner.appointments.opening_hours import WEEKDAY_HOURS
from planner.clock import later
from planner.results.offer import OFFER_STEP, BookingOption, Offer, RefusedTime
from planner.rulebook.model import Rulebook
from planner.wording.english import clock, day_name, listed, span
from planner.wording.rules.explainer import NOTICE

MOST_PASSED_OVER = 5
"""So many reasons are given for times that cannot be."""


def offer_lines(offer: Offer, rulebook: Rulebook, most: int, *, granted: bool) -> Iterator[str]:
    """Yield the best times, at most so many lines of them; `granted` says that nobody gave the therapist's hours.

    Args:
        offer: the possible times.
        rulebook: the rules, by which treatments and regions have their names.
        most: the most lines of times.
        granted: whether nobody gave the therapist's hours.

    """
    kind, region = rulebook.treatments[offer.kind].name, rulebook.regions[offer.region].name.lower()
    side = "" if offer.side is None else f"{offer.side} " if offer.side != "both" else "both sides of the "
    head = f"{kind} ({side}{region}), {offer.minutes} minutes"
    if offer.alerts:
        yield from (*offer.alerts, "", "No appointment is proposed until a clinician was asked about this.")
        return
    last = offer.from_ + timedelta(days=7 * offer.weeks - 1)
    yield f"{head}: what each time would change in your plan for {span(offer.from_, last)}"
    yield from offer.notes
    groups = _alike(offer.options)
    if not groups:
        if offer.passed_over:
            yield "No time is left that could be booked."
        else:
            yield "None of these days has such hours, or they are too short for it."
    for number, group in enumerate(groups[:most]):
        yield f"{number + 1:3}. {_times(group)}"
        yield f"     {group[0].text}"
    if len(groups) > most:
        yield f"     … and {len(groups) - most} more, none of them better (--most {len(groups)} shows all)."
    if offer.passed_over:
        yield "Not possible:"
        yield from _passed_over(offer.passed_over)
    if granted:
        yield f"Taken for granted, as --at does not say: the therapist has time {_plain(WEEKDAY_HOURS)}."
    yield NOTICE


def _plain(hours: str) -> str:
    return hours.replace("mon-fri", "from Monday to Friday,").replace("-", " to ")


def _alike(options: Sequence[BookingOption]) -> list[list[BookingOption]]:
    """Return the options, of one day those together that follow one another and cost the same."""
    groups: list[list[BookingOption]] = []
    open_groups: dict[object, list[BookingOption]] = {}
    for offered in sorted(options, key=lambda option: option.start):
        key = (offered.start.date(), offered.cost, offered.text)
        group = open_groups.get(key)
        if group is not None and later(group[-1].start, minutes=OFFER_STEP) == offered.start:
            group.append(offered)
        else:
            open_groups[key] = [offered]
            groups.append(open_groups[key])
    order = {id(option): number for number, option in enumerate(options)}
    return sorted(groups, key=lambda group: order[id(group[0])])


def _times(group: Sequence[BookingOption]) -> str:
    first = group[0]
    starts = _between([option.start for option in group])
    if len(first.treatments) > 1:
        return f"{starts}, then {listed([day_name(treatment.start.date()) for treatment in first.treatments[1:]])}"
    return f"{starts} (until {first.end:%H:%M})" if len(group) == 1 else f"{starts}, whenever you like"


def _between(starts: Sequence[datetime]) -> str:
    """Return when the first and the last of some times begin: `Mon 23 Nov, 08:00 to 11:30`."""
    first, last = starts[0], starts[-1]
    if first == last:
        return clock(first)
    return f"{clock(first)} to {f'{last:%H:%M}' if first.date() == last.date() else clock(last)}"


def _passed_over(passed_over: Sequence[RefusedTime]) -> Iterator[str]:
    """Yield the reasons for times that cannot be, each with its times."""
    by_reason: dict[str, list[datetime]] = {}
    for refused in passed_over:
        by_reason.setdefault(refused.why, []).append(refused.start)
    for why, starts in list(by_reason.items())[:MOST_PASSED_OVER]:
        yield f"   - {_between(starts)}: {why[:1].lower()}{why[1:]}"
    if len(by_reason) > MOST_PASSED_OVER:
        yield f"   - and {len(by_reason) - MOST_PASSED_OVER} other reasons (--format json has all)"
