"""A plan that lives for weeks: whatever happens to it, its calendar file keeps its promises."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from planner.rulebook.file import shipped_rulebook
from tests.cases import case_of, examples, needled
from tests.checker import Checker
from tests.checker_files import file_problems
from tests.ics_rules import problems
from tests.living import DATA, Living, by_uid, on, starts, texts

pytestmark = pytest.mark.once

KINDS = ("dry_needling", "massage", "shockwave")
REGIONS = ("calf", "hamstring", "shoulder")


class LivingPlan(RuleBasedStateMachine):
    """Book, move and cancel treatments, change wishes, edit by hand, let days pass; after each, plan again."""

    def __init__(self) -> None:
        super().__init__()
        self.living = Living()
        self.before = b""
        self.workouts: dict[str, str] = {}
        """Which workout each UID ever was."""

    @initialize(weeks=st.integers(1, 3))
    def begin(self, weeks: int) -> None:
        """Plan for the first time."""
        self.weeks = weeks
        self.plan()

    def plan(self, **data: Any) -> None:
        """Plan again with some keys of the case changed."""
        self.before = self.living.file
        self.living.again(weeks=self.weeks, **data)

    @property
    def treatments(self) -> list[dict[str, Any]]:
        """The appointments of the case."""
        return [dict(one) for one in self.living.data["treatments"]]

    @rule(
        kind=st.sampled_from(KINDS),
        region=st.sampled_from(REGIONS),
        days=st.integers(0, 16),
        hour=st.sampled_from([7, 9, 12, 18]),
    )
    def book(self, kind: str, region: str, days: int, hour: int) -> None:
        """Add an appointment."""
        start = self.living.now.replace(hour=hour, minute=0, tzinfo=None) + timedelta(days=days)
        self.plan(treatments=[*self.treatments, {**needled(start, region), "kind": kind}])

    @precondition(lambda self: self.treatments)
    @rule(which=st.integers(0, 5), days=st.integers(-2, 3), hours=st.sampled_from([-3, 0, 2]))
    def move(self, which: int, days: int, hours: int) -> None:
        """Move an appointment."""
        found = self.treatments
        found[which % len(found)]["start"] += timedelta(days=days, hours=hours)
        self.plan(treatments=found)

    @precondition(lambda self: self.treatments)
    @rule(which=st.integers(0, 5))
    def cancel(self, which: int) -> None:
        """Cancel an appointment."""
        found = self.treatments
        del found[which % len(found)]
        self.plan(treatments=found)

    @rule(goal=st.sampled_from(["runs", "bikes", "upper_body", "swims"]), count=st.integers(1, 4))
    def wish(self, goal: str, count: int) -> None:
        """Ask for more or less of something."""
        self.plan(goals={**self.living.data["goals"], goal: count})

    @rule(
        day=st.sampled_from(["tuesday", "thursday", "sunday"]),
        window=st.sampled_from([[], "06:00-07:00", "17:00-20:00"]),
    )
    def another_time(self, day: str, window: Any) -> None:
        """Have time at another hour, or none."""
        self.plan(availability={**self.living.data["availability"], day: window})

    @rule(hours=st.sampled_from([1, 5, 24, 49, 120]))
    def time_passes(self, hours: int) -> None:
        """Let only time pass: nothing on the calendar moves, goes or reads otherwise.

        What a person moved behind the last planned day was not looked at there: it may read otherwise once it is.
        """
        assert self.living.plan is not None
        last = self.living.plan.to
        self.living.pass_time(hours=hours)
        self.plan()
        changes = self.living.plan.changes
        changed = [one for one in changes.changed if one.to is None or one.to.date() <= last]
        assert (changes.moved, changed, changes.cancelled) == ((), [], ())

    @rule()
    def nothing_happens(self) -> None:
        """Plan twice in a row: the bytes are the same."""
        self.plan()
        assert self.before == self.living.file

    @rule(which=st.integers(0, 20), hours=st.sampled_from([-2, 3, 10, 24]))
    def edit_by_hand(self, which: int, hours: int) -> None:
        """Drag a workout to another time, in the file itself."""
        future = [
            uid
            for uid, event in by_uid(self.living.file).items()
            if event.value("X-PLANNER-WORKOUT")
            and event.value("STATUS") == "CONFIRMED"
            and starts(event) > self.living.now
        ]
        if not future:
            return
        uid = future[which % len(future)]
        old = texts(self.living.file)[uid]
        new = old
        for name in (b"DTSTART", b"DTEND"):
            line = next(one for one in old.split(b"\r\n") if one.startswith(name))
            stamp = line.rpartition(b":")[2].decode()
            if stamp.endswith("Z"):
                return
            moved = on(0).strptime(stamp, "%Y%m%dT%H%M%S") + timedelta(hours=hours)
            new = new.replace(line, line.rpartition(b":")[0] + f":{moved:%Y%m%dT%H%M%S}".encode())
        self.living.file = self.living.file.replace(old, new)
        self.plan()

    def teardown(self) -> None:
        """Check that every client reads what has become of the file."""
        assert problems(self.living.file) == []

    @invariant()
    def identities_last(self) -> None:
        """Check that no event vanishes, no UID becomes another workout, no SEQUENCE falls, and what changes says so."""
        old, new = by_uid(self.before), by_uid(self.living.file)
        old_texts, new_texts = texts(self.before), texts(self.living.file)
        assert set(old) <= set(new)
        for uid, event in new.items():
            what = event.value("X-PLANNER-WORKOUT") or (event.value("X-PLANNER-TREATMENT") or "note")[:15]
            assert self.workouts.setdefault(uid, what) == what
            if uid not in old:
                assert event.value("SEQUENCE") == "0"
                continue
            if new_texts[uid] == old_texts[uid]:
                continue
            assert int(event.text("SEQUENCE")) == int(old[uid].text("SEQUENCE")) + 1
            assert event.text("DTSTAMP") > old[uid].text("DTSTAMP")
            assert event.value("CREATED") == old[uid].value("CREATED")
            assert starts(old[uid]) > self.living.now, "the past was touched"
            cancelled = event.value("STATUS") == "CANCELLED"
            assert event.text("SUMMARY").startswith("Cancelled: ") == cancelled

    @invariant()
    def the_file_shows_the_plan(self) -> None:
        """Check that what is planned from now on stands in the file, and nothing else of ours on those days."""
        plan = self.living.plan
        if plan is None:
            return
        now = self.living.now
        assert file_problems(self.living.file, plan.model_dump_json(by_alias=True), now) == []
        expected = {one.uid for one in plan.workouts if one.start > now}
        changes = plan.changes
        if self.before:
            told = [one.uid for one in (*changes.added, *changes.moved, *changes.changed, *changes.unchanged)]
            assert sorted(told) == sorted(expected)

    @invariant()
    def rules_hold(self) -> None:
        """Check that no workout to come breaks a rule, by the checker that knows nothing of the engine."""
        plan = self.living.plan
        if plan is None:
            return
        to_come = tuple(
            day.model_copy(update={"workouts": tuple(one for one in day.workouts if one.start > self.living.now)})
            for day in plan.days
        )
        case = case_of(**self.living.data)
        checker = Checker(case, shipped_rulebook(), plan.model_copy(update={"days": to_come}))
        for check in (checker.rule_windows, checker.single_runs, checker.days_with_several):
            assert list(check()) == []
        runs = sorted(
            starts(event).astimezone(on(0).tzinfo).date()
            for event in by_uid(self.living.file).values()
            if (event.value("X-PLANNER-WORKOUT") or "").startswith("run") and event.value("STATUS") == "CONFIRMED"
        )
        # A moderately sore tendon does not run on two days in a row.
        for one, other in pairwise(runs):
            assert (other - one).days >= 2 or other <= self.living.now.date()


TestLivingPlan = LivingPlan.TestCase
TestLivingPlan.settings = settings(examples(12), stateful_step_count=12)


def test_the_case_of_the_machine_is_the_article_s() -> None:
    """It begins with something to move."""
    assert len(DATA["treatments"]) == 1
