"""Sessions: what the events of somebody else's plan mean for this person: workouts of so many minutes on their days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from statistics import median
from typing import NamedTuple

from planner.appointments.booked import CalendarRemark, Calendars
from planner.candidates.wishes import usual_minutes
from planner.case.coach import FASTEST, SLOWEST, CoachCalendar, ReadAs
from planner.case.model import Case
from planner.clock import Minutes
from planner.errors import InputError, Problem, quoted
from planner.limits.rule_windows import Window
from planner.results.coached import ListedSession, NoSession, ReadSession, SessionList
from planner.rulebook.model import Rulebook
from planner.titles.session import MinutesFrom, PlanEvent, ReadEvent, SessionReading
from planner.wording.coached import NO_SUCH_TITLE, UNIT_GUESSED, WHY_NOT, implausible_minutes

USUAL_RACE = Minutes(60)
"""How long a race is where neither the person nor the rules say it."""
MOST_PASSED = 3
"""So many events that were passed over are named where no session is left."""


class CoachSession(NamedTuple):
    """Hold one session of somebody else's plan: which workout, how long, on which day; `start` is None all day long.

    `part` counts the sessions of one event from 0. `doubts` say why a reading is not sure. `day` and `start` are the
    person's where they moved it by hand: `moved_from` is then where its coach has it.
    """

    event: PlanEvent
    part: int
    workout: str
    minutes: Minutes
    minutes_from: MinutesFrom
    day: date
    start: datetime | None = None
    by: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    strides: bool = False
    optional: bool = False
    half: str = ""
    guessed: bool = False
    """Whether it could not be read, and is taken for what `otherwise` says."""

    moved_from: tuple[date, datetime | None] | None = None
    waits: bool = False
    """Whether it would be over where its coach has it, and the calendar shows it later, where planner had put it."""

    @property
    def planned(self) -> tuple[date, datetime | None]:
        """The day on which its coach has it, and when it begins; None for all day."""
        return self.moved_from or (self.day, self.start)

    @property
    def sure(self) -> bool:
        """Whether nothing about it is in doubt."""
        return not self.doubts


class CoachSessions(NamedTuple):
    """Hold the sessions of somebody else's plan in order of time, what was done, and what of the calendar is none."""

    sessions: tuple[CoachSession, ...] = ()
    done: tuple[CoachSession, ...] = ()
    passed_over: tuple[tuple[PlanEvent, str], ...] = ()
    feed_to: date | None = None
    """The day of the last event of all, be it a session or not."""
    refused: tuple[tuple[CoachSession, list[Window]], ...] = ()
    """What the person moved where rules forbid it, as it was put, with those rules."""
    logged: tuple[str, ...] = ()
    """The UIDs of the events of sessions of which the log says what became."""
    race_minutes: Minutes = USUAL_RACE
    """How long a race is usually taken to last."""

    def notes(self) -> Iterator[CalendarRemark]:
        """Yield what was passed over, as the calendars of a case say it."""
        for event, why in self.passed_over:
            yield CalendarRemark(event.source, event.line, why)


def sessions_of(case: Case, rulebook: Rulebook, coached: Iterable[ReadEvent], today: date) -> CoachSessions:
    """Return what the events of a case's plan calendars mean; a workout without minutes has the usual ones.

    Raises `InputError` where distances wait for a pace that nothing tells.

    Args:
        case: the person's case, with what it says of each plan calendar.
        rulebook: the rules.
        coached: the events of the plan calendars, as their titles were read.
        today: the day that counts as today, for what is usual now.

    """
    coached = tuple(coached)
    paces = _paces(case, coached)
    usual = _usual(case, rulebook, today)
    sessions: list[CoachSession] = []
    done: list[CoachSession] = []
    others: list[tuple[PlanEvent, str]] = []
    for listed in coached:
        entry = case.workouts[listed.event.entry]
        own_word = next((word for word in entry.read if word.means(listed.event.title)), None)
        if listed.event.cancelled:
            others.append((listed.event, "cancelled"))
            continue
        readings = listed.readings if own_word is None else listed.readings[:1]
        for part, reading in enumerate(readings):
            workout = _workout(reading, own_word, entry)
            if workout in WHY_NOT:
                others.append((listed.event, WHY_NOT[workout]))
                continue
            session = _session(listed, part, reading, workout, own_word, paces[listed.event.entry], usual)
            (done if reading.workout == "done" else sessions).append(session)
    days = [day for event in coached if (day := event.event.day) is not None]
    return CoachSessions(
        sessions=tuple(sorted(sessions, key=_when)),
        done=tuple(sorted(done, key=_when)),
        passed_over=tuple(others),
        feed_to=max(days, default=None),
        race_minutes=usual.get("race", USUAL_RACE),
    )


def _when(session: CoachSession) -> tuple[date, bool, float, str, int, int]:
    begins = 0.0 if session.start is None else session.start.timestamp()
    return session.day, session.start is not None, begins, session.half, session.event.line, session.part


def _workout(reading: SessionReading, own_word: ReadAs | None, entry: CoachCalendar) -> str:
    if own_word is not None:
        return own_word.as_
    return reading.workout or entry.otherwise


def _session(
    listed: ReadEvent,
    part: int,
    reading: SessionReading,
    workout: str,
    own_word: ReadAs | None,
    pace: float | None,
    usual: Mapping[str, Minutes],
) -> CoachSession:
    event, bounds = listed.event, listed.bounds
    minutes, origin = _minutes(reading, own_word, pace)
    doubts = [] if own_word is not None else list(reading.doubts)
    if minutes is None:
        minutes, origin = usual[workout], "usual"
    runs = workout.startswith("run")
    if runs and origin != "usual" and own_word is None and not bounds.shortest <= minutes <= bounds.longest:
        doubts.append(implausible_minutes(minutes))
        minutes, origin = usual[workout], "usual"
    elif reading.length.doubtful and own_word is None:
        doubts.append(UNIT_GUESSED)
    if workout == "run_easy" and minutes >= bounds.long_from and own_word is None:
        workout = "run_long"
    timed = event.start if isinstance(event.start, datetime) else None
    day = event.day
    if day is None:
        raise ValueError("an event of a plan has a day")
    return CoachSession(
        event=event,
        part=part,
        workout=workout,
        minutes=minutes,
        minutes_from=origin,
        day=day,
        start=timed if part == 0 else None,
        by=("your word",) if own_word is not None else tuple(dict.fromkeys(reading.by)),
        doubts=tuple(doubts),
        strides=reading.strides and workout in {"run_easy", "run_long"} and own_word is None,
        optional=reading.optional,
        half=reading.half,
        guessed=not reading.workout and own_word is None,
    )


def _minutes(
    reading: SessionReading, own_word: ReadAs | None, pace: float | None
) -> tuple[Minutes | None, MinutesFrom]:
    if own_word is not None and own_word.minutes is not None:
        return own_word.minutes, "person"
    length = reading.length
    if length.minutes is None and length.metres is None:
        return None, "usual"
    minutes = length.minutes or 0.0
    if length.metres is not None:
        minutes += length.metres / 1000 * (pace or 0) / 60
    return Minutes(max(round(minutes), 1)), length.origin


def _usual(case: Case, rulebook: Rulebook, today: date) -> dict[str, Minutes]:
    """Return the usual minutes of every workout, by the figures of `[fitness]`."""
    minutes = usual_minutes(case, rulebook, today)
    return {key: workout.length.minutes_of(minutes) for key, workout in rulebook.workouts.items()}


def _paces(case: Case, coached: Sequence[ReadEvent]) -> list[float | None]:
    """Return the easy pace of each plan in seconds a kilometre: the person's, else that of its own easy runs."""
    paces: list[float | None] = []
    wrong: list[Problem] = []
    for number, entry in enumerate(case.workouts):
        readings = [reading for event in coached if event.event.entry == number for reading in event.readings]
        pace = entry.pace or _own_pace(readings)
        lacking = sum(1 for reading in readings if reading.length.metres is not None and reading.is_training)
        if pace is None and lacking:
            events = "1 event gives" if lacking == 1 else f"{lacking} events give"
            right = 'write the pace of an easy run: easy_pace = "6:10/km", or "9:55/mi"'
            wrong.append(Problem("case", f"workouts[{number}].easy_pace", f"{events} only a distance", right))
        paces.append(pace)
    if wrong:
        raise InputError(wrong)
    return paces


def _own_pace(readings: Iterable[SessionReading]) -> float | None:
    """Return the median pace of the easy runs that give both minutes and distance, in seconds a kilometre."""
    paces = [
        reading.length.minutes * 60 / (reading.metres_beside / 1000)
        for reading in readings
        if reading.length.minutes is not None and reading.metres_beside
    ]
    believed = [pace for pace in paces if FASTEST <= pace <= SLOWEST]
    return median(believed) if believed else None


def session_list(
    case: Case, rulebook: Rulebook, calendars: Calendars, first: date, last: date, today: date
) -> SessionList:
    """Return how the sessions of a case's plan calendars from one local day to another were read.

    Raises `InputError` where there is no session in these days, or distances wait for a pace that nothing tells.

    Args:
        case: the person's case.
        rulebook: the rules.
        calendars: what was read of the calendars that the case names.
        first: the first local day of the list.
        last: its last one.
        today: the day that counts as today, for what is usual now.

    """
    sessions = sessions_of(case, rulebook, calendars.coached, today)
    shown = [session for session in sessions.sessions if first <= session.day <= last]
    if not shown:
        raise InputError([no_session_problem(case, sessions, first, last)])
    passed = [no_session(event, why) for event, why in sessions.passed_over if event.day and first <= event.day <= last]
    passed += [
        NoSession(source=remark.source, line=remark.line, uid="", title="", why=remark.why)
        for remark in calendars.passed_over
        if remark.source in {entry.calendar for entry in case.workouts}
    ]
    passed += [
        NoSession(source=entry.calendar, line=None, uid="", title=word.title, why=NO_SUCH_TITLE)
        for number, entry in enumerate(case.workouts)
        for word in entry.read
        if not any(word.means(read.event.title) for read in calendars.coached if read.event.entry == number)
    ]
    listed = tuple(_listed(session) for session in sorted(shown, key=lambda session: session.sure))
    return SessionList(workouts=listed, passed_over=tuple(passed))


def no_session_problem(case: Case, sessions: CoachSessions, first: date, last: date) -> Problem:
    """Return that the plan of a case has no session between two days, when its last is, and what was passed over.

    Args:
        case: the person's case.
        sessions: what was read of its plan calendars.
        first: the first of the days.
        last: the last one.

    """
    days = [session.day for session in (*sessions.sessions, *sessions.done) if session.event.source]
    wrong = f"{quoted(case.workouts[0].calendar)} holds no workout between {first} and {last}"
    passed = [
        f"{quoted(event.title)} ({why})"
        for event, why in sessions.passed_over
        if event.day is not None and first <= event.day <= last
    ]
    if days:
        wrong = f"{wrong}; its last is on {max(days)}"
    if passed:
        more = f" and {len(passed) - MOST_PASSED} more" if len(passed) > MOST_PASSED else ""
        wrong = f"{wrong}; passed over: {', '.join(passed[:MOST_PASSED])}{more}"
    right = "fetch the plan again, or name other days with --from; nothing was changed"
    return Problem("case", "workouts[0].calendar", wrong, right)


def no_session(event: PlanEvent, why: str) -> NoSession:
    """Return an event that is no session, and why."""
    return NoSession(source=event.source, line=event.line, uid=event.uid, title=event.title, why=why)


def read_session(session: CoachSession) -> ReadSession:
    """Return what a session was read as."""
    return ReadSession(
        workout=session.workout,
        minutes=session.minutes,
        by=session.by,
        minutes_from=session.minutes_from,
        strides=session.strides,
        optional=session.optional,
        sure=session.sure,
        doubts=session.doubts,
    )


def _listed(session: CoachSession) -> ListedSession:
    event = session.event
    return ListedSession(
        calendar=event.source,
        line=event.line,
        uid=event.uid,
        part=session.part,
        title=event.title,
        date=session.day,
        start=session.start,
        read_as=read_session(session),
    )
