"""The hand-out: one sheet for the patient, one for the therapist, for A4 and Letter, black and white."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from markupsafe import Markup

from planner.appointments.appointment import TreatmentNumber
from planner.case.model import Case, LogEntry
from planner.clock import seconds
from planner.limits.rule_windows import DAY, FOREVER, Window
from planner.page.changes import bent_shown, sessions_gone_from
from planner.page.day_items import Viewer, check_parts, otherwise_words
from planner.page.dose import NOTHING, Dose
from planner.page.environment import clock_words, day_words, minutes_words, render
from planner.page.sentences import in_page_words, plain, say
from planner.page.shadows import Shadow, letting_go_on
from planner.page.weeks import answer_of, midnight_of, shadow_words, span_words
from planner.results.plan import Plan, PlanDay, PlannedWorkout
from planner.rulebook.rule import UNITS, Rule
from planner.scheduling.assembly import planned_treatment
from planner.scheduling.task import Task

MOST_RULES, MOST_LOG, MOST_AFTERCARE, MOST_STEPS, MOST_SOURCES, MOST_BEHIND = 11, 8, 8, 5, 14, 2
ROOMY_WEEKS, ROOMY_ROWS = 24, 16
"""As many lines in the weeks, and as many rows for the therapist, stand in the usual type; more are set closer."""


class Handout(NamedTuple):
    """Hold what both sheets are made from; `qr` is empty where no other device reaches the calendar."""

    plan: Plan
    task: Task
    viewer: Viewer
    dose: Dose
    number: str
    """The emergency number where the person lives, empty where it is not known."""
    qr: Markup | str = ""

    @property
    def case(self) -> Case:
        """The case that the plan is for."""
        return self.task.case


def handout_page(handout: Handout, *, patient: bool, therapist: bool, **look: Any) -> str:
    """Return the sheets as HTML: one that stands alone, or (with `back` and `other`) a page of a server."""
    private = handout.viewer.private
    sheet = _patient(handout)
    if therapist and not private:
        sheet |= {"for_therapist": _therapist(handout)}
    frame = {"alone": True, "back": "", "other": "", "other_name": "", **look}
    return render("sheet.html", sheet=sheet, patient=patient, therapist=therapist and not private, **frame)


def _patient(handout: Handout) -> dict[str, Any]:
    plan, viewer, book = handout.plan, handout.viewer, handout.viewer.rulebook
    named = {
        level: [sign.name.lower() for sign in book.signs.values() if sign.level == level]
        for level in ("emergency", "same_day")
    }
    weeks: list[dict[str, Any]] = [
        {"title": span_words(days[0].date, days[-1].date), "days": [_day(day, handout) for day in days]}
        for days in plan.weeks
    ]
    alerts = ((plain("weeks.alert_private"),) if plan.alerts else ()) if viewer.private else _words(plan.alerts)
    after = [] if viewer.private else list(_after_treatments(handout))
    return {
        "title": say("sheet.plan_for", name=plan.case) if plan.case and not viewer.private else say("sheet.plan"),
        "span": f"{plan.from_.day} {plan.from_:%b} \N{EN DASH} {plan.to.day} {plan.to:%b %Y}",
        "answer": answer_of(plan, viewer),
        "private": viewer.private,
        "stop": say("sheet.stop", number=handout.number) if handout.number else say("sheet.stop_anywhere"),
        "emergency": " · ".join(named["emergency"]),
        "same_day": " · ".join(named["same_day"]),
        "alerts": alerts,
        "bent": "" if plan.bent is None or viewer.private else in_page_words(plan.bent.text),
        "weeks": weeks,
        "full": 2 * len(alerts) + 4 * len(after) + sum(_lines(day) for week in weeks for day in week["days"])
        > ROOMY_WEEKS,
        "after": after,
        "qr": handout.qr,
        "printed": f"{viewer.now.day} {viewer.now:%b %Y}",
    }


def _words(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(in_page_words, sentences))


def _day(day: PlanDay, handout: Handout) -> dict[str, Any]:
    viewer, book = handout.viewer, handout.viewer.rulebook
    begins, ends = midnight_of(day.date, viewer), midnight_of(date.fromordinal(day.date.toordinal() + 1), viewer)
    treatments = []
    for treatment in day.treatments if not viewer.private else ():
        what = plain("weeks.treatment", what=treatment.name, region=book.regions[treatment.region].name.lower())
        treatments.append(f"{what}, {treatment.start:%H:%M}" if isinstance(treatment.start, datetime) else what)
    checked = (
        [] if viewer.private else [(workout, workout.conditions) for workout in day.workouts if workout.conditions]
    )
    return {
        "name": f"{day.date:%a} {day.date.day}",
        "treatments": treatments,
        "absent": "" if viewer.private or day.absent is None else day.absent.text,
        "workouts": [_workout(workout, viewer) for workout in day.workouts],
        "gone": [] if viewer.private else list(sessions_gone_from(day.date, handout.plan)),
        "checks": [
            {
                "parts": check_parts(conditions),
                "otherwise": say("sheet.otherwise", what=otherwise_words(workout)),
            }
            for workout, conditions in checked
        ],
        "minds": []
        if viewer.private
        else [
            say("weeks.until", time=f"{shadow.closes:%H:%M}", what=shadow_words(shadow, book))
            for shadow in letting_go_on(viewer.shadows, begins, ends)
            if shadow.closes is not None
        ],
    }


def _lines(day: dict[str, Any]) -> int:
    """Return how many lines a day takes on the sheet, about: what to do stands beside what to mind."""
    does = len(day["treatments"]) + len(day["workouts"]) + len(day["gone"])
    return max(1, does, len(day["minds"]) + 2 * len(day["checks"]))


def _workout(workout: PlannedWorkout, viewer: Viewer) -> str:
    title = plain("weeks.workout") if viewer.private else workout.title
    when = (workout.hint or plain("sheet.any_time")) if workout.all_day else f"{workout.start:%H:%M}"
    text = f"{title}, {when}, {minutes_words(workout.minutes)}"
    if viewer.private:
        return text
    was = (
        plain("sheet.was", title=workout.source.title)
        if workout.source is not None and workout.change is not None
        else ""
    )
    return f"{text} ({workout.intervals}){was}" if workout.intervals else f"{text}{was}"


def _after_treatments(handout: Handout) -> Iterator[dict[str, Any]]:
    """Yield what is out, and to mind, after the last treatments whose rules still hold and the first of the plan.

    What was said after one is not said again after the next.
    """
    plan, task, viewer = handout.plan, handout.task, handout.viewer
    since = max(midnight_of(plan.from_, viewer), viewer.now)
    after = [
        window
        for window in task.limits.everything
        if window.treatment is not None and window.closes > seconds(task.treatments[window.treatment].end)
    ]
    holding = {window.treatment for window in after if window.closes > seconds(since)}
    # Some advice holds for longer than its rule: no bath for a day, where six hours keep the pool away.
    advised = {(window.treatment, window.rule.advice) for window in after if window.closes + DAY > seconds(since)}
    days = {number: treatment.day for number, treatment in enumerate(task.treatments)}
    behind = [number for number, day in days.items() if number in holding and day < plan.from_][-MOST_BEHIND:]
    ahead = [number for number, day in days.items() if plan.from_ <= day <= plan.to]
    read_before: set[str] = set()
    for number in (*behind, *ahead):
        treatment = task.treatments[number]
        steps = [step for step in viewer.shadows if step.treatment is treatment]
        advice = [reason.text for reason in planned_treatment(task, treatment, TreatmentNumber(number)).aftercare]
        if number in behind:
            steps = [step for step in steps if step.closes is None or step.closes > since]
            advice = [text for text in advice if (number, text) in advised]
        if not steps and not advice:
            continue
        shown = [text for text in advice if text not in read_before][:MOST_AFTERCARE]
        read_before.update(shown)
        name = viewer.rulebook.treatments[treatment.kind].name.lower()
        yield {
            "title": say("sheet.after_one", what=name, day=day_words(treatment.day)),
            "steps": [_step(step, viewer) for step in steps[:MOST_STEPS]],
            "advice": shown,
        }
        if number in ahead:
            return


def _step(step: Shadow, viewer: Viewer) -> dict[str, Markup]:
    """Return until when something is out."""
    until = (
        say("sheet.until_cleared") if step.closes is None else say("sheet.until_when", when=f"{step.closes:%a %H:%M}")
    )
    return {"until": until, "what": say("sheet.no", what=shadow_words(step, viewer.rulebook))}


def _therapist(handout: Handout) -> dict[str, Any]:
    plan, case, book = handout.plan, handout.case, handout.viewer.rulebook
    rows = list(_rules(handout))
    injuries = [
        ", ".join([book.regions[injury.region].name.lower(), *([injury.side] if injury.side else []), injury.severity])
        for injury in case.injury
    ]
    sources = dict.fromkeys(source for row in rows for source in row["sources"])
    look = list(_words(plan.alerts)) or [say("sheet.nothing_to_look")]
    log = [_logged(entry, handout) for entry in sorted(case.log, key=lambda entry: entry.date)[-MOST_LOG:]]
    bent = bent_shown(plan)
    return {
        "title": say("sheet.for_therapist", name=plan.case or NOTHING),
        "about": say(
            "sheet.about", day=day_words(handout.viewer.now), caution=plan.caution, injuries="; ".join(injuries)
        ),
        "look": look,
        "rules": rows,
        "bent": bent,
        "log": log,
        "full": len(rows) + len(look) + len(log) + (0 if bent is None else len(bent.lines)) > ROOMY_ROWS,
        "dose": handout.dose,
        "sources": [book.sources[key].title for key in list(sources)[:MOST_SOURCES] if key in book.sources],
        "overrides": ", ".join(f"{key} ({word.by})" for key, word in case.rules.override.items())
        or plain("sheet.none"),
    }


def _rules(handout: Handout) -> Iterator[dict[str, Any]]:
    """Yield the rules that the plan names as reasons, each with when it held and a blank for the therapist's figure."""
    plan, task = handout.plan, handout.task
    named = [reason.rule for workout in plan.workouts for reason in workout.reasons]
    named += [out.rule for day in plan.days for out in day.ruled_out]
    named += [because.rule for unplaced in plan.unplaced for because in unplaced.because]
    begins, ends = midnight_of(plan.from_, handout.viewer), midnight_of(plan.to + timedelta(days=1), handout.viewer)
    touching = task.limits.touching(seconds(begins), seconds(ends))
    for key in [key for key in dict.fromkeys(named) if key in task.rules][:MOST_RULES]:
        rule = task.rules[key]
        windows = [window for window in touching if window.rule.id == key]
        yield {
            "title": rule.title,
            "held": _held(windows, handout),
            "evidence": rule.evidence,
            "figure": _figure(rule),
            "sources": rule.sources,
            "by": "" if rule.by is None else say("sheet.by", by=rule.by),
        }


def _held(windows: Sequence[Window], handout: Handout) -> Markup:
    timed = [window for window in windows if window.treatment is not None or window.entry is not None]
    if not timed:
        return say("sheet.whole_plan")
    first = min(timed, key=lambda window: window.opens)
    tz = handout.viewer.now.tzinfo
    opens = clock_words(datetime.fromtimestamp(first.opens, UTC).astimezone(tz))
    if first.closes >= FOREVER:
        return say("sheet.until_cleared_held", first=opens)
    return say("sheet.to", first=opens, last=clock_words(datetime.fromtimestamp(first.closes, UTC).astimezone(tz)))


def _figure(rule: Rule) -> str:
    """Return the figure of a rule that a clinician would change first."""
    for side, end in (("after", 1), ("before", 0)):
        for unit in UNITS:
            span = getattr(rule, f"{unit}_{side}")
            if span is not None:
                return f"{span[end]:g} {unit[0]}"
    if rule.max_minutes is not None:
        return minutes_words(rule.max_minutes)
    if rule.check is not None and rule.check.pain_at_most is not None:
        return f"{rule.check.pain_at_most}/10"
    return ""


def _logged(entry: LogEntry, handout: Handout) -> tuple[str, ...]:
    book = handout.viewer.rulebook
    done = NOTHING
    if entry.did is not None:
        name = book.workouts[entry.did].name if entry.did in book.workouts else entry.did
        done = name if entry.minutes is None else f"{name}, {entry.minutes}"
    figures = [NOTHING if value is None else str(value) for value in (entry.pain, entry.next_morning, entry.soreness)]
    signs = ", ".join(book.signs[sign].name.lower() for sign in entry.signs if sign in book.signs)
    return (day_words(entry.date), done, *figures, signs or NOTHING)
