"""Dosed: a choice that keeps the rules about dose, which speak of what the plan itself holds.

How long a run may be hangs on the runs of the weeks before it, and when the way back begins on the first run of it. So
a plan is made with what the weeks may hold, then held against the same rules with what they do hold; where it breaks
any, it is made again with these limits too. Limits are only ever added, and what is chosen is the best for them.
"""

from __future__ import annotations

from collections.abc import Sequence

from planner.candidates.candidate import Candidate
from planner.clock import seconds
from planner.dose.history import Session, session
from planner.dose.windows import dose_of
from planner.limits.limits import Limits
from planner.limits.progress import felt, sessions_per_stage, standing
from planner.rulebook.scales import INTENSITIES
from planner.scheduling.choose import choose, memory_for
from planner.scheduling.task import Task, is_a_run
from planner.search.problem import Solution
from planner.search.solve import Memory

MOST_RUNS = 7
MOST_PASSES = 12
"""So often a plan is made at the most; two or three times are usual, and most plans need one."""
Chosen = Sequence[Sequence[Candidate]]


def choose_dosed(task: Task, memory: Memory | None = None) -> tuple[Task, Solution, Chosen]:
    """Return the best choice that keeps the rules about dose, and the task with the limits for which it is the best.

    `memory` is that of tasks alike.
    """
    memory = memory or memory_for(task)
    for _ in range(MOST_PASSES):
        solution, candidates = choose(task, memory)
        chosen = [[candidates[option.key] for option in options] for options in solution.days]
        again = stricter(task, chosen)
        if again is None:
            break
        task = again
    return task, solution, chosen


def stricter(task: Task, chosen: Chosen) -> Task | None:
    """Return a task with the limits that follow from what was chosen, None where that keeps them all."""
    others = task.other_limits
    if others is None:
        return None
    said = felt(task.case, task.rulebook, [(one.day, one.region) for one in task.treatments])
    planned = planned_sessions(task, chosen)
    dose = dose_of(
        *(task.case, task.rulebook, task.rules.values(), others, task.wishes, task.given, task.weeks),
        *(task.today, said, planned),
    )
    limits = others.with_more(dose.windows)
    fewer = dict(dose.fewer_runs)
    for number in fewer:
        week = [one for candidates in chosen[7 * number : 7 * number + 7] for one in candidates if not one.done]
        fewer[number] -= sum(is_a_run(task, one.form) for one in week)
    if min(fewer.values(), default=0) >= 0 and all(
        _keeps(limits, one) for candidates in chosen for one in candidates if not one.done
    ):
        return None
    windows = (*task.dose.windows, *dose.windows)
    fewer = {
        number: min(runs.get(number, MOST_RUNS) for runs in (task.dose.fewer_runs, dose.fewer_runs))
        for number in {*task.dose.fewer_runs, *dose.fewer_runs}
    }
    return task.with_dose(dose._replace(windows=windows, fewer_runs=fewer))


def _keeps(limits: Limits, one: Candidate) -> bool:
    """Return whether a workout that was chosen keeps some limits."""
    verdict = limits.judge(one.form.workout, seconds(one.start), one.usual_minutes)
    if not verdict.allowed:
        return False
    short = verdict.max_minutes is None or one.minutes <= verdict.max_minutes
    return short and (verdict.max_intensity is None or INTENSITIES.index(one.intensity) <= verdict.max_intensity)


def planned_sessions(task: Task, chosen: Chosen) -> list[Session]:
    """Return what was chosen as history will count it, a run by stages with the running of its stage."""
    back = standing(task.case, task.rulebook, task.today, task.dose.way_back)
    stage, good = (0, 0) if back is None else (back.stage, back.good)
    needed = sessions_per_stage(task.case, task.rulebook)
    found = []
    for candidates in chosen:
        for one in candidates:
            if one.done:
                continue
            each = session(task.rulebook, one.form.workout, one.start.date(), one.minutes, task.wishes)
            if each.workout == "run_walk" and stage:
                now = task.rulebook.stages[stage - 1]
                each = each._replace(minutes=now.run_minutes * now.repeats)
                good += 1
                if good >= needed and stage < len(task.rulebook.stages):
                    stage, good = stage + 1, 0
            found.append(each)
    return found
