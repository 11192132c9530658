"""Reasons: what keeps a session from standing as planned: a rule with its treatment, or the room another one needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from planner.appointments.appointment import TreatmentNumber
from planner.bending.bend import GAPS, Bent
from planner.bending.memory import SessionNumber, numbered
from planner.bending.placements import SessionPlacement, verdicts_as_planned
from planner.clock import midnight, seconds
from planner.limits.rule_windows import Window
from planner.limits.verdicts import Verdict
from planner.results.bent import ChangeReason
from planner.rulebook.rule import Rule
from planner.scheduling.task import Task
from planner.wording.coached import NO_TIME_AS_PLANNED, moved_for_another, no_time_sentence


class Reasons:
    """Say why sessions of a bent plan do not stand as planned."""

    def __init__(self, task: Task, bent: Bent) -> None:
        self.task, self.bent = task, bent
        self.workouts = task.rulebook.workouts

    def of(self, number: SessionNumber) -> tuple[ChangeReason, ...]:
        """Return what keeps a session from standing as planned; of several rules those that bind."""
        placement = self.bent.placements[number]
        if placement is not None and placement.kinds == ("no_strides",):
            return self._without_strides(placement)
        return self._as_a_whole(number)

    def _without_strides(self, placement: SessionPlacement) -> tuple[ChangeReason, ...]:
        """Return what rules out the strides of a session that stands as planned otherwise."""
        verdict = self.task.limits.judge("run_hard", seconds(placement.start), placement.minutes)
        rule = self.task.training.get("first_run_back") if placement.back == "first" else None
        own = () if rule is None else (self._of_rule(rule),)
        return (*self.of_windows(verdict.ruled_out_by), *own)

    def _of_rule(self, rule: Rule) -> ChangeReason:
        """Return as a reason a rule that no window holds."""
        return ChangeReason(rule=rule.id, text=f"{self.task.explainer.standing_reason(rule).title}.")

    def _as_a_whole(self, number: SessionNumber) -> tuple[ChangeReason, ...]:
        verdicts = verdicts_as_planned(self.task, self.bent.sessions[number])
        session, case = self.bent.sessions[number], self.task.case
        if not case.open_to(session.day, self.workouts[session.workout].kind) or case.away_on(session.day) is not None:
            return (ChangeReason(rule="away", text=no_time_sentence(session.day)),)
        windows = self._binding(verdicts)
        if windows:
            return tuple(self.of_windows(windows))
        if cut := self._cut_where_it_stands(number):
            return cut
        if not verdicts:
            return (ChangeReason(rule="busy", text=NO_TIME_AS_PLANNED),)
        rule = self._too_near(number) or self._first_run_back(number)
        own = () if rule is None else (self._of_rule(rule),)
        placement = self.bent.placements[number]
        moved = placement is not None and "move" in placement.kinds
        other = self._makes_room_for(number) if moved or not own else None
        if other is None:
            return own
        title, day = self.bent.sessions[other].event.title, self.bent.sessions[other].day
        causes = self._binding(verdicts_as_planned(self.task, self.bent.sessions[other]))
        rule_id = causes[0].rule.id if causes else "training.first_run_back"
        return (ChangeReason(rule=rule_id, text=moved_for_another(title, day), other=title), *own)

    def _cut_where_it_stands(self, number: SessionNumber) -> tuple[ChangeReason, ...]:
        """Return what makes a session shorter at the very time of its day at which it stands now."""
        session, placement = self.bent.sessions[number], self.bent.placements[number]
        if placement is None or placement.start.date() != session.day or placement.workout != session.workout:
            return ()
        verdict = self.task.limits.judge(session.workout, seconds(placement.start), session.minutes)
        reasons = list(self.of_windows(verdict.limited_by)) if verdict.forbids else []
        rule = self.task.training.get("first_run_back") if placement.back == "first" else None
        if rule is not None and placement.minutes < session.minutes:
            reasons.append(self._of_rule(rule))
        return tuple(reasons)

    def of_windows(self, windows: list[Window]) -> Iterator[ChangeReason]:
        """Yield rules as reasons, each once."""
        named: set[tuple[str, TreatmentNumber | None]] = set()
        for window in windows:
            if (window.rule.id, window.treatment) not in named:
                named.add((window.rule.id, window.treatment))
                reason = self.task.explainer.window_reason(window)
                about = self.task.explainer.about(window)
                yield ChangeReason(rule=reason.rule, treatment=reason.treatment, text=f"{about}: {reason.title}.")

    def _binding(self, verdicts: list[Verdict]) -> list[Window]:
        """Return the windows that bind where no verdict lets a session stand whole; an empty list where one does."""
        if not all(verdict.forbids for verdict in verdicts) or not verdicts:
            return []
        allowed = [verdict for verdict in verdicts if verdict.allowed]
        verdict = max(allowed, key=lambda verdict: verdict.max_minutes or verdict.minutes) if allowed else verdicts[0]
        return verdict.limited_by if verdict.allowed else verdict.ruled_out_by

    def _first_run_back(self, number: SessionNumber) -> Rule | None:
        """Return the rule about a first run back where a session had to be cut for it, or gives it to another."""
        placement, rule = self.bent.placements[number], self.task.training.get("first_run_back")
        if rule is None or not self.workouts[self.bent.sessions[number].workout].is_running:
            return None
        if placement is not None and placement.back == "first":
            return rule
        session = self.bent.sessions[number]
        begins, breaks = seconds(midnight(session.day, self.task.case.tz)), self.task.chooser.breaks
        due = any(closes <= begins + 24 * 3600 and closes > begins - 72 * 3600 for _, closes in breaks.spans)
        ran = any(
            placement is not None
            and other != number
            and self.workouts[placement.workout].is_running
            and placement.back == "first"
            for other, placement in numbered(self.bent.placements)
            if placement is not None and placement.start.date() < session.day
        )
        stays = placement is not None and placement.workout == session.workout and placement.back == ""
        return rule if due and not ran and not stays else None

    def _too_near(self, number: SessionNumber) -> Rule | None:
        """Return the rule about training that a session would break as planned, beside the others as they are now."""
        session = self.bent.sessions[number]
        workout = self.workouts[session.workout]
        marks = (workout.is_running, workout.hard, workout.long)
        for field, holds in zip(GAPS, marks, strict=True):
            rule = self.task.training.get(field)
            gap = getattr(rule, field) if rule is not None else 1
            if rule is None or not holds or gap <= 1:
                continue
            for other, neighbour in numbered(self.bent.sessions):
                placement = self.bent.placements[other]
                if other == number or (placement is None and other not in self.bent.fixed):
                    continue
                its = self.workouts[placement.workout if placement is not None else neighbour.workout]
                day = placement.start.date() if placement is not None else neighbour.day
                same = (its.is_running, its.hard, its.long)[GAPS.index(field)]
                if same and abs(day - session.day) < timedelta(days=gap):
                    return rule
        return None

    def _makes_room_for(self, number: SessionNumber) -> SessionNumber | None:
        """Return the session for which another one had to go: one that was changed, and stands nearest."""
        session = self.bent.sessions[number]
        changed = [
            other
            for other, placement in numbered(self.bent.placements)
            if other != number and other not in self.bent.fixed and (placement is None or placement.kinds)
        ]
        blocked = [
            other for other in changed if self._binding(verdicts_as_planned(self.task, self.bent.sessions[other]))
        ]
        near = sorted(blocked or changed, key=lambda other: abs(self.bent.sessions[other].day - session.day))
        return near[0] if near else None
