"""Progress: what the log says about an injury, by pain bands and the 24-hour rule, and how far a runner is back.

The pain bands and the way back stand in `rules/progression.toml`, with their sources; they are only held against the
log. What a response means in every band (how sore is sore, how late is late, within how long twice is twice) stands
here, as `rules/README.md` says it beside each response.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from planner.case.model import Case, Injury, LogEntry
from planner.case.places import injured_place
from planner.clock import Minutes
from planner.limits.rule_windows import HealthReading, speaks_about_place
from planner.rulebook.model import Band, Rulebook, Stage
from planner.rulebook.scales import Response

SORE = 3
"""Soreness of a treated muscle from which on only easy work is right (`evidence`: post-treatment soreness band)."""
LATER_THAN = 3
"""Days after a treatment on which soreness is older than 72 hours at the end of the day."""
TWICE_WITHIN = timedelta(days=7)
"""Two sessions of too much pain within so long are for a clinician."""
FINE = 1
"""Pain of 10 that every band but that of bones calls fine, for whom no band is meant: our own judgement."""
RUNS = ("run_easy", "run_long", "run_hard", "run_walk", "race")


class LogReading(NamedTuple):
    """Hold what a log entry, by its number, says about a region: a response, and what in the entry says so."""

    entry: int
    day: date
    region: str
    response: Response
    reading: HealthReading


class StageReached(NamedTuple):
    """Hold where a person stands in the return to running: the stage, from 1, and good sessions at it so far."""

    stage: int
    good: int
    setbacks: int


def log_readings(
    case: Case, rulebook: Rulebook, treated: Sequence[tuple[date, str]], masked: Collection[int] = ()
) -> list[LogReading]:
    """Return what the log says, entry by entry.

    Args:
        case: the person's case, with its log.
        rulebook: the rulebook, with its pain bands.
        treated: the dates and regions of treatments: soreness is that of the region treated last.
        masked: the numbers of entries that prove nothing good.

    """
    felt = []
    bands = [(injury, band_of(case, rulebook, injury)) for injury in (*case.injury, *case.healed)]
    too_much = [_too_much(case, rulebook, injury, band) for injury, band in bands]
    for number, entry in sorted(enumerate(case.log), key=lambda numbered: numbered[1].date):
        for (injury, band), entries in zip(bands, too_much, strict=True):
            if not _is_about(rulebook, entry, injury):
                continue
            response, reading = _response(rulebook, entry, band, masked=number in masked)
            if response is not None and _is_again(entries, entry.date, number):
                response, reading = "refer", HealthReading("pain_again", entry.pain or 0)
            if response is not None and reading is not None:
                felt.append(LogReading(number, entry.date, injury.region, response, reading))
        if entry.painkiller:
            hurt = [injury.region for injury in case.injury] or [region for day, region in treated if day <= entry.date]
            pill = HealthReading("painkiller")
            felt += [LogReading(number, entry.date, region, "masked", pill) for region in dict.fromkeys(hurt)]
        if entry.soreness is not None and entry.soreness >= SORE:
            before = [(day, region) for day, region in treated if day <= entry.date]
            regions = [region for _, region in before] or [injury.region for injury in case.injury]
            kind: Response = "sore" if entry.soreness == SORE else "very_sore"
            soreness = HealthReading("soreness", entry.soreness)
            felt += [LogReading(number, entry.date, region, kind, soreness) for region in regions[-1:]]
            if entry.soreness > SORE and before and (entry.date - before[-1][0]).days >= LATER_THAN:
                late = HealthReading("late_soreness", entry.soreness)
                felt.append(LogReading(number, entry.date, before[-1][1], "still_sore", late))
    return felt


def _too_much(case: Case, rulebook: Rulebook, injury: Injury, band: Band | None) -> list[tuple[date, int]]:
    """Return the entries, in order, whose pain sends people to a clinician where it comes twice within a week."""
    if band is None or band.refer_twice_above is None:
        return []
    return sorted(
        (entry.date, number)
        for number, entry in enumerate(case.log)
        if entry.pain is not None and entry.pain > band.refer_twice_above and _is_about(rulebook, entry, injury)
    )


def _is_again(too_much: Sequence[tuple[date, int]], day: date, number: int) -> bool:
    """Return whether an entry is one of those of too much pain, and another one of them lies in the week before."""
    place = bisect_left(too_much, (day, number))
    # A log may hold years: only the entry before this one is looked at.
    return too_much[place : place + 1] == [(day, number)] and place > 0 and day - too_much[place - 1][0] <= TWICE_WITHIN


def _is_about(rulebook: Rulebook, entry: LogEntry, injury: Injury) -> bool:
    """Return whether an entry can be about an injury: the one it names, else one that the workout loads."""
    if entry.region is not None:
        return rulebook.is_same_place(entry.region, injury.region)
    return entry.did is None or rulebook.workouts[entry.did].load[injury.region] > 0


def _response(
    rulebook: Rulebook, entry: LogEntry, band: Band | None, *, masked: bool
) -> tuple[Response | None, HealthReading | None]:
    """Return the strictest answer to what an entry says about an injury, and what it is an answer to."""
    answers: list[tuple[Response, HealthReading]] = []
    if entry.pain is not None and band is not None:
        answers.append((_by_band(band, entry.pain), HealthReading("pain", entry.pain)))
    rule = rulebook.return_to_running
    if entry.next_morning is not None and rule is not None:
        rise = HealthReading("morning_above_usual", entry.next_morning)
        if entry.next_morning >= rule.back_at_rise:
            answers.append(("regress", rise))
        elif entry.next_morning >= rule.repeat_at_rise:
            answers.append(("hold", rise))
        else:
            answers.append(("progress", HealthReading("usual_morning")))
    if entry.limp:
        answers.append(("regress", HealthReading("limp")))
    if entry.painkiller or masked:
        # What a painkiller or a steroid let through is no leave to go on.
        answers = [answer for answer in answers if answer[0] != "progress"]
    order: list[Response] = ["progress", "hold", "regress", "refer"]
    return max(answers, key=lambda answer: order.index(answer[0]), default=(None, None))


def band_of(case: Case, rulebook: Rulebook, injury: Injury) -> Band | None:
    """Return the pain band of an injury, with the figures of the case's caution level: the first that fits."""
    for band in rulebook.bands.values():
        if speaks_about_place(band.when, injured_place(injury, rulebook), rulebook):
            return band.at(case.caution)
    return None


def _by_band(band: Band, pain: int) -> Response:
    if band.refer_above is not None and pain > band.refer_above:
        return "refer"
    if band.progress_at_most is not None and pain <= band.progress_at_most:
        return "progress"
    return "hold" if band.hold_at_most is not None and pain <= band.hold_at_most else "regress"


class WayBack(NamedTuple):
    """Say that the runs after a break begin with walking and running in turn: at which stage, and from which day on."""

    stage: int
    back: date
    days: int = 0
    """The days of the break."""
    opens: date = date.min
    """The first day on which there may be a run again: what was run before it knows nothing of the break."""


def stages_done(
    case: Case, rulebook: Rulebook, today: date, way_back: WayBack | None, masked: Collection[int] = ()
) -> dict[date, Stage]:
    """Return the stage of each run that the log tells of on the way back, by its day; see `running_stage`.

    Args:
        case: the person's case, with its log.
        rulebook: the rulebook, with its stages.
        today: the last day that counts.
        way_back: where running begins after a break, None where it goes on; what the case says counts before it.
        masked: the numbers of entries that prove nothing good.

    """
    if case.return_to_running is None and way_back is None:
        return {}
    days = sorted({entry.date for entry in case.log if entry.did == "run_walk" and entry.date <= today})
    done = {}
    for day in days:
        now = running_stage(case, rulebook, day - timedelta(days=1), way_back, masked)
        if now is not None and (way_back is None or day >= way_back.back):
            done[day] = rulebook.stages[now.stage - 1]
    return done


def running_stage(
    case: Case, rulebook: Rulebook, today: date, way_back: WayBack | None = None, masked: Collection[int] = ()
) -> StageReached | None:
    """Return the stage of the return to running on a day, or None for a person who is not on the way back.

    Args:
        case: the person's case, which may say that they are on it.
        rulebook: the rulebook, with its stages.
        today: the day that is asked about; the log counts up to it.
        way_back: where running begins by stages after a break, None where it goes on.
        masked: the numbers of the log entries that prove nothing good, so that no stage is passed by them.

    """
    rule = rulebook.return_to_running
    if case.return_to_running is not None:
        way_back = WayBack(case.return_to_running.stage, date.min)
    if rule is None or way_back is None:
        return None
    stage, good, setbacks = way_back.stage, 0, 0
    needed = sessions_per_stage(case, rulebook)
    by_entry: dict[int, list[Response]] = {}
    for report in log_readings(case, rulebook, [], masked):
        by_entry.setdefault(report.entry, []).append(report.response)
    last_run: date | None = None
    for number, entry in sorted(enumerate(case.log), key=lambda numbered: numbered[1].date):
        if entry.did not in RUNS or not way_back.back <= entry.date <= today:
            continue
        if last_run is not None and (entry.date - last_run).days >= rule.days_without_running:
            stage, good = min(stage, rule.restart_stage), 0
        last_run = entry.date
        readings = by_entry.get(number, [])
        if "regress" in readings or "refer" in readings:
            setbacks += 1
            stage, good = max(stage - (2 if setbacks >= rule.setbacks_for_two_stages else 1), 1), 0
        elif number not in masked and _was_good(case, rulebook, entry, readings):
            good += 1
            if good >= needed and stage < len(rulebook.stages):
                stage, good = stage + 1, 0
    if last_run is not None and (today - last_run).days >= rule.days_without_running:
        stage, good = min(stage, rule.restart_stage), 0
    return StageReached(stage, good, setbacks)


def _was_good(case: Case, rulebook: Rulebook, entry: LogEntry, responses: Sequence[Response]) -> bool:
    """Return whether a session counts as a good one: its pain was rated, and is fine.

    Where no injury can be meant there is no band: then a pain that every band calls fine is. Whom nothing hurts, and
    of whom nothing is treated, need not rate it.
    """
    if entry.painkiller:
        return False
    if any(_is_about(rulebook, entry, injury) for injury in (*case.injury, *case.healed)):
        return entry.pain is not None and "progress" in responses and "hold" not in responses
    if entry.pain is None and (case.injury or case.healed or case.treatments):
        return False
    return (entry.pain or 0) <= FINE and not (entry.next_morning or entry.limp)


def sessions_per_stage(case: Case, rulebook: Rulebook) -> int:
    """Return how many good sessions a stage needs at the case's caution level."""
    rule = rulebook.return_to_running
    if rule is None:
        return 1
    return rule.strict_good_sessions_per_stage if case.caution == "strict" else rule.good_sessions_per_stage


READY_AT = 1.3
"""A race is one to be ready for where it is no more than so many times the longest run (`DO-70`)."""
MOST_TO_GROW_TO = 150  # minutes: no long run is made longer than that for a race (DO-52)
A_NEW_RUNNER = timedelta(days=365)
"""So long after they began to run, people grow without being asked: our own judgement."""
NEW_RUNNERS_EASY = Minutes(30)  # minutes to which their runs grow: where programmes for beginners end (DO-23)
BUILD_UP = timedelta(weeks=16)
"""So long before a race runs begin to grow for it: our own judgement."""


def minutes_to_grow_to(
    case: Case, usual: Mapping[str, Minutes], day: date, within: timedelta = timedelta.max
) -> dict[str, Minutes]:
    """Return the minutes beyond what is usual to which runs may grow, by figure of `[fitness]`, as asked on a day.

    A long run grows to what `[goals]` asks for, else to what the next race that is a goal does, if it is no further
    ahead than `within`, and no injury more than mild. A new runner's runs grow to what programmes end at.

    Args:
        case: the person's case, with its goals and races.
        usual: the usual minutes by figure of `[fitness]`.
        day: the day that is asked about.
        within: how far ahead a race may be.

    """
    minutes, long, since = dict[str, Minutes](), usual["longest_run_minutes"], case.fitness.running_since
    if since is not None and timedelta(0) <= day - since <= A_NEW_RUNNER:
        minutes["easy_run_minutes"] = max(usual["easy_run_minutes"], NEW_RUNNERS_EASY)
    races = [race for race in case.races if race.goal is not False and timedelta(0) <= race.date - day <= within]
    hurt = any(injury.severity != "mild" for injury in case.injury)
    longest = 0 if hurt else max((race.minutes or Minutes(0) for race in races), default=0)
    if case.goals.longest_run_minutes is not None:
        long = max(long, case.goals.longest_run_minutes)
    elif longest > long:
        long = max(long, Minutes(min(round(longest / READY_AT), MOST_TO_GROW_TO)))
    if case.goals.long_run and case.goals.runs:
        minutes["longest_run_minutes"] = long
    return minutes
