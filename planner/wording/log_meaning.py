"""What a log entry means for training, a line each: what was felt, what rules make of it, and what a finding ends."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from planner.appointments.appointment import appointments
from planner.appointments.booked import Calendars
from planner.case.model import Case, LogEntry
from planner.case.places import case_on
from planner.editing.log_words import RATINGS
from planner.errors import quoted
from planner.limits.in_force import rules_in_force
from planner.limits.log_windows import log_windows, masked_entries
from planner.limits.progress import log_readings, running_stage, sessions_per_stage
from planner.limits.red_flags import clears_the_plan, flags_standing_from, raised_flags
from planner.rulebook.figures import counted
from planner.rulebook.model import Rulebook
from planner.wording.english import day_name, listed, small
from planner.wording.rules.explainer import Explainer, unique
from planner.wording.rules.phrases import RESPONSES
from planner.wording.rules.readings import reading_phrase
from planner.wording.signs import UNTIL_FOUND, sign_alert, sign_ending, sign_name

MASKED_SESSION = "Little pain proves nothing here: an injection or a painkiller can hide it, so it is no good session."
"""What is said of a session while something hides pain."""


def log_meaning(
    case: Case, book: Rulebook, entries: Collection[int | None], day: date, calendars: Calendars
) -> Iterator[str]:
    """Yield what was written down and what it means, a line each; a sign that clears the plan is all that matters.

    Args:
        case: the person's case, with the entries in its log.
        book: the rules.
        entries: the numbers of the entries that were written.
        day: the day that counts as today.
        calendars: what was read of the calendars that the case names.

    """
    case = case_on(case, book, day)
    entries_of_log = [entry for number, entry in enumerate(case.log) if number in entries]
    for entry in entries_of_log:
        yield f"{day_name(entry.date)}: {entry_words(entry, book)}."
    treatments = appointments(case, book, day, calendars=calendars)
    rules = rules_in_force(case, book).values()
    masked = masked_entries(case, book, rules, treatments)
    reports = log_readings(case, book, [(appointment.day, appointment.region) for appointment in treatments], masked)
    flags = raised_flags(case, book, treatments, reports)
    for flag in flags:
        if flag.clearance in entries:
            yield f"{sign_name(flag)} ({day_name(flag.day)}): {sign_ending(flag, case)}"
    standing_now = [flag for flag in flags_standing_from(flags, day) if flag.clearance not in entries]
    for flag in standing_now:
        yield sign_alert(flag)
        if flag.word and flag.entry in entries and (near := book.names.sign_words.near(flag.word)):
            yield f"If one of these is meant, take the entry back with --undo and log it: {listed(near)}."
    if clears_the_plan(standing_now):
        yield UNTIL_FOUND
        return
    for felt in reports:
        if felt.entry in entries:
            yield f"{book.regions[felt.region].name}: {reading_phrase(felt.reading)} says {RESPONSES[felt.response]}."
    explainer = Explainer(book, case, treatments)
    windows = log_windows(case, book, rules, reports, flags)
    for window in unique(window for window in windows if window.entry in entries):
        yield f"- {explainer.window(window)}"
    rated = [number for number in entries if number is not None and case.log[number].pain is not None]
    if any(number in masked for number in rated):
        yield MASKED_SESSION
    elif any(case.log[number].pain for number in rated) and not any(report.entry in entries for report in reports):
        yield "It loads no injury of yours, so nothing follows from it; --region says where the pain was."
    back = running_stage(case, book, day, masked=masked)
    if back is not None:
        needed = sessions_per_stage(case, book)
        stages = f"stage {back.stage} of {len(book.stages)}"
        yield f"Return to running: {stages}, good sessions at it: {back.good} of {needed}."


def entry_words(entry: LogEntry, book: Rulebook) -> str:
    """Return a log entry as a person says it: `easy run, 30 minutes, pain 2`."""
    parts = ["nothing done"] if entry.left_out else []
    parts += [] if entry.time is None else [f"{entry.time:%H:%M}"]
    parts += [] if entry.did is None else [small(book.workouts[entry.did].name)]
    parts += [] if entry.minutes is None else [counted(entry.minutes, "minutes")]
    for field in RATINGS:
        value = getattr(entry, field)
        parts += [] if value is None else [f"{field.replace('_', ' ')} {value}"]
    parts += ["a limp"] if entry.limp else []
    parts += ["on a painkiller"] if entry.painkiller else []
    parts += [] if entry.region is None else [small(book.regions[entry.region].name)]
    parts += [small(book.signs[sign].name) if sign in book.signs else quoted(sign) for sign in entry.signs]
    parts += ["advice was sought"] if entry.advice_sought else []
    parts += [f"{entry.cleared} by {entry.by}"] if entry.cleared else []
    parts += [f"training from {day_name(entry.training_from)}"] if entry.training_from else []
    return ", ".join(parts)
