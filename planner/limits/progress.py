"""Progress: what the log says about an injury, by pain bands and the 24-hour rule, and how far a runner is back.

The thresholds stand in `rules/progression.toml`, with their sources; here they are only held against the log.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from planner.appointments.appointment import Appointment
from planner.case.model import Case, Injury, LogEntry
from planner.case.places import injured_place
from planner.clock import at, midnight, seconds
from planner.limits.rule_windows import HOUR, HealthReading, speaks_about_place, windows_of
from planner.limits.verdicts import concerns
from planner.rulebook.model import Band, Rulebook, Stage
from planner.rulebook.rule import Rule
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


class Felt(NamedTuple):
    """Hold what one log entry says about one region."""

    entry: int
    day: date
    region: str
    response: Response
    reading: HealthReading


class Standing(NamedTuple):
    """Hold where a person stands in the return to running: the stage, from 1, and good sessions at it so far."""

    stage: int
    good: int
    setbacks: int


def masked_entries(
    case: Case, rulebook: Rulebook, rules: Iterable[Rule], treatments: Sequence[Appointment]
) -> frozenset[int]:
    """Return the numbers of the log entries at whose time something hides pain, so that little of it proves nothing.

    `rules` are those in force. Whose time of day is not known may have been at any of its day (`SA-49`).
    """
    masks = [rule for rule in rules if rule.check is not None and rule.check.masked]
    if any(rule.about == "person" for rule in masks):
        return frozenset(range(len(case.log)))
    spans = [_span(case, entry) for entry in case.log]
    pills = [
        (opens, (closes if entry.time is None else opens) + (rule.hours("after") or (0, 0))[1] * HOUR)
        for entry, (opens, closes) in zip(case.log, spans, strict=True)
        for rule in masks
        if entry.painkiller and rule.about == "log"
    ]
    windows = windows_of(rulebook, masks, treatments, blood_thinners=case.health.blood_thinners)
    return frozenset(
        number
        for number, (entry, (begins, ends)) in enumerate(zip(case.log, spans, strict=True))
        if entry.painkiller
        or any(opens < ends and begins < closes for opens, closes in pills)
        or any(
            window.opens < ends and begins < window.closes and _works(rulebook, window.rule, window.region, entry)
            for window in windows
        )
    )


def _span(case: Case, entry: LogEntry) -> tuple[int, int]:
    """Return the seconds in which a log entry may lie: all of its day where it gives no time."""
    if entry.time is None:
        return seconds(midnight(entry.date, case.tz)), seconds(midnight(entry.date + timedelta(days=1), case.tz))
    begins = seconds(at(entry.date, entry.time, case.tz))
    return begins, begins + 60 * max(entry.minutes or 1, 1)


def _works(rulebook: Rulebook, rule: Rule, region: str, entry: LogEntry) -> bool:
    """Return whether what an entry tells of works a region of which a rule says that it does not tell of pain."""
    if entry.did is None:
        return entry.region is None or rulebook.same_place(entry.region, region)
    return concerns(rule.applies_to, entry.did, rulebook.workouts, rulebook.workouts[entry.did].load[region])


def log_readings(
    case: Case, rulebook: Rulebook, treated: Sequence[tuple[date, str]], masked: Collection[int] = ()
) -> list[Felt]:
    """Return what the log says, entry by entry.

    `treated` lists the dates and regions of treatments: soreness is that of the region treated last. `masked` are the
    numbers of entries that prove nothing good.
    """
    felt = []
    for number, entry in sorted(enumerate(case.log), key=lambda numbered: numbered[1].date):
        for injury in _meant(case, rulebook, entry):
            response, reading = _response(case, rulebook, entry, injury, masked=number in masked)
            if response is not None and _too_much_again(case, rulebook, number, injury):
                response, reading = "refer", HealthReading("pain_again", entry.pain or 0)
            if response is not None and reading is not None:
                felt.append(Felt(number, entry.date, injury.region, response, reading))
        if entry.painkiller:
            hurt = [injury.region for injury in case.injury] or [region for day, region in treated if day <= entry.date]
            pill = HealthReading("painkiller")
            felt += [Felt(number, entry.date, region, "masked", pill) for region in dict.fromkeys(hurt)]
        if entry.soreness is not None and entry.soreness >= SORE:
            before = [(day, region) for day, region in treated if day <= entry.date]
            regions = [region for _, region in before] or [injury.region for injury in case.injury]
            kind: Response = "sore" if entry.soreness == SORE else "very_sore"
            soreness = HealthReading("soreness", entry.soreness)
            felt += [Felt(number, entry.date, region, kind, soreness) for region in regions[-1:]]
            if entry.soreness > SORE and before and (entry.date - before[-1][0]).days >= LATER_THAN:
                late = HealthReading("late_soreness", entry.soreness)
                felt.append(Felt(number, entry.date, before[-1][1], "still_sore", late))
    return felt


def _too_much_again(case: Case, rulebook: Rulebook, number: int, injury: Injury) -> bool:
    """Return whether an entry's pain is, for the second time within a week, above what sends people to a clinician."""
    entry, band = case.log[number], band_of(case, rulebook, injury)
    if band is None or band.refer_twice_above is None or entry.pain is None or entry.pain <= band.refer_twice_above:
        return False
    return any(
        other.pain is not None
        and other.pain > band.refer_twice_above
        and timedelta(0) <= entry.date - other.date <= TWICE_WITHIN
        and (other.date, before) < (entry.date, number)
        and injury in _meant(case, rulebook, other)
        for before, other in enumerate(case.log)
    )


def _meant(case: Case, rulebook: Rulebook, entry: LogEntry) -> Iterator[Injury]:
    """Yield the injuries that an entry can be about: the one it names, else those that the workout loads."""
    for injury in (*case.injury, *case.healed):
        if entry.region is not None:
            if rulebook.same_place(entry.region, injury.region):
                yield injury
        elif entry.did is None or rulebook.workouts[entry.did].load[injury.region]:
            yield injury


def _response(
    case: Case, rulebook: Rulebook, entry: LogEntry, injury: Injury, *, masked: bool
) -> tuple[Response | None, HealthReading | None]:
    """Return the strictest answer to what an entry says about an injury, and what it is an answer to."""
    answers: list[tuple[Response, HealthReading]] = []
    band = band_of(case, rulebook, injury)
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


def stages_done(
    case: Case, rulebook: Rulebook, today: date, way_back: WayBack | None, masked: Collection[int] = ()
) -> dict[date, Stage]:
    """Return the stage of each run that the log tells of on the way back, by its day; see `running_stage`."""
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
) -> Standing | None:
    """Return the stage of the return to running on a day, or None for a person who is not on the way back.

    The case says that a person is, or a break was so long that the runs after it go by stages. `masked` are the numbers
    of the log entries that prove nothing good, so that no stage is passed by them.
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
    return Standing(stage, good, setbacks)


def _was_good(case: Case, rulebook: Rulebook, entry: LogEntry, responses: Sequence[Response]) -> bool:
    """Return whether a session counts as a good one: its pain was rated, and is fine.

    Where no injury can be meant there is no band: then a pain that every band calls fine is. Whom nothing hurts, and
    of whom nothing is treated, need not rate it.
    """
    if entry.painkiller:
        return False
    if any(_meant(case, rulebook, entry)):
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
