"""Explain: the one place where rules, treatments and preferences become sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta

from planner.appointments.appointment import Appointment
from planner.case.model import Case
from planner.clock import seconds
from planner.limits.limits import Verdict
from planner.limits.red_flags import Flag
from planner.limits.windows import FOREVER, Window
from planner.results.plan import PlannedWorkout, Reason
from planner.rulebook.model import Preference, ReturnToRunning, Rulebook
from planner.rulebook.rule import Check, Rule
from planner.rulebook.scales import Intensity
from planner.wording.dose import based_on
from planner.wording.english import clock, day_name, listed

LONGEST_IN_HOURS = 96
"""What lasts longer is said in days."""
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


WISHES = {
    "runs": ("run", "runs"),
    "bikes": ("ride", "rides"),
    "upper_body": ("upper-body day", "upper-body days"),
    "swims": ("swim", "swims"),
    "lower_body": ("lower-body day", "lower-body days"),
    "core": ("core session", "core sessions"),
    "mobility": ("mobility session", "mobility sessions"),
    "walks": ("walk", "walks"),
    "long_run": ("long run", "long runs"),
    "hard_runs": ("hard run", "hard runs"),
    "hard_bikes": ("hard ride", "hard rides"),
}
"""What people call one, and several, of each counted goal, and of those that are some of the runs or rides."""


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

    def wish(self, goal: str, count: int) -> Reason:
        """Return as a reason that the person asked for so many of a goal."""
        one, many = WISHES[goal]
        title = f"One of the {count} {many} you asked for" if count > 1 else f"The {one} you asked for"
        return Reason(rule="preferences.fit_in_goals", title=title, text=f"{title}.", evidence="M")

    def until(self, window: Window) -> str:
        """Return when a window lets go (after a treatment) or sets in (before one): `until Wed 10:15`."""
        if window.closes >= FOREVER:
            return "" if window.injury is not None else "until your clinician gives clearance"
        if window.treatment is None:
            return f"until {_end(datetime.fromtimestamp(window.closes, UTC).astimezone(self.case.tz))}"
        treatment = self.treatments[window.treatment]
        before = window.opens < seconds(treatment.start)
        moment = datetime.fromtimestamp(window.opens if before else window.closes, UTC).astimezone(self.case.tz)
        near = abs(moment.date() - treatment.day) < timedelta(days=6)
        if moment.time() == time():
            return f"from {day_name(moment.date())}" if before else f"until {_end(moment)}"
        said = f"{moment:%a %H:%M}" if near else clock(moment)
        return f"{'from' if before else 'until'} {said}"

    def window(self, window: Window) -> str:
        """Return what a rule says, and for how long."""
        return self.titled(window.rule, self.until(window))

    def titled(self, rule: Rule, until: str = "") -> str:
        """Return what a rule says, with what of it is otherwise at the case's caution or by a clinician's word."""
        said = [self._other_hours(rule), until, f"as set by {rule.by}" if rule.by else ""]
        words = ", ".join(part for part in said if part)
        return f"{rule.title} ({words})" if words else rule.title

    def _other_hours(self, rule: Rule) -> str:
        """Return for how long a rule holds where that is not what its title says: `7 days at strict caution`."""
        usual = self.rulebook.rules.get(rule.id, rule)
        changed = [each for side in ("after", "before") if (each := rule.hours(side)) and each != usual.hours(side)]
        if not changed:
            return ""
        return listed([_lasting(*each) for each in changed]) + ("" if rule.by else f" at {self.case.caution} caution")

    def reason(self, window: Window) -> Reason:
        """Return a rule that speaks about a treatment as a reason."""
        if id(window) not in self._reasons:
            rule, said = window.rule, self.window(window)
            reason = Reason(
                rule=rule.id,
                title=said,
                text=f"{self.about(window)}: {said}. {rule.why}",
                evidence=rule.evidence,
                sources=rule.sources,
                treatment=window.treatment,
            )
            self._reasons[id(window)] = (window, reason)
        return self._reasons[id(window)][1]

    def about(self, window: Window) -> str:
        """Return what a window is about: `Dry needling (calf) on Tue 24 Nov`, or the injured region."""
        region = self.rulebook.regions[window.region].name
        if window.entry is not None:
            return f"Your log of {day_name(self.case.log[window.entry].date)}, {window.reading} ({region.lower()})"
        if window.basis is not None:
            return based_on(window.basis)
        if window.treatment is None:
            return _capital(region)
        treatment = self.treatments[window.treatment]
        return f"{_capital(self.treatment(treatment))} on {day_name(treatment.day)}"

    def standing(self, rule: Rule | ReturnToRunning) -> Reason:
        """Return a rule that speaks about no treatment as a reason."""
        key, title = ("return_to_running", RETURNING) if isinstance(rule, ReturnToRunning) else (rule.id, rule.title)
        return Reason(
            rule=key,
            title=title,
            text=f"{title}. {rule.why}",
            evidence=rule.evidence,
            sources=rule.sources,
        )

    def danger(self, flag: Flag) -> Reason:
        """Return a danger sign as a reason: until a clinician was asked, nothing is planned."""
        title = f"Not until a clinician was asked: your log of {day_name(flag.day)} says {flag.sign.name.lower()}"
        return Reason(
            rule="red_flags",
            title=title,
            text=f"{title}. {flag.sign.advice}",
            evidence=flag.sign.evidence,
            sources=flag.sign.sources,
        )

    def preference(self, name: str) -> Reason:
        """Return a preference as a reason."""
        preference: Preference = self.rulebook.preferences[name]
        return Reason(
            rule=f"preferences.{name}",
            title=preference.sentence.rstrip("."),
            text=f"{preference.sentence} {preference.why}",
            evidence="M",
        )

    def verdict(self, verdict: Verdict) -> list[Reason]:
        """Return what the rules say about a workout at a time, the binding ones first."""
        binding = [*verdict.ruled_out_by, *verdict.limited_by, *verdict.checks]
        others = [*verdict.recommended_by, *verdict.advised_against_by, *verdict.windows]
        return [self.reason(window) for window in unique((*binding, *others))]


def _lasting(*hours: float) -> str:
    """Return a window in hours, the nearer end first, as a person says it: `36 hours`, `12 to 72 hours`, `7 days`."""
    first, last = sorted(hours)
    unit, each = ("days", 24) if last > LONGEST_IN_HOURS and not (first % 24 or last % 24) else ("hours", 1)
    return f"{last / each:g} {unit}" if first == 0 else f"{first / each:g} to {last / each:g} {unit}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def unique(windows: Iterable[Window]) -> list[Window]:
    """Return windows without repeats of one rule about one treatment."""
    return list({(one.rule.id, one.treatment, one.injury, one.entry): one for one in windows}.values())


def check_sentence(checks: Iterable[Check]) -> str | None:
    """Return the go/no-go check as a phrase, the strictest of each condition: `soreness 3 or less and no limp`."""
    listed_checks = list(checks)
    soreness = [check.soreness_at_most for check in listed_checks if check.soreness_at_most is not None]
    pain = [check.pain_at_most for check in listed_checks if check.pain_at_most is not None]
    parts = []
    if soreness:
        parts.append(f"soreness {min(soreness)} or less")
    if pain:
        parts.append(f"pain {min(pain)} or less")
    if parts:
        parts[-1] += " (of 10)"
    for field, words in CHECK_WORDS.items():
        if any(getattr(check, field) for check in listed_checks):
            parts.append(words)
    return listed(parts) or None


CHECK_WORDS = {
    "no_limp": "no limp",
    "morning_at_baseline": "pain and stiffness this morning no worse than usual",
    "no_chest_symptom": "no chest pain, breathlessness or dry cough",
    "no_swelling": "no swelling",
}


def instead(workout: PlannedWorkout) -> str:
    """Return what to do where the check before a workout fails: `easy bike ride`, `rest`."""
    if workout.check is not None and CHECK_WORDS["no_chest_symptom"] in workout.check:
        return "do not train, and get medical help at once"
    if workout.workout == "race":
        return "do not start"
    other = workout.otherwise_title or "rest"
    return f"{other[:1].lower()}{other[1:]}"


NOTICE = (
    "Planning help, not medical advice: your clinician's word comes before every rule here, and danger signs such as "
    "chest pain, fever or a swollen calf come before everything."
)
