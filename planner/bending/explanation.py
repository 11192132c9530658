"""Explanation: what each session of a bent plan was, what became of it and why, and how much of it all stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise

from planner.bending.bend import GAPS, Bent
from planner.bending.memory import SessionNumber, numbered, seal_of
from planner.bending.placements import SessionPlacement
from planner.bending.reasons import Reasons
from planner.bending.sessions import CoachSession, CoachSessions, no_session, read_session
from planner.clock import Seconds, after, at, seconds
from planner.dose.spacings import longest_row
from planner.results.bent import (
    BentRemark,
    BentSummary,
    ChangeReason,
    Conflict,
    LostSession,
    SessionChange,
    SessionSource,
    UnsureSession,
)
from planner.results.plan import Plan, PlannedWorkout
from planner.revision.calendar import SessionSeal
from planner.rulebook.scales import INTENSITIES
from planner.scheduling.task import Task
from planner.wording import coached as wording
from planner.wording.coached import read_line


def explain_changes(
    plan: Plan, task: Task, bent: Bent, uids: Sequence[str], sessions: CoachSessions, plan_id: str
) -> Plan:
    """Return a plan whose sessions say what they were and why they changed, with how much of it all stays.

    Args:
        plan: the plan for the days, its sessions placed.
        task: the task that it answers.
        bent: where each session stands, or why it stands nowhere.
        uids: the UID of each session, by its number.
        sessions: what was read of the plan that was bent, and what was passed over.
        plan_id: the identity of the case's plan.

    """
    explanation = _Explanation(task, bent, plan_id)
    by_uid = {uid: number for number, uid in numbered(uids)}
    days = tuple(
        day.model_copy(
            update={
                "workouts": tuple(
                    explanation.workout(workout, by_uid[workout.uid]) if workout.uid in by_uid else workout
                    for workout in day.workouts
                )
            }
        )
        for day in plan.days
    )
    summary = explanation.summary(sessions, (plan.from_, plan.to))
    alerts = [
        wording.unsure_sentence(session, task.rulebook) for session in summary.unsure if session.could_not_be_read
    ]
    alerts += [conflict.text for conflict in summary.conflicts]
    return plan.model_copy(
        update={
            "days": days,
            "bent": summary,
            "alerts": (*plan.alerts, *alerts),
            "notes": (*explanation.refused(sessions), *wording.bent_notes(summary, plan.to), *plan.notes),
        }
    )


class _Explanation:
    """Explain the sessions of one bent plan."""

    def __init__(self, task: Task, bent: Bent, plan_id: str) -> None:
        self.task, self.bent, self.plan_id = task, bent, plan_id
        self.reasons = Reasons(task, bent)
        self.changes = {
            number: self._change(number, placement)
            for number, placement in numbered(bent.placements)
            if placement and placement.kinds
        }

    def workout(self, workout: PlannedWorkout, number: SessionNumber) -> PlannedWorkout:
        """Return a workout of the plan with the session that it is."""
        session, placement = self.bent.sessions[number], self.bent.placements[number]
        keep = self.task.case.workouts[session.event.entry].times == "keep" if session.event.source else True
        all_day = session.start is None and keep and (placement is None or not placement.kinds)
        most = placement.verdict.max_intensity if placement is not None else None
        return workout.model_copy(
            update={
                "title": session.event.title if workout.workout == "race" else workout.title,
                "intensity": workout.intensity if most is None else INTENSITIES[most],
                "by_hand": self._is_put(number),
                "source": self.source(session),
                "change": self.changes.get(number),
                "all_day": all_day,
                "hint": self._hint(session, placement) if all_day and placement is not None else None,
                "seal": "|".join(map(str, self._seal(number, session))),
            }
        )

    def refused(self, sessions: CoachSessions) -> Iterator[str]:
        """Yield why sessions cannot stand where the person moved them."""
        for put, windows in sessions.refused:
            reasons = tuple(self.reasons.of_windows(windows))
            yield wording.refused_move(put.event.title, put.start or put.day, reasons)

    def _is_put(self, number: SessionNumber) -> bool:
        """Whether a session stands where a person put it by hand."""
        placement = self.bent.placements[number]
        return number in self.bent.places.put and (placement is None or not {"time", "move"} & set(placement.kinds))

    def _seal(self, number: SessionNumber, session: CoachSession) -> SessionSeal:
        """Return what is remembered of a session; a feed that only gives it another UID changes nothing."""
        shown = self.bent.places.shown.get(number)
        if shown is not None and shown.unchanged and shown.event.session is not None:
            return shown.event.session
        return seal_of(session, self.plan_id, self.task.rulebook.workouts[session.workout].kind)

    def source(self, session: CoachSession) -> SessionSource:
        """Return where a session comes from."""
        event = session.event
        return SessionSource(
            calendar=event.source,
            line=event.line,
            uid=event.uid,
            part=session.part,
            title=event.title,
            text=event.text,
            start=session.planned[1] or session.planned[0],
            minutes=session.minutes,
            read_as=read_session(session),
        )

    def _change(self, number: SessionNumber, placement: SessionPlacement) -> SessionChange:
        session = self.bent.sessions[number]
        text = wording.change_sentence(
            placement.kinds,
            session.event.title,
            (placement.workout, placement.minutes),
            placement.start,
            (session.day, session.minutes),
            self.task.rulebook,
        )
        return SessionChange(kinds=placement.kinds, points=placement.points, text=text, reasons=self.reasons.of(number))

    def _hint(self, session: CoachSession, placement: SessionPlacement) -> str | None:
        """Return in which part of the day an all-day session stands, where rules leave only a part."""
        availability, tz = self.task.case.windows_on(session.day), self.task.case.tz
        if not availability:
            return None
        opens = seconds(at(session.day, availability[0].first, tz))
        closes = after(seconds(at(session.day, availability[-1].last, tz)), session.minutes)
        begins, ends = seconds(placement.start), seconds(placement.end)
        against = [
            window
            for window in self.task.limits.touching(opens, closes)
            if not self._lets(session, window.opens, window.closes)
        ]
        later = [window.opens for window in against if window.opens >= ends]
        before = [window.closes for window in against if opens < window.closes <= begins]
        hint = wording.time_hint(
            self._moment(max(before)) if before else None, self._moment(min(later)) if later else None
        )
        return hint or None

    def _lets(self, session: CoachSession, opens: Seconds, closes: Seconds) -> bool:
        """Whether a session may stand whole while a window lasts."""
        verdict = self.task.limits.judge(session.workout, opens if opens > 0 else Seconds(closes - 1), session.minutes)
        return not verdict.forbids

    def _moment(self, moment: Seconds) -> datetime:
        return datetime.fromtimestamp(moment, UTC).astimezone(self.task.case.tz)

    # ------------------------------------------------------------ all together

    def summary(self, read: CoachSessions, days: tuple[date, date]) -> BentSummary:
        """Return how much of the plan stays, and what became of the rest."""
        sessions, lost = self.bent.sessions, self.bent.lost
        changed = len(self.changes)
        kept = len(sessions) - changed - len(lost)
        return BentSummary(
            kept=kept,
            changed=changed,
            lost=len(lost),
            points=self.bent.points,
            text=wording.summary_sentence(kept, changed, len(lost), can_move=self._can_an_appointment_move()),
            feed_to=read.feed_to or days[1],
            logged=read.logged,
            lost_workouts=tuple(self._lost(number) for number in lost),
            conflicts=tuple(self._conflict(number, windows) for number, windows in self._conflicts()),
            unsure=tuple(self._unsure(session) for session in sessions if not session.sure),
            remarks=tuple(self._remarks()),
            passed_over=tuple(
                no_session(event, why)
                for event, why in read.passed_over
                if event.day is not None and days[0] <= event.day <= days[1]
            ),
        )

    def _can_an_appointment_move(self) -> bool:
        """Whether an appointment that is still to come keeps a session from standing as planned."""
        treated = {reason.treatment for change in self._all_changes() for reason in change.reasons}
        days = [self.task.treatments[number].day for number in treated if number is not None]
        return any(day >= self.task.today for day in days)

    def _lost(self, number: SessionNumber) -> LostSession:
        session = self.bent.sessions[number]
        change = SessionChange(
            kinds=("drop",),
            points=self.bent.places.prices.dropping(number),
            text=wording.lost_sentence(session.event.title, session.day),
            reasons=self.reasons.of(number),
        )
        return LostSession(source=self.source(session), day=session.day, change=change)

    def _conflicts(self) -> Iterator[tuple[SessionNumber, tuple[ChangeReason, ...]]]:
        for number, verdict in self.bent.conflicts:
            yield number, tuple(self.reasons.of_windows(verdict.ruled_out_by))

    def _conflict(self, number: SessionNumber, reasons: tuple[ChangeReason, ...]) -> Conflict:
        session = self.bent.sessions[number]
        text = wording.conflict_sentence(session.event.title, session.day, reasons)
        return Conflict(title=session.event.title, day=session.day, text=text, reasons=reasons)

    def _unsure(self, session: CoachSession) -> UnsureSession:
        event = session.event
        return UnsureSession(
            calendar=event.source,
            line=event.line,
            title=event.title,
            taken_for=session.workout,
            minutes=session.minutes,
            why="; ".join(session.doubts),
            say=read_line(event.title),
            could_not_be_read=session.guessed,
            entry=event.entry,
        )

    def _remarks(self) -> Iterator[BentRemark]:
        """Yield what the plan does not keep by itself, what a rule about the injury costs, and days without windows."""
        for field in ("days_between_hard", "days_between_long"):
            rule = self.task.training.get(field)
            days = self._nearer_than(field) if rule is not None else []
            if rule is not None and days:
                yield BentRemark(rule=rule.id, days=tuple(days), text=wording.pattern_remark(rule.title, days))
        yield from self._rows_of_days()
        counts = Counter(
            reason.rule for change in self._all_changes() for reason in change.reasons if reason.treatment is None
        )
        rule = self.task.training.get("days_between_runs")
        if rule is not None and counts[rule.id]:
            text = wording.costly_remark(rule.title, rule.id, counts[rule.id], len(self.bent.sessions))
            yield BentRemark(rule=rule.id, text=text)
        windowless = sorted(
            {
                placement.start.date()
                for placement in self.bent.placements
                if placement is not None and placement.windowless
            }
        )
        if windowless:
            yield BentRemark(rule="availability", days=tuple(windowless), text=wording.windowless_remark(windowless))

    def _rows_of_days(self) -> Iterator[BentRemark]:
        """Yield what rules on days in a row the plan does not keep by itself, of several about one row the closest."""
        there = [
            (session.day if placement is None else placement.start.date(), (placement or session).workout)
            for number, (session, placement) in numbered(zip(self.bent.sessions, self.bent.placements, strict=True))
            if placement is not None or number in self.bent.fixed
        ]
        rows: list[list[date]] = []
        for in_a_row in sorted(
            (spacing for spacing in self.task.spacings if spacing.in_a_row), key=lambda spacing: spacing.days
        ):
            days = longest_row(in_a_row, there)
            if len(days) > in_a_row.days and days not in rows:
                rows.append(days)
                text = wording.row_remark(self.task.explainer.standing_reason(in_a_row.rule).title, days)
                yield BentRemark(rule=in_a_row.rule.id, days=tuple(days), text=text)

    def _all_changes(self) -> list[SessionChange]:
        return [*self.changes.values(), *(self._lost(number).change for number in self.bent.lost)]

    def _nearer_than(self, field: str) -> list[date]:
        """Return the days on which workouts stand nearer to each other than a rule wants them."""
        gap = getattr(self.task.training[field], field)
        days = []
        for number, session in numbered(self.bent.sessions):
            placement = self.bent.placements[number]
            if placement is None and number not in self.bent.fixed:
                continue
            workout = self.task.rulebook.workouts[placement.workout if placement is not None else session.workout]
            if (workout.hard, workout.long)[GAPS.index(field) - 1]:
                days.append(placement.start.date() if placement is not None else session.day)
        days.sort()
        near = [pair for pair in pairwise(days) if (pair[1] - pair[0]).days < gap]
        return sorted({day for pair in near for day in pair})
