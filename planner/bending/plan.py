"""From a case with somebody else's plan to that plan, bent, with whatever else was asked for around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import NamedTuple

from planner.appointments.appointment import require_read_calendars
from planner.bending.bend import Bent, bend
from planner.bending.explanation import explain_changes
from planner.bending.memory import (
    HandEdits,
    ShownSession,
    day_shown,
    left_behind,
    numbered,
    shown_already,
    uids_of,
    with_hand_edits,
)
from planner.bending.placements import WHOLE_DAY, race_start, verdicts_as_planned
from planner.bending.sessions import CoachSession, CoachSessions, no_session_problem, sessions_of
from planner.candidates.candidate import Candidate
from planner.candidates.wishes import LAST_DAYS
from planner.case.entries import TreatmentEntry
from planner.case.model import Case, Race, with_known_names
from planner.clock import Minutes, at, seconds
from planner.errors import InputError
from planner.limits.rule_windows import Window
from planner.results.plan import Plan
from planner.revision.calendar import Earlier
from planner.revision.identity import plan_identity
from planner.revision.pinned import Pinned, PriorPlan
from planner.revision.revise import Weeks, find_prior_plan, recognise_workouts, weeks_of
from planner.rulebook.model import Rulebook
from planner.rulebook.rule import Rule
from planner.scheduling.assembly import assemble
from planner.scheduling.choose import choose
from planner.scheduling.request import Request
from planner.scheduling.task import Task, prepare
from planner.titles.session import PlanEvent
from planner.wording.coached import TAKEN_OUT

REACHES_BACK = timedelta(days=14)
"""So far back sessions of the plan count as done, where the log does not say otherwise."""


class BentTask(NamedTuple):
    """Hold somebody else's plan, bent, and the task of planning what else is asked for around it."""

    around: Task
    bent: Bent
    uids: tuple[str, ...]
    coached: CoachSessions
    plan_id: str

    def chosen(self) -> tuple[int, list[list[Candidate]]]:
        """Return what stands on each day, the sessions and what else is asked for around them, and its points."""
        solution, candidates = choose(self.around)
        return solution.points, [[candidates[option.key] for option in options] for options in solution.days]

    def explained(self, plan: Plan) -> Plan:
        """Return a plan for the task with what became of each session: of none where a danger sign clears the plan."""
        if self.around.cleared:
            return plan
        return explain_changes(plan, self.around, self.bent, self.uids, self.coached, self.plan_id)


def bent_plan(request: Request) -> Plan:
    """Return somebody else's plan for some weeks, bent around the treatments, and around it what else is asked for.

    Raises `InputError` as `prepare_bent` does.
    """
    made = prepare_bent(request)
    points, chosen = made.chosen()
    return made.explained(assemble(made.around, chosen, points, made.around.earlier))


class BentSessions(NamedTuple):
    """Hold somebody else's plan, bent, and what it was bent by, before anything is planned around it."""

    task: Task
    bent: Bent
    edits: HandEdits
    coached: CoachSessions
    plan_id: str


def bend_sessions(request: Request, booked: Sequence[TreatmentEntry] = (), like: Task | None = None) -> BentSessions:
    """Return the sessions of a request bent, with more treatments booked than its case has.

    What these do not touch is taken from the task of the same plan without them, where `like` gives it.

    Raises `InputError` where the calendar holds no session in these days, or gives distances and nothing tells a pace.
    """
    rulebook, today = request.rulebook, request.today
    calendars = require_read_calendars(request.case, request.calendars)
    case = with_known_names(request.case, rulebook)
    if booked:
        case = case.model_copy(update={"treatments": (*case.treatments, *booked)})
    sessions = sessions_of(case, rulebook, calendars.coached, today)
    earlier = None if request.earlier is None else recognise_workouts(request.earlier, rulebook)
    weeks = weeks_of(request.first_day, request.weeks, earlier, case.week_starts)
    sessions = _with_races(case, sessions, weeks)
    case = _as_the_plan_has_it(case, sessions, rulebook, today)
    plan_id = plan_identity(case) if earlier is None else earlier.plan_id
    prior = find_prior_plan(earlier and _without_sessions(earlier), case, rulebook, weeks, request.now)
    logged = {entry.date for entry in case.log if entry.did is not None}
    near = [session for session in sessions.sessions if weeks.first - REACHES_BACK <= session.day <= weeks.last]
    shown_near = shown_already(near, earlier, plan_id, rulebook)
    if not any(
        max(session.day, day_shown(session, shown_near.get(n))) >= weeks.first for n, session in enumerate(near)
    ):
        raise InputError([no_session_problem(case, sessions, weeks.first, weeks.last)])
    for session, session_shown in left_behind(earlier, shown_near.values(), today, weeks.last, rulebook):
        shown_near[len(near)] = session_shown
        near.append(session)
    days = [day_shown(session, shown_near.get(number)) for number, session in enumerate(near)]
    numbers = [number for number, session in enumerate(near) if max(session.day, days[number]) >= weeks.first]
    numbers.sort(key=lambda number: near[number].day)
    inside, shown = [near[number] for number in numbers], _renumbered(shown_near, numbers)
    logged_ones = {
        place for place, number in enumerate(numbers) if _was_logged(near[number], days[number], case, rulebook, today)
    }
    task = prepare(
        case, rulebook, weeks, today, prior, calendars, like=like, earlier=earlier, dosed_by=_holds_for_a_coach
    )
    edits = with_hand_edits(inside, shown, earlier, task, logged_ones, lambda session: _forbidding(task, session))
    sessions = sessions._replace(
        passed_over=(*sessions.passed_over, *((session.event, TAKEN_OUT) for session in edits.taken_out))
    )
    before = [(days[number], session.workout) for number, session in enumerate(near) if number not in numbers]
    done = _before(sessions, before, prior, weeks, logged)
    bent = bend(task, edits.sessions, done, (weeks.first, weeks.last), edits.shown, edits.put)
    sessions = sessions._replace(refused=tuple(edits.refused), logged=tuple(edits.logged))
    return BentSessions(task, bent, edits, sessions, plan_id)


def prepare_bent(request: Request) -> BentTask:
    """Return the plan of a request bent, and what else is asked for around it; raises as `bend_sessions` does."""
    task, bent, edits, coached, plan_id = bend_sessions(request)
    earlier = task.earlier
    uids = uids_of(edits.sessions, edits.shown, plan_id, earlier)
    beside = _with_sessions(task, task.prior, bent, uids)
    beside = beside._replace(fixed=(*beside.fixed, *_sessions_after(task, earlier)))
    around = prepare(
        task.case,
        task.rulebook,
        task.weeks,
        task.today,
        beside,
        task.calendars,
        earlier=earlier,
        dosed_by=_holds_for_a_coach,
    )
    return BentTask(around, bent, tuple(uids), coached, plan_id)


def _holds_for_a_coach(rule: Rule) -> bool:
    """Whether a rule about dose holds for somebody else's plan: not those on how training is laid out over weeks.

    Ramps after a break, what follows a setback and the days after a race hold for everybody.
    """
    return not (rule.before_race or rule.longest or rule.week_ceiling or rule.growth)


def _with_races(case: Case, sessions: CoachSessions, weeks: Weeks) -> CoachSessions:
    """Return the sessions with the races that only the case names: they stand in the plan like those of the coach."""
    days = {session.day for session in sessions.sessions if session.workout == "race"}
    more = [
        CoachSession(
            event=PlanEvent(race.name, start=race.date, uid=f"race {race.date}"),
            part=0,
            workout="race",
            minutes=race.minutes or sessions.race_minutes,
            minutes_from="person",
            day=race.date,
            start=None if race.start is None else datetime.combine(race.date, race.start, case.tz),
        )
        for race in case.races
        if race.date not in days and weeks.first <= race.date <= weeks.last
    ]
    return sessions._replace(sessions=tuple(sorted((*sessions.sessions, *more), key=lambda session: session.day)))


def _as_the_plan_has_it(case: Case, sessions: CoachSessions, rulebook: Rulebook, today: date) -> Case:
    """Return the case with the figures and the races of the plan, where it gives none itself."""
    own = {race.date for race in case.races}
    races = [
        Race(date=session.day, name=session.event.title or "Race", minutes=Minutes(min(max(session.minutes, 5), 1440)))
        for session in sessions.sessions
        if session.workout == "race" and session.day not in own
    ]
    case = _with_its_fitness(case, sessions.sessions, rulebook, today)
    return case.model_copy(update={"races": (*case.races, *races)}) if races else case


def _with_its_fitness(case: Case, sessions: Sequence[CoachSession], rulebook: Rulebook, today: date) -> Case:
    """Return a case whose figures of `[fitness]` are those of the plan, where the person gives none.

    Whoever's coach plans rides or swims is not new to them, and does not ride in place of a run.

    Args:
        case: the person's case.
        sessions: the sessions of the plan.
        rulebook: the rules, by which a workout has its kind and its figure of `[fitness]`.
        today: the day that counts as today: the longest run is one of the days before it, else of the week from it on.

    """
    runs = [session for session in sessions if session.workout in {"run_easy", "run_long", "run_hard"} and session.sure]
    easy = [session.minutes for session in runs if session.workout == "run_easy" and session.minutes_from != "usual"]
    past = [session.minutes for session in runs if timedelta(0) <= today - session.day <= LAST_DAYS]
    soon = [session.minutes for session in runs if timedelta(0) <= session.day - today < timedelta(days=7)]
    usual: dict[str, int] = {}
    if easy and case.fitness.easy_run_minutes is None:
        usual["easy_run_minutes"] = round(median(easy))
    if (past or soon) and case.fitness.longest_run_minutes is None:
        usual["longest_run_minutes"] = max(past or soon)
    others: dict[str, list[int]] = {}
    for planned in sessions:
        workout = rulebook.workouts[planned.workout]
        if workout.kind != "run":
            others.setdefault(workout.length.fitness, []).append(planned.minutes)
    for field, minutes in others.items():
        if getattr(case.fitness, field, None) is None:
            usual[field] = round(median(minutes))
    return case.model_copy(update={"fitness": case.fitness.model_copy(update=usual)}) if usual else case


def _renumbered(shown: Mapping[int, ShownSession], numbers: Sequence[int]) -> dict[int, ShownSession]:
    """Return where a calendar shows those sessions that are taken on, by their new numbers."""
    return {place: shown[number] for place, number in enumerate(numbers) if number in shown}


def _was_logged(session: CoachSession, day: date, case: Case, rulebook: Rulebook, today: date) -> bool:
    """Whether the log says what became of a session: of a day that is past, or that what today asks for was done.

    Args:
        session: the session of the plan.
        day: the day on which the person finds it, be it where its coach has it or where it was moved to.
        case: the person's case, with the log.
        rulebook: the rules, by which a workout has its kind.
        today: the day that counts as today.

    """
    entries = [entry for entry in case.log if entry.date == day]
    if day < today:
        return any(entry.did is not None for entry in entries)
    kinds = [rulebook.workouts[entry.did].kind for entry in entries if entry.did is not None]
    return rulebook.workouts[session.workout].kind in kinds or any(entry.left_out for entry in entries)


def _forbidding(task: Task, session: CoachSession) -> list[Window]:
    """Return the rules that let a session stand at no time of its day; an empty list where it may stand."""
    verdicts = verdicts_as_planned(task, session)
    return [] if not verdicts or any(verdict.allowed for verdict in verdicts) else verdicts[0].ruled_out_by


def _without_sessions(earlier: Earlier) -> Earlier:
    """Return what a calendar shows beside the sessions of somebody else's plan."""
    return earlier._replace(events=tuple(event for event in earlier.events if event.session is None))


def _before(
    sessions: CoachSessions,
    before: Sequence[tuple[date, str]],
    first: PriorPlan,
    weeks: Weeks,
    logged: set[date],
) -> list[tuple[date, str]]:
    """Return what was done before the days of a plan, and on them: by the log, else as the plan had it.

    Args:
        sessions: all that the plan's calendar holds.
        before: those before the days of the plan, each on the day on which it stood.
        first: what is known from before.
        weeks: the days of the plan.
        logged: the days of which the log says what was done.

    """
    finished = [
        (session.day, session.workout)
        for session in sessions.done
        if weeks.first - REACHES_BACK <= session.day < weeks.first
    ]
    done = [(day, workout) for day, workout in (*before, *finished) if day not in logged]
    pinned = [(pinned.start.date(), pinned.workout) for pinned in first.fixed if pinned.done]
    return [*done, *(workout_of_day for workout_of_day in pinned if workout_of_day[0] <= weeks.last)]


def _with_sessions(task: Task, first: PriorPlan, bent: Bent, uids: Sequence[str]) -> PriorPlan:
    """Return what else is planned around: the sessions as they stand now."""
    fixed = [
        Pinned(placement.workout, placement.start, placement.minutes, done=True, uid=uids[number])
        for number, placement in numbered(bent.placements)
        if placement is not None
    ]
    for number in sorted(bent.fixed):
        session = bent.sessions[number]
        start = session.start or race_start(task, session)
        fixed.append(Pinned(session.workout, start, session.minutes, done=True, uid=uids[number]))
    return first._replace(fixed=(*first.fixed, *fixed))


def _sessions_after(task: Task, earlier: Earlier | None) -> Iterator[Pinned]:
    """Yield the sessions that the calendar shows after the days of the plan: what is forbidden there is withdrawn.

    One for a whole day is taken at a time of it at which nothing forbids it, if there is any.
    """
    limits = task.other_limits or task.limits
    shown = () if earlier is None else [event for event in earlier.events if event.mark in task.rulebook.workouts]
    for event in shown:
        if event.session is None or event.cancelled or event.by_hand == "deleted" or event.day <= task.weeks.last:
            continue
        minutes = event.minutes or task.chooser.usual_minutes(event.mark)
        windows = task.case.windows_on(event.day) or (WHOLE_DAY,)
        times = [at(event.day, edge, task.case.tz) for window in windows for edge in (window.first, window.last)]
        times = times if event.moment is None else [event.moment.astimezone(task.case.tz)]
        free = (time for time in times if not limits.judge(event.mark, seconds(time), minutes).forbids)
        yield Pinned(event.mark, next(free, times[0]), minutes, done=True, uid=event.uid)
