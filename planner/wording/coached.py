"""Sentences about somebody else's plan: how a title was read, what became of each session, and how much stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from planner.errors import quoted
from planner.results.bent import BentSummary, ChangeReason, SessionChange, UnsureSession
from planner.results.coached import ListedSession, ReadSession
from planner.rulebook.model import Rulebook
from planner.wording.english import clock, day_name, listed, span, spoken, with_article

MANY = 5
"""So many letters of a title tell it from others."""
ORIGINS = {
    "person": "your word",
    "feed": "as its calendar expects",
    "event": "as long as the event",
    "text": "from its text",
    "title": "from its title",
    "distance": "its distance at your easy pace",
    "race": "its distance at your easy pace",
    "usual": "as long as usual: nothing says how long",
}


def reading_sentence(read: ReadSession, rulebook: Rulebook) -> str:
    """Return how a title was read: `read as a hard run, 48 min (its distance at your easy pace; by "pace")`."""
    name = with_article(spoken(read.workout, rulebook.workouts[read.workout].name))
    by = f"; by {', '.join(map(quoted, read.by))}" if read.by and read.minutes_from != "person" else ""
    marks = "".join(
        f", {mark}" for mark, holds in (("with strides", read.strides), ("optional", read.optional)) if holds
    )
    return f"read as {name}{marks}, {read.minutes} min ({ORIGINS[read.minutes_from]}{by})"


def file_sentence(calendar: str, written: date | None, ends: date | None) -> str:
    """Return of when a calendar file is, and when its last session is: `coach.ics of 3 Nov 2026, to Sun 17 Jan`."""
    age = "" if written is None else f" of {written.day} {written:%b} {written.year}"
    return f"{calendar}{age}" + (", with no session in these days" if ends is None else f", to {day_name(ends)}")


def doubt_sentence(listed: ListedSession) -> str:
    """Return why a reading is not sure, and the line that settles it."""
    doubts = "; ".join(listed.read_as.doubts)
    return f"{doubts[:1].upper()}{doubts[1:]}. If it is something else: {read_line(listed.title)}"


def read_line(title: str, workout: str = "easy run") -> str:
    """Return the line to paste into the case that says what a title means."""
    return f'read = [{{ title = "{title_part(title)}", as = "{workout}" }}]'


def title_part(title: str) -> str:
    """Return the part of a title by which a case knows it: what stands before a comma, if that is enough."""
    words = " ".join(title.replace("\\", " ").replace('"', " ").split())
    head = words.partition(",")[0]
    return (head if len(head) > MANY else words)[:60].strip()


ENDS_EARLY = 3
"""From so many days without a session at the end of what is planned on, it is said that the calendar ends."""
MOST_NAMED = 3
"""So many titles that are not sure are named beside a plan."""
TAKEN_OUT = "you took it out of your calendar"
"""Why a session is passed over that a person deleted."""
WHY_NOT = {"rest": "a rest day", "note": "no session", "done": "done already", "ignore": "ignored, as you say"}
"""Why an event of somebody else's plan is no session, by how it was read."""
NO_TIME_AS_PLANNED = "Your calendar leaves no time for it as planned."
LEFT_BEHIND = "It was put here from a day that your plan's calendar does not show any more."
NO_SUCH_TITLE = "read speaks of it, but no event of these weeks has it in its title"
UNIT_GUESSED = "the unit of its length is a guess"


def no_time_sentence(day: date) -> str:
    """Return that a person gave no time for a session on its day, or is away."""
    return f"You have no time for it on {day_name(day)}."


def implausible_minutes(minutes: int) -> str:
    """Return the doubt about a session whose minutes are hardly those of a workout."""
    return f"{minutes} minutes are hardly meant"


KEEP_ALL = "All of it stays as it is."
THIRD = 3
"""From one changed session in so many on, the day of the appointment is worth looking at."""


def change_sentence(
    kinds: Sequence[str],
    title: str,
    form: tuple[str, int],
    start: datetime,
    planned: tuple[date, int],
    rulebook: Rulebook,
) -> str:
    """Return what became of a session: `Wed 25 Nov  "8 km easy" → Mon 23 Nov, 07:00, 48 min`.

    Args:
        kinds: in what ways it was changed.
        title: its title.
        form: the workout that it is now, by its name in the catalogue, and its minutes.
        start: when it begins now.
        planned: the day and the minutes that its coach has.
        rulebook: the rules, by which workouts have their names.

    """
    workout, minutes = form
    day, planned_minutes = planned
    name = with_article(spoken(workout, rulebook.workouts[workout].name))
    elsewhere = bool({"time", "move"} & set(kinds))
    time = f" → {day_name(start.date())}, {start:%H:%M}" if elsewhere else ""
    other = f" → {name}" if {"ease", "replace"} & set(kinds) else ""
    was = f"{planned_minutes} → " if minutes != planned_minutes else ""
    strides = ", without the strides" if "no_strides" in kinds else ""
    return f"{day_name(day)}  {quoted(title)}{time}{other}, {was}{minutes} min{strides}"


def lost_sentence(title: str, planned: date) -> str:
    """Return that a session is left out: `Wed 25 Nov  "8 km easy" is left out`."""
    return f"{day_name(planned)}  {quoted(title)} is left out"


def moved_for_another(other: str, day: date) -> str:
    """Return that a session makes room for another."""
    return f"So that {quoted(other)} of {day_name(day)} can stay as near to the plan as possible."


def refused_move(title: str, to: date, reasons: Sequence[ChangeReason]) -> str:
    """Return that a session cannot stand where the person moved it, an aware moment or a day, and the rule."""
    when = clock(to) if isinstance(to, datetime) else day_name(to)
    why = reasons[0].text if reasons else "a rule forbids it."
    return (
        f"You moved {quoted(title)} to {when}. It cannot stand there: {why} It is planned from where your coach has it."
    )


def conflict_sentence(title: str, day: date, reasons: Sequence[ChangeReason]) -> str:
    """Return that a race stays where rules speak against it, and what can move instead."""
    why = f": {reasons[0].text}" if reasons else ""
    return (
        f"{quoted(title)} on {day_name(day)} stays in the plan, but a rule speaks against it{why} "
        "Only the appointment can move: `planner book` finds another time for it."
    )


def unsure_sentence(session: UnsureSession, rulebook: Rulebook) -> str:
    """Return that a title could not be read, what it is taken for, and the line that settles it."""
    name = with_article(spoken(session.taken_for, rulebook.workouts[session.taken_for].name))
    return (
        f'{session.calendar}, line {session.line}: "{session.title}" could not be read: '
        f"taken as {name} of {session.minutes} min, the most that it could be. Say what it is: {session.say}"
    )


def summary_sentence(kept: int, changed: int, lost: int, *, can_move: bool) -> str:
    """Return how much of a plan stays, the size of the change first.

    Args:
        kept: how many sessions stay as they are.
        changed: how many are changed.
        lost: how many are left out.
        can_move: whether an appointment that is still to come changes some: then another day for it may cost less.

    """
    total = kept + changed + lost
    if not changed and not lost:
        return KEEP_ALL
    parts = [f"{kept} of {total} sessions stay as they are"]
    if changed:
        parts.append(f"{changed} {'is' if changed == 1 else 'are'} changed")
    if lost:
        parts.append(f"{lost} {'is' if lost == 1 else 'are'} left out")
    size = f"{listed(parts)}."
    if can_move and (changed + lost) * THIRD > total:
        size += " That is much: another day for the appointment may cost less, and `planner book` ranks them."
    return size


def bent_notes(bent: BentSummary, last: date) -> list[str]:
    """Return what a person reads of a bent plan beside its days, of which there is a last."""
    notes = [remark.text for remark in bent.remarks]
    if (last - bent.feed_to).days >= ENDS_EARLY:
        notes.append(
            f"The calendar of your plan ends on {day_name(bent.feed_to)}: an old file, or the end of the plan."
        )
    count = len(bent.unsure)
    if count:
        what = "1 title was" if count == 1 else f"{count} titles were"
        titles = list(dict.fromkeys(quoted(session.title) for session in bent.unsure))
        named = (
            listed(titles[:MOST_NAMED]) if len(titles) <= MOST_NAMED else f"{', '.join(titles[:MOST_NAMED])} and more"
        )
        notes.append(f"{what} not read for sure ({named}): `planner workouts` shows how each was read.")
    return notes


def booking_sentence(changed: Sequence[str], total: int, cost: int) -> str:
    """Return what an appointment costs a plan: `2 of 12 sessions of your plan change: "8 km easy" and "Intervals".`."""
    if not changed:
        return "All of your plan stays as it is."
    named = listed([quoted(title) for title in changed[:3]]) + (" and more" if len(changed) > 3 else "")
    change = "changes" if len(changed) == 1 else "change"
    fewer = ", for the better" if cost < 0 else ""
    return f"{len(changed)} of {total} sessions of your plan {change}{fewer}: {named}."


def pattern_remark(title: str, days: Sequence[date]) -> str:
    """Return that the plan does not keep a rule about training by itself."""
    on = f" ({listed([day_name(day) for day in days])})" if days else ""
    return f"{title}: your plan has it otherwise{on}, and it is left as it is."


def row_remark(title: str, days: Sequence[date]) -> str:
    """Return that more days follow each other in the plan than a rule about training wants."""
    return f"{title}: your plan has {len(days)} ({span(days[0], days[-1])}), and it is left as it is."


def costly_remark(title: str, rule: str, changes: int, total: int) -> str:
    """Return what a rule about the injury costs by itself, and how a clinician's word takes it away.

    Args:
        title: the rule's title.
        rule: its id.
        changes: how many sessions it changes.
        total: how many sessions there are.

    """
    return (
        f"{title}: this rule alone changes {changes} of {total} sessions; whoever knows your injury may take it away: "
        f'[rules.override."{rule}"] away = true, by = "…"'
    )


def windowless_remark(days: Sequence[date]) -> str:
    """Return that days of the plan have no start window."""
    on = listed([day_name(day) for day in days])
    return f"Your [availability] has no start window on {on}, where your plan has a session: 06:00 to 21:00 was tried."


def time_hint(not_before: datetime | None, done_by: datetime | None) -> str:
    """Return in which part of its day an all-day session stands: `not before 10:15`, `done by 18:00`."""
    parts = [f"not before {not_before:%H:%M}"] if not_before is not None else []
    parts += [f"done by {done_by:%H:%M}"] if done_by is not None else []
    return listed(parts)


def change_with_why(change: SessionChange) -> str:
    """Return what became of a session, and why."""
    return f"{change.text}. {' '.join(reason.text for reason in change.reasons)}".strip()


def changed_from(title: str, planned: date) -> str:
    """Return which session a changed one was: `Changed: "8 km easy" of Wed 25 Nov`."""
    return f"Changed: {quoted(title)} of {day_name(planned)}"


def as_planned(title: str, hint: str | None) -> str:
    """Return that a session stays as its plan has it: `As planned: "8 km easy" (done by 18:00)`."""
    return f"As planned: {quoted(title)}{f' ({hint})' if hint else ''}"
