"""Rules in words: the one place where rules, treatments and preferences become sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta

from planner.appointments.appointment import Appointment
from planner.case.model import Case
from planner.clock import seconds
from planner.limits.red_flags import URGENT
from planner.limits.rule_windows import FOREVER, HealthReading, Window
from planner.limits.verdicts import Verdict
from planner.results.plan import PlannedWorkout, Reason
from planner.revision.pinned import Pinned
from planner.rulebook.figures import hours_span
from planner.rulebook.model import Preference, ReturnToRunning, Rulebook
from planner.rulebook.rule import Rule
from planner.rulebook.scales import Caution, Intensity
from planner.wording.english import clock, day_name, listed, small
from planner.wording.rules.dose import based_on
from planner.wording.rules.readings import reading_phrase

LEVELS: dict[Caution, str] = {
    "permissive": "You chose permissive caution: less than what the sources ask of most people, by our own judgement.",
    "strict": "You chose strict caution: more than what the sources ask of most people, by our own judgement.",
    "standard": "",
}
"""The reason for figures of a level about which the rule's own reason does not speak."""
EFFORT: dict[Intensity, str] = {
    "very_easy": "very easy",
    "easy": "easy",
    "moderate": "moderate",
    "hard": "hard",
}


def _end(moment: datetime) -> str:
    """Return a local moment at which something ends; midnight is the end of the day before."""
    if moment.time() == time():
        return f"the end of {day_name(moment.date() - timedelta(days=1))}"
    return clock(moment)


def goal_words(goal: str, rulebook: Rulebook) -> tuple[str, str]:
    """Return what people call one, and several, of a counted goal, or of one that is some of the runs or rides."""
    if goal == "long_run":
        return "long run", "long runs"
    asked_as = rulebook.workouts[rulebook.special_goals[goal]].asked_as if goal in rulebook.special_goals else None
    if asked_as is not None:
        return asked_as.one, asked_as.several
    whole = goal.removeprefix("hard_")
    kind = rulebook.described_kinds[rulebook.goals[whole]]
    hard = "" if whole == goal else "hard "
    return f"{hard}{kind.one}", f"{hard}{kind.several}"


RETURNING = "On the way back to running all runs are run-and-walk sessions, at the stage that you have reached"


class Explainer:
    """Make sentences about one case: it knows the names, the treatments and the local time."""

    def __init__(self, rulebook: Rulebook, case: Case, treatments: Sequence[Appointment]) -> None:
        self.rulebook = rulebook
        self.case = case
        self.treatments = treatments
        self._reasons: dict[int, tuple[Window, Reason]] = {}
        """What was said of windows, by their identity; each is kept with it, so that no other takes its place."""

    def treatment(self, treatment: Appointment) -> str:
        """Return a treatment as a person says it: `dry needling (calf)`."""
        kind, region = (
            self.rulebook.treatments[treatment.kind].name,
            self.rulebook.regions[treatment.region].name,
        )
        return f"{kind[:1].lower()}{kind[1:]} ({region[:1].lower()}{region[1:]})"

    def wish_reason(self, goal: str, count: int) -> Reason:
        """Return as a reason that the person asked for so many of a goal."""
        single, many = goal_words(goal, self.rulebook)
        title = f"One of the {count} {many} you asked for" if count > 1 else f"The {single} you asked for"
        return Reason(rule="preferences.fit_in_goals", title=title, text=f"{title}.", evidence="M")

    def until(self, window: Window) -> str:
        """Return when a window lets go (after a treatment) or sets in (before one): `until Wed 10:15`."""
        if window.closes >= FOREVER:
            return "until your clinician gives clearance" if window.rule.until_cleared else ""
        if window.treatment is None:
            return f"until {_end(datetime.fromtimestamp(window.closes, UTC).astimezone(self.case.tz))}"
        treatment = self.treatments[window.treatment]
        before = window.opens < seconds(treatment.start)
        moment = datetime.fromtimestamp(window.opens if before else window.closes, UTC).astimezone(self.case.tz)
        near = abs(moment.date() - treatment.day) < timedelta(days=6)
        if moment.time() == time():
            return f"from {day_name(moment.date())}" if before else f"until {_end(moment)}"
        time_words = f"{moment:%a %H:%M}" if near else clock(moment)
        return f"{'from' if before else 'until'} {time_words}"

    def window(self, window: Window) -> str:
        """Return what a rule says, and for how long."""
        return self.titled(window.rule, self.until(window))

    def clearing(self, window: Window) -> str:
        """Return what to write once a clinician gave the clearance that a window waits for; empty where it does not."""
        reading = window.reading
        if reading is None or window.closes < FOREVER or not window.rule.until_cleared:
            return ""
        if reading.kind == "illness":
            return "; then write cleared = DATE in the [[illness]]"
        fact = next((fact for fact in self.case.health.facts if fact == reading.name), None)
        return "" if fact is None else f"; then write {self.case.health.clearing(fact)} under [health]"

    def titled(self, rule: Rule, until: str = "") -> str:
        """Return what a rule says, with what of it is otherwise at the case's caution or by a clinician's word."""
        whose = f"as set by {rule.by}" if rule.by else "" if rule.level == "standard" else f"at {rule.level} caution"
        words = ", ".join(part for part in (self._other_hours(rule), until, whose) if part)
        return f"{rule.title} ({words})" if words else rule.title

    def why(self, rule: Rule) -> str:
        """Return the reason for a rule's figures: its own, or whose they are where they are not its own."""
        if rule.by:
            return f"These are the figures of {rule.by}, and come before the rule's own."
        return rule.why or LEVELS[rule.level]

    def _other_hours(self, rule: Rule) -> str:
        """Return for how long a rule holds where its title names no window, and it is not the usual one: `7 days`."""
        usual = self.rulebook.rules.get(rule.id, rule)
        if rule.names_its_window():
            return ""
        changed = [hours for side in ("after", "before") if (hours := rule.hours(side)) and hours != usual.hours(side)]
        if not changed:
            return ""
        return listed([hours_span(first, last) for first, last in changed])

    def window_reason(self, window: Window) -> Reason:
        """Return a rule that speaks about a treatment as a reason."""
        if id(window) not in self._reasons:
            rule, words = window.rule, self.window(window)
            reason = Reason(
                rule=rule.id,
                title=words,
                text=f"{self.about(window)}: {words}. {self.why(rule)}",
                evidence=rule.evidence,
                sources=rule.sources,
                treatment=window.treatment,
                about=self.about(window),
                why=self.why(rule),
                standing=window.injury is not None,
                safety=rule.never_loosen,
                clearing=self.clearing(window),
            )
            self._reasons[id(window)] = (window, reason)
        return self._reasons[id(window)][1]

    def about(self, window: Window) -> str:
        """Return what a window is about: `Dry needling (calf) on Tue 24 Nov`, or the injured region."""
        region = self.rulebook.regions[window.region].name
        if window.entry is not None:
            subject = f"Your log of {day_name(self.case.log[window.entry].date)}"
            felt = region.lower()
            if window.rule.applies_to.what_hurt and (did := self.case.log[window.entry].did) is not None:
                felt = f"{small(self.rulebook.workouts[did].name)}, {felt}"
            # A sign that closes the plan is named by its rule, and is about the whole person.
            return subject if window.rule.id == URGENT else f"{subject}, {reading_phrase(window.reading)} ({felt})"
        if window.reading is not None:
            return self.health(window.reading)
        if window.treatment is None:
            return _capital(region) if window.basis is None else based_on(window.basis)
        treatment = self.treatments[window.treatment]
        return f"{_capital(self.treatment(treatment))} on {day_name(treatment.day)}"

    def health(self, reading: HealthReading) -> str:
        """Return what of a person's health a window is about: `What you say of your health`, `Your cold since …`."""
        if reading.kind != "illness":
            return f"What [health] says ({reading.name.replace('_', ' ')})"
        illness = self.case.illness[reading.figure]
        until = "" if illness.until is None else f" to {day_name(illness.until)}"
        return f"{self.rulebook.illnesses[illness.kind].name} from {day_name(illness.from_)}{until}"

    def standing_reason(self, rule: Rule | ReturnToRunning) -> Reason:
        """Return a rule that speaks about no treatment as a reason."""
        if isinstance(rule, ReturnToRunning):
            key, title, why = "return_to_running", RETURNING, rule.why
        else:
            key, title, why = rule.id, self.titled(rule), self.why(rule)
        return Reason(
            rule=key,
            title=title,
            text=f"{title}. {why}",
            evidence=rule.evidence,
            sources=rule.sources,
            why=why,
        )

    def put_reason(self, pinned: Pinned | None, workout: str) -> Reason:
        """Return as a reason that a workout was put at its time: a fixed session, by hand, or by a question."""
        if pinned is not None and pinned.session and pinned.workout != workout:
            session = self.rulebook.workouts[pinned.workout].name.lower()
            title = f"In place of your {session}, which the rules forbid then"
            return Reason(rule="sessions", title=title, text=f"{title}.", evidence="M")
        if pinned is not None and pinned.session:
            return Reason(
                rule="sessions", title="Your fixed session", text="It is a fixed session of yours.", evidence="M"
            )
        by_hand = pinned is not None and bool(pinned.uid)
        title = "You moved it here" if by_hand else "You asked what if it stood here"
        return Reason(rule="by_hand", title=title, text=f"{title}.", evidence="M")

    def starts_when_a_rule_lets_go(self, start: datetime, window: Window) -> Reason:
        """Return as a reason that a workout starts at the moment at which a rule lets go."""
        reason = self.window_reason(window)
        title = f"Starts at {start:%H:%M}, when a rule lets go: {reason.title}"
        return reason.model_copy(update={"title": title, "text": f"{title}. {self.why(window.rule)}"})

    def starts_when_free(self, start: datetime) -> Reason:
        """Return as a reason that a workout starts when the calendar leaves time again."""
        return _own_words("busy", f"Starts at {start:%H:%M}, when your calendar leaves time again")

    def preference_reason(self, name: str) -> Reason:
        """Return a preference as a reason."""
        preference: Preference = self.rulebook.preferences[name]
        return Reason(
            rule=f"preferences.{name}",
            title=preference.sentence.rstrip("."),
            text=f"{preference.sentence} {preference.why}",
            evidence="M",
        )

    def verdict_reasons(self, verdict: Verdict) -> list[Reason]:
        """Return what the rules say about a workout at a time, the binding ones first."""
        binding = [*verdict.ruled_out_by, *verdict.limited_by, *verdict.checks]
        others = [*verdict.recommended_by, *verdict.advised_against_by, *verdict.windows]
        return [self.window_reason(window) for window in unique((*binding, *others))]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def unique(windows: Iterable[Window]) -> list[Window]:
    """Return windows without repeats of one rule about one treatment."""
    return list({window.known_by: window for window in windows}.values())


def _own_words(rule: str, title: str) -> Reason:
    """Return a reason that needs no other: what the person's case or calendar says."""
    return Reason(rule=rule, title=title, text=f"{title}.", evidence="M")


def main_reason(workout: PlannedWorkout) -> Reason | None:
    """Return the reason that says most about a workout: of a run how it comes back, then for what it was asked."""
    if workout.kind != "run":
        return next(iter(workout.reasons), None)
    return min(workout.reasons, key=_telling, default=None)


TELLING = (
    "restriction.",
    "return_to_running",
    "training.",
    "preferences.long_run_day",
    "preferences.race",
    "preferences.",
)
"""The rules whose reasons tell most about a run, by the beginnings of their ids; its check stands there already."""


def _telling(reason: Reason) -> int:
    return next((number for number, kind in enumerate(TELLING) if reason.rule.startswith(kind)), len(TELLING))


def _asks_about_the_chest(workout: PlannedWorkout) -> bool:
    return workout.conditions is not None and workout.conditions.no_chest_symptom


def may_be_replaced(workout: PlannedWorkout) -> bool:
    """Whether something else may be done where the check before a workout fails: not in place of a race."""
    return workout.workout != "race" and not _asks_about_the_chest(workout)


def instead(workout: PlannedWorkout) -> str:
    """Return what to do where the check before a workout fails: `easy bike ride`, `rest`."""
    if _asks_about_the_chest(workout):
        return "do not train, and get medical help at once"
    if workout.workout == "race":
        return "do not start"
    other = workout.otherwise_title or "rest"
    return f"{other[:1].lower()}{other[1:]}"


NOTICE = (
    "Planning help, not medical advice: your clinician's word comes before the rules here, save the few that nobody "
    "may loosen: danger signs such as chest pain, fever or a swollen calf; an uncleared bone; the first hours after "
    "needling; needling near the lung, or on blood thinners; and the clearance after platelets."
)
