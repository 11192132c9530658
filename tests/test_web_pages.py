"""Where it hurts, appointments, booking, moving, rules and wishes in the browser: what is asked, shown and written."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest

from planner import read_case, shipped_rulebook
from planner.case.model import Case
from planner.clock import Minutes
from planner.page.environment import rule_key
from planner.results.offer import Offer
from planner.rulebook.file import rulebook
from planner.scheduling.request import Request
from planner.web.cases.practice import Practice
from planner.web.desk.booking.times_search import Progress
from planner.web.words.hours import NotUnderstoodError, read_times, times_words
from planner.web.words.meaning import meaning_of
from planner.web.words.names import side_in
from planner.web.words.times import read_when
from planner.what_if.booking import Booking, offer
from tests.own_rules import additions
from tests.practices import CASE, NOW, Browser, field, practice_in, words

pytestmark = pytest.mark.once

CLINIC = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//clinic//EN
BEGIN:VEVENT
UID:1@clinic
DTSTAMP:20261101T000000Z
DTSTART:20261201T083000Z
DTEND:20261201T091500Z
SUMMARY:Physiotherapy: dry needling, calf
END:VEVENT
BEGIN:VEVENT
UID:2@clinic
DTSTAMP:20261101T000000Z
DTSTART:20261203T170000Z
DTEND:20261203T180000Z
SUMMARY:Back school
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """Return a browser that looks at Kim's case, whose plan is kept."""
    made = Browser(practice_in(tmp_path))
    made.post("K/keep", page="K/weeks")
    return made


def case_of(browser: Browser) -> Case:
    """Return the case as its file stands."""
    return read_case(browser.case, shipped_rulebook())


def first_link(page: str, ending: str) -> str:
    """Return the first link of a page to a workout's sub-page."""
    found = re.search(rf'href="([^"]*/w/[0-9a-f]+{ending})"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("local", [True, False])
def test_google_is_offered_only_an_address_that_it_may_reach(tmp_path: Path, local: bool) -> None:
    """Google's page is linked where others reach the address, without the address; else the page says what to do."""
    browser = Browser(practice_in(tmp_path, local=local))
    page = browser.get("K/calendar").text
    (link,) = re.findall(r'<a class="button" href="([^"]*)"[^>]*>Google', page)
    assert link == "#google" if local else link.startswith("https://calendar.google.com/") and "feed" not in link
    assert ("Google cannot reach this address" in words(page)) == local


def test_every_region_is_on_the_page_on_the_map_and_in_the_list(browser: Browser) -> None:
    """Each region, on each side, has a button that says it hurts, and a line in the list."""
    page = browser.get("K/where").text
    for key, region in shipped_rulebook().regions.items():
        assert re.search(rf'name="hurts" value="{key}\.', page), key
        assert region.name.replace("'", "&#39;") in page
    assert len(page) < 180_000


def test_a_place_that_is_pointed_at_is_written_with_its_side(browser: Browser) -> None:
    """The button of a place on the right adds an injury on the right; the first one stays as it is written."""
    browser.post("K/where", {"hurts": "achilles.right"})
    one, other = case_of(browser).injury
    assert (one.region, one.side) == ("plantar_fascia", "left")
    assert (other.region, other.side) == ("achilles", "right")
    assert "# the left one" in browser.case.read_text()


def part_in_form(page: str) -> str:
    """Return the part of the body that stands in the form of an appointment."""
    found = re.search(r'id="region" name="region" value="([^"]*)"', page)
    assert found is not None
    return unescape(found[1])


def test_every_region_has_a_button_that_says_it_is_treated(browser: Browser) -> None:
    """On each side, at its place or in the list; and the words that it puts into the form mean that region."""
    sided = re.findall(r'name="treated" value="([^"]*)"', browser.get("K/where").text)
    book = shipped_rulebook()
    assert {value.partition(".")[0] for value in sided} == set(book.regions)
    for value in dict.fromkeys(sided):
        region, _, side = value.partition(".")
        side_said, name = side_in(f"{side} {book.regions[region].name.lower()}")
        assert side == side_said
        assert region in meaning_of(name, book).regions


@pytest.mark.parametrize("value", ["shin.right", "plantar_fascia.left", "whole_body."])
def test_what_is_treated_at_a_place_is_booked_with_region_and_side_filled_in(browser: Browser, value: str) -> None:
    """The place's button leads to the form of an appointment, which says where: kind and time are left to say."""
    region, _, side = value.partition(".")
    form = browser.post("K/where", {"treated": value})
    assert (200, region) == (form.status_code, field(form.text, "where_region"))
    assert 'id="add" tabindex="-1" autofocus' in form.text
    entry = {"kind": "massage", "region": part_in_form(form.text), "where_region": region, "when": "1 Dec 9:00"}
    browser.post("K/appointments", entry)
    treatment = case_of(browser).treatments[-1]
    assert (region, side or None) == (treatment.region, treatment.side)
    assert 1 == len(case_of(browser).injury)


def test_no_kind_of_treatment_is_chosen_until_it_is_said(browser: Browser) -> None:
    """The form begins with none, and without one nothing is written."""
    page = browser.get("K/appointments").text
    assert re.search(r'<select id="kind" name="kind">\s*<option value="" selected>choose a treatment', page)
    answer = browser.post("K/appointments", {"kind": "", "region": "left calf", "when": "1 Dec 9:00"})
    assert (422, 1) == (answer.status_code, len(case_of(browser).treatments))


def test_words_say_what_is_treated_as_a_place_does(browser: Browser) -> None:
    """What is typed goes into the form with its side; words that may mean several regions are asked about there."""
    form = browser.post("K/where", {"words": "calf", "side": "right", "do": "treated"})
    assert ("right calf", 200) == (part_in_form(form.text), form.status_code)
    assert 'id="add" tabindex="-1" autofocus' in form.text
    asked = browser.post("K/appointments", {"kind": "massage", "region": "right shin", "when": "1 Dec 9:00"})
    assert 'name="where_region" value="bone_tibia_front"' in asked.text
    wrong = browser.post("K/where", {"words": "flurb", "side": "right", "do": "treated"})
    assert (422, 1) == (wrong.status_code, len(case_of(browser).treatments))


def test_another_part_than_the_chosen_one_may_still_be_typed(browser: Browser) -> None:
    """The region that a place filled in counts only for as long as its words stand there."""
    entry = {"kind": "massage", "region": "left knee", "where_region": "calf", "when": "1 Dec 9:00"}
    browser.post("K/appointments", entry)
    assert ("knee", "left") == (case_of(browser).treatments[-1].region, case_of(browser).treatments[-1].side)


def test_words_that_mean_several_regions_are_asked_about(browser: Browser) -> None:
    """An ambiguous word adds nothing until it is said which is meant."""
    for name in ("left hip", "left Hüfte"):
        answer = browser.post("K/where", {"words": name, "side": "right"})
        assert "which of these is it?" in words(answer.text)
    assert len(case_of(browser).injury) == 1


@pytest.mark.parametrize(("typed", "region"), [("Wade", "calf"), ("mollet", "calf"), ("rodilla", "knee")])
def test_a_part_is_known_by_its_name_in_other_languages(browser: Browser, typed: str, region: str) -> None:
    """What a clinic's calendar says may be typed as well; the list of suggestions stays what it was."""
    browser.post("K/where", {"words": f"left {typed}", "side": ""})
    assert [injury.region for injury in case_of(browser).injury] == ["plantar_fascia", region]
    assert f'<option value="{typed}">' not in browser.get("K/where").text


def test_words_that_mean_nothing_are_answered_with_what_is_near(browser: Browser) -> None:
    """A mistyped part of the body gets a suggestion."""
    answer = browser.post("K/where", {"words": "achiles", "side": "left"})
    assert answer.status_code == 422
    assert "did you mean" in words(answer.text)


@pytest.mark.parametrize(("day", "status"), [("2026-11-20", 200), ("soon", 422)])
def test_what_has_healed_stays_in_the_case_with_its_day(browser: Browser, day: str, status: int) -> None:
    """Since when, and who says so: the way back follows from it; no day is no answer."""
    answer = browser.post("K/where", {"healed": browser.mark("injury"), "healed_on": day, "by": "Dr Smith"})
    assert answer.status_code == status
    known = read_case(browser.case, shipped_rulebook())
    healed = [(str(one.healed), one.by) for one in (*known.injury, *known.healed) if one.healed]
    assert healed == ([(day, "Dr Smith")] if status == 200 else [])
    assert ("Plantar fascia left healed on Fri 20 Nov" in words(answer.text)) == (status == 200)


def test_what_no_longer_hurts_goes_with_nothing_else(browser: Browser) -> None:
    """Taking out an injury leaves the rest of the file as it was."""
    browser.post("K/where", {"hurts": "calf.left"})
    browser.post("K/where", {"gone": browser.mark("injury", 1)})
    assert len(case_of(browser).injury) == 1
    assert "# booked by telephone" in browser.case.read_text()


def test_an_appointment_is_added_and_taken_out(browser: Browser) -> None:
    """One appointment, as a person types it; taken out, the others stay."""
    browser.post("K/appointments", {"kind": "massage", "region": "calf", "when": "thursday 17:30", "minutes": "30"})
    one, other = case_of(browser).treatments
    assert (other.kind, str(other.start), other.minutes) == ("massage", "2026-11-26 17:30:00", 30)
    assert one.kind == "dry_needling"
    browser.post("K/appointments", {"gone": browser.mark("treatments", 1)})
    assert [entry.kind for entry in case_of(browser).treatments] == ["dry_needling"]


def test_a_series_is_written_as_one_entry(browser: Browser) -> None:
    """Every week so many times: the case repeats it."""
    browser.post("K/appointments", {"kind": "massage", "region": "calf", "when": "fri 9:00", "weeks": "4"})
    assert "count = 4" in browser.case.read_text()
    assert words(browser.get("K/appointments").text).count("one of a series") == 4


def test_a_clinics_file_shows_what_was_understood_and_takes_only_that(browser: Browser) -> None:
    """The needling is understood, the class is passed over; nothing is written until it is taken."""
    before = browser.case.read_text()
    answer = browser.post("K/appointments/file", page="K/appointments", files={"file": ("clinic.ics", CLINIC)})
    assert "1 understood, 1 passed over" in words(answer.text)
    assert "“Back school” A class or a group, not a treatment that is known." in words(answer.text)
    assert "a guess" not in words(answer.text)
    assert browser.case.read_text() == before
    fields = {"kind0": "dry_needling", "region0": "calf", "start0": "2026-12-01T09:30:00", "minutes0": "45"}
    fields |= {"kind1": "", "region1": "calf", "start1": "2026-12-03T18:00:00", "do": "take"}
    browser.post("K/appointments/file", {**fields, "token": field(answer.text, "token")}, page="K/appointments")
    assert [str(entry.start) for entry in case_of(browser).treatments] == ["2026-11-24 09:30:00", "2026-12-01 09:30:00"]


def clinics(*events: tuple[str, str], **more: str) -> str:
    """Return a clinic's file with some events, each a day and a title; `more` is written into all of them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//clinic//EN"]
    for number, (day, title) in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", f"DTSTART:{day}T093000", f"DTEND:{day}T101500", f"SUMMARY:{title}"]
        lines += [*(f"{name}:{value}" for name, value in more.items()), "END:VEVENT"]
    return "\n".join([*lines, "END:VCALENDAR", ""])


def read_file(browser: Browser, content: str) -> str:
    """Return the page that says what was understood of a clinic's file."""
    return browser.post("K/appointments/file", page="K/appointments", files={"file": ("clinic.ics", content)}).text


def test_a_file_of_fifty_appointments_makes_a_light_page_that_says_what_is_left(browser: Browser) -> None:
    """Fifteen events are asked about at once, those that were understood first; the rest is counted, not dropped."""
    days = [f"202612{day:02}" for day in range(1, 26)]
    events = [(day, title) for day in days for title in ("Team meeting", "Dry needling calf")]
    answer = read_file(browser, clinics(*events))
    assert len(answer.encode()) < LIGHT
    assert answer.count("<h3>") == 15
    assert answer.count("“Dry needling calf”") == 15
    assert "“Team meeting”" not in answer
    assert "35 more events are not shown. Take these first, then read the file again." in words(answer)


@pytest.mark.parametrize(("count", "more"), [(20, ""), (21, "One more like these is not shown."), (23, "3 more like")])
def test_what_cannot_be_taken_is_listed_up_to_twenty_lines(browser: Browser, count: int, more: str) -> None:
    """Beyond twenty sentences on cancelled events a line says how many more there are."""
    events = [(f"202612{day:02}", "Dry needling calf") for day in range(1, count + 1)]
    answer = words(read_file(browser, clinics(*events, STATUS="CANCELLED")))
    assert answer.count("cancelled in the file") == min(count, 20)
    assert more in answer
    assert bool(more) == ("like these" in answer)


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("", "It has no title."),
        ("Rückenschulungsgruppe", "A class or a group, not a treatment that is known."),
        ("Physio Dr. Berg", "It says with whom, not which treatment: choose what is done there."),
        ("Krankengymnastik", "It says with whom, not which treatment: choose what is done there."),
        ("Dauerlauf 10 km locker", "It reads as training (Easy run), not as a treatment."),
        ("Team meeting", "Its title names no treatment that is known."),
    ],
)
def test_each_event_that_is_passed_over_says_why(browser: Browser, title: str, why: str) -> None:
    """A class, training, a name without a treatment and a title that says nothing are told apart."""
    page = words(read_file(browser, clinics(("20261201", title))))
    assert "0 understood, 1 passed over" in page
    assert f"“{title}” {why}" in page


def test_an_event_that_nobody_needs_says_why_in_a_line(browser: Browser) -> None:
    """What was cancelled, and what is booked already, is told and cannot be taken."""
    page = read_file(browser, clinics(("20261201", "Massage calf"), STATUS="CANCELLED"))
    assert "Tue 1 Dec, 09:30, “Massage calf”: cancelled in the file." in words(page)
    assert 'name="kind0"' not in page
    page = read_file(browser, clinics(("20261124", "Dry needling calf")))
    assert "Tue 24 Nov, 09:30, “Dry needling calf”: booked here already." in words(page)
    assert 'name="kind0"' not in page


@pytest.mark.parametrize(
    ("day", "line"),
    [
        ("20261110", "One event before Wed 11 Nov 2026 (“Massage calf”): more than two weeks ago."),
        ("20261111", ""),
        ("20270526", ""),
        ("20270527", "One event after Wed 26 May 2027 (“Massage calf”): more than 26 weeks ahead."),
    ],
)
def test_what_lies_too_far_away_is_said(browser: Browser, day: str, line: str) -> None:
    """Two weeks back and 26 ahead are read, a day more is said."""
    page = words(read_file(browser, clinics((day, "Massage calf")))).replace("&#34;", '"')
    assert ("1 understood, 0 passed over" in page) == (not line)
    assert line.replace("“Massage calf”", '"Massage calf"') in page
    assert ("events before" in page or "event before" in page) == ("before" in line)


@pytest.mark.parametrize(
    ("day", "rule", "lines"),
    [
        ("20261001", "FREQ=WEEKLY;COUNT=40", ("One event before Wed 11 Nov 2026", "One event after Wed 26 May 2027")),
        ("20240101", "FREQ=WEEKLY;COUNT=4", ("One event before Wed 11 Nov 2026",)),
        ("20270601", "FREQ=WEEKLY;COUNT=4", ("One event after Wed 26 May 2027",)),
        ("20261201", "FREQ=WEEKLY;COUNT=4", ()),
    ],
)
def test_what_a_series_does_too_far_away_is_said(browser: Browser, day: str, rule: str, lines: tuple[str, ...]) -> None:
    """A series is one event, on each side of the days that are read."""
    page = words(read_file(browser, clinics((day, "Massage calf"), RRULE=rule)))
    every = ("One event before Wed 11 Nov 2026", "One event after Wed 26 May 2027")
    assert tuple(line for line in every if line in page) == lines


@pytest.mark.parametrize(
    ("day", "others", "asked"),
    [
        ("20251201", (), "The file says Mon 1 Dec 2025"),
        ("20251201", ("20261201",), "The file says Mon 1 Dec 2025"),
        ("20251201", ("20260531",), ""),
        ("20251201", ("20260601",), "The file says Mon 1 Dec 2025"),
        ("20271201", (), "The file says Wed 1 Dec 2027"),
        ("20260801", (), ""),
    ],
)
def test_a_year_that_is_evidently_wrong_is_asked_about(
    browser: Browser, day: str, others: tuple[str, ...], asked: str
) -> None:
    """An event that is alone by half a year is asked about; one of a history, or without a day in reach, is not."""
    page = read_file(browser, clinics((day, "Massage calf"), *((other, "Massage calf") for other in others)))
    assert ("Is another year meant?" in words(page)) == bool(asked)
    assert asked in words(page)
    if asked:
        number = (field(page, "asks0") and "0") or "1"
        fields = {name: field(page, name) for name in (f"start{number}", f"minutes{number}", f"asks{number}")}
        chosen = {"do": "take", f"kind{number}": "massage", f"region{number}": "calf", **fields}
        browser.post("K/appointments/file", chosen, page="K/appointments")
        assert len(case_of(browser).treatments) == 1
        browser.post("K/appointments/file", {**chosen, f"year{number}": "yes"}, page="K/appointments")
        assert [str(entry.start) for entry in case_of(browser).treatments[1:]] == ["2026-12-01 09:30:00"]


@pytest.mark.parametrize(
    ("title", "kind", "region", "guess"),
    [
        ("Massage calf", "massage", "calf", ""),
        ("Wadenmassage", "massage", "calf", "from “Wadenmassage” in its title"),
        ("Dry Needling Wade links", "dry_needling", "calf", "from “Wade” in its title"),
        ("Stoßwelle Ferse", "shockwave", "plantar_fascia", "from “Ferse” in its title"),
        ("Massage du dos", "massage", "back", "from “du dos” in its title"),
        ("Massage Ruecken / Rücken", "massage", "back", "from “Rücken” in its title"),
        ("Punción seca, gemelo", "dry_needling", "calf", "from “gemelo” in its title"),
        ("Shockwave heel", "shockwave", "plantar_fascia", "“heel” may mean several parts"),
        ("Massage calf and knee", "massage", "calf", "its title names this as well: Knee"),
        ("Dry needling", "dry_needling", "plantar_fascia", "nothing in its title says where: taken as what hurts"),
    ],
)
def test_a_part_that_is_a_guess_is_taken_once_it_is_confirmed(
    browser: Browser, title: str, kind: str, region: str, guess: str
) -> None:
    """A name of another language or of several parts, and no name at all, are guesses; a part's own name is none."""
    page = read_file(browser, clinics(("20261201", title)))
    assert guess in words(page)
    assert ('name="sure"' in page, field(page, "guess0")) == (bool(guess), region if guess else "")
    assert re.search(rf'<option value="{region}" selected>', page)
    fields = {"do": "take", "kind0": kind, "region0": region}
    fields |= {name: field(page, name) for name in ("start0", "minutes0", "guess0")}
    if guess:
        answer = browser.post("K/appointments/file", fields, page="K/appointments")
        assert answer.status_code == 422
        assert "was a guess" in words(answer.text)
        assert len(case_of(browser).treatments) == 1
        fields["sure"] = "yes"
    browser.post("K/appointments/file", fields, page="K/appointments")
    assert [(entry.kind, entry.region) for entry in case_of(browser).treatments[1:]] == [(kind, region)]


def test_a_part_that_was_chosen_needs_no_confirmation(browser: Browser) -> None:
    """Who changed what was guessed has said it; a part that nothing names must be chosen."""
    event = {"do": "take", "start0": "2026-12-01T09:30:00", "minutes0": "45", "kind0": "massage", "guess0": "calf"}
    assert browser.post("K/appointments/file", {**event, "region0": ""}, page="K/appointments").status_code == 422
    browser.post("K/appointments/file", {**event, "region0": "knee"}, page="K/appointments")
    assert [entry.region for entry in case_of(browser).treatments[1:]] == ["knee"]


def test_the_dose_that_a_title_says_is_kept(browser: Browser) -> None:
    """A deep-tissue massage stays one, unless another treatment is chosen."""
    page = read_file(browser, clinics(("20261201", "Deep tissue massage calf")))
    fields = {"do": "take", "region0": "calf"} | {name: field(page, name) for name in ("start0", "minutes0", "said0")}
    browser.post("K/appointments/file", {**fields, "kind0": "massage"}, page="K/appointments")
    assert case_of(browser).treatments[1].dose == "heavy"
    browser.post(
        "K/appointments/file", {**fields, "kind0": "cupping", "start0": "2026-12-02T09:30:00"}, page="K/appointments"
    )
    assert case_of(browser).treatments[2].kind == "cupping"


def test_events_beyond_what_a_page_shows_are_said(browser: Browser) -> None:
    """Fifteen are shown, one more is counted."""
    many = [(f"202612{number % 28 + 1:02}", "Massage calf") for number in range(16)]
    assert "One more event is not shown." in words(read_file(browser, clinics(*many)))
    assert "not shown" not in words(read_file(browser, clinics(*many[:15])))


WHOLE_DAYS = """\
BEGIN:VEVENT
UID:3@clinic
DTSTAMP:20261101T000000Z
DTSTART;VALUE=DATE:20261204
DTEND;VALUE=DATE:20261206
SUMMARY:Team meeting
END:VEVENT
END:VCALENDAR
"""


def test_an_event_that_is_no_treatment_can_be_kept_free_of_workouts(browser: Browser) -> None:
    """Its hours are busy, whole days are away; what it is called is written nowhere, and once is enough."""
    content = CLINIC.replace("END:VCALENDAR\n", WHOLE_DAYS)
    for _ in range(2):
        answer = browser.post("K/appointments/file", page="K/appointments", files={"file": ("clinic.ics", content)})
        assert 2 == answer.text.count("Keep that time free")
        fields = {"do": "take", "free1": "yes", "free2": "yes"}
        for name in ("start1", "minutes1", "start2", "minutes2"):
            fields[name] = field(answer.text, name)
        browser.post("K/appointments/file", fields, page="K/appointments")
        assert "Thu 3 Dec, 18:00 , 60 minutes" in words(browser.get("K/health").text)
    case = case_of(browser)
    assert [("2026-12-03 18:00:00", 60)] == [(str(entry.start), entry.minutes) for entry in case.busy]
    assert [("2026-12-04", "2026-12-05")] == [(str(entry.from_), str(entry.until)) for entry in case.away]
    assert 1 == len(case.treatments)
    assert "Back school" not in browser.case.read_text()


def test_an_event_that_is_not_ticked_or_that_is_a_treatment_keeps_nothing_free(browser: Browser) -> None:
    """A tick counts for what is no treatment, and only where the event has a length."""
    event = {"start0": "2026-12-03T18:00:00", "minutes0": "60"}
    for tick in ({}, {"free0": "yes", "minutes0": ""}, {"free0": "yes", "minutes0": "0"}):
        browser.post("K/appointments/file", {"do": "take", **event, **tick}, page="K/appointments")
    chosen = {"free0": "yes", "kind0": "massage", "region0": "calf"}
    browser.post("K/appointments/file", {"do": "take", **event, **chosen}, page="K/appointments")
    assert ((), 2) == (case_of(browser).busy, len(case_of(browser).treatments))


@pytest.mark.parametrize("content", [b"no calendar", b"", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\n" * 5000])
def test_a_file_that_is_no_calendar_is_told(browser: Browser, content: bytes) -> None:
    """What cannot be read is said, and nothing is written."""
    answer = browser.post("K/appointments/file", page="K/appointments", files={"file": ("x.ics", content)})
    assert answer.status_code == 422
    assert browser.case.read_text() == CASE


def test_booking_ranks_times_and_puts_one_in(browser: Browser) -> None:
    """The best time is first; putting it in writes the appointment and plans around it."""
    fields = {
        "kind": "dry_needling",
        "region": "calf",
        "first": "2026-11-30",
        "last": "2026-12-04",
        "hours": "mon 9-10, thu 14-15",
    }
    answer = browser.post("K/book", {**fields, "do": "find"})
    put = re.search(r'value="(put [^"]+)"', answer.text)
    assert put is not None
    before = browser.case.read_bytes(), browser.calendar.read_bytes()
    seen = browser.post("K/book", {**fields, "do": put[1].replace("put", "see")})
    assert "The weeks with it on " in words(seen.text)
    assert re.search(r"<h4>.*?Dry needling, calf muscle", seen.text)
    assert (browser.case.read_bytes(), browser.calendar.read_bytes()) == before
    browser.post("K/book", {**fields, "do": put[1]})
    assert len(case_of(browser).treatments) == 2


def test_a_long_search_for_times_shows_how_far_it_is(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page answers before all times were looked at; asked again, without a script, it begins no new search."""
    goes_on, begun = Event(), []

    def slow(request: Request, booking: Booking, **options: Any) -> Offer:
        """Look at two of three times, then wait."""
        begun.append(booking.last)
        options["progress"](2, 3)
        assert goes_on.wait(20)
        return offer(request, booking, **options)

    monkeypatch.setattr("planner.web.desk.booking.book.offer", slow)
    browser.searches.patience = 0.0
    fields = {
        "kind": "dry_needling",
        "region": "calf",
        "first": "2026-11-30",
        "last": "2026-12-01",
        "hours": "mon 9-10",
        "do": "find",
    }
    until = monotonic() + 20
    while "2 of 3 times looked at" not in words(browser.post("K/book", fields).text):
        assert monotonic() < until
    goes_on.set()
    browser.searches.patience = 60.0
    assert 'value="put 2026-11-30' in browser.post("K/book", fields).text
    assert len(begun) == 1


def test_another_search_ends_the_one_before(browser: Browser) -> None:
    """Who asks something else of the same case waits for nothing that nobody wants any more."""
    ended = Event()

    def endless(progress: Progress) -> Offer:
        """Look at times until that is not wanted any more."""
        try:
            while True:
                sleep(0.01)
                progress(0, 0)
        finally:
            ended.set()

    browser.searches.about("key", "first", endless)
    offered = Offer(kind="massage", region="calf", minutes=Minutes(30), from_=date(2026, 11, 25), weeks=1)
    assert browser.searches.about("key", "second", lambda _: offered).wait(20) == offered
    assert ended.wait(20)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("first", "x"),
        ("last", "2026-11-01"),
        ("last", "2027-11-01"),
        ("hours", "never"),
        ("region", "moon"),
        ("hours", "mon 9-9:10"),
    ],
)
def test_booking_says_what_is_wrong(browser: Browser, name: str, value: str) -> None:
    """Each field that cannot be is told."""
    fields = {
        "kind": "dry_needling",
        "region": "calf",
        "first": "2026-11-30",
        "last": "2026-12-04",
        "hours": "mon 9-12",
        "do": "find",
    }
    assert browser.post("K/book", {**fields, name: value}).status_code == 422


def test_a_move_is_previewed_kept_and_taken_back(browser: Browser) -> None:
    """The long run goes to Saturday: shown first, then kept in the calendar, then taken back."""
    before = browser.calendar.read_bytes()
    path = first_link(browser.get("K/weeks").text, "/move")
    shown = browser.post(path, {"start": "other", "when": "thursday 8:15", "do": "show"})
    assert "moved from" in words(shown.text)
    assert browser.calendar.read_bytes() == before
    base = shown.text.split('id="preview"')[1].split('name="base" value="')[1].split('"')[0]
    browser.post(path, {"start": "other", "when": "thursday 8:15", "do": "keep", "base": base})
    assert b"T081500" in browser.calendar.read_bytes()
    assert re.search(r"Kept: [a-z ]+ on Thu 26 Nov, 08:15. It stays there", words(browser.get("K/weeks").text))
    assert "where you put it" in words(browser.get("K/weeks").text)
    browser.post("K/undo", {"change": "2"}, page="K/weeks")
    assert browser.calendar.read_bytes() == before


def test_a_move_that_a_rule_forbids_names_the_rule_and_cannot_be_kept(browser: Browser) -> None:
    """A run within the first day after needling is refused with its rule."""
    browser.post("K/appointments", {"kind": "dry_needling", "region": "calf", "when": "saturday 10:00"})
    page = browser.get("K/weeks").text
    run = next(part for part in page.split('data-workout="')[1:] if "Easy run" in part.split("</div>")[0])
    path = f"K/w/{run[:8]}/move"
    shown = browser.post(path, {"start": "other", "when": "saturday 18:00", "do": "show"})
    assert "It cannot stand there" in words(shown.text)
    assert 'value="keep"' not in shown.text


@pytest.mark.parametrize(("day", "stands"), [("saturday", True), ("friday", False)])
def test_a_session_of_a_coachs_plan_is_moved_or_told_what_would_become_of_it(
    tmp_path: Path,
    day: str,
    stands: bool,
) -> None:
    """One that has the whole day has the whole of another one; where a rule makes less of it, that is said."""
    wishes = "runs = 3                 # as before\nbikes = 2"
    browser = Browser(
        practice_in(tmp_path, {"kim": CASE.replace(wishes, "") + '\n[[workouts]]\ncalendar = "coach.ics"\n'})
    )
    sessions = (("1", ":20261127T070000", "40 min easy run"), ("2", ";VALUE=DATE:20261129", "60 min long run"))
    events = [f"BEGIN:VEVENT\nUID:{uid}\nDTSTART{at}\nSUMMARY:{title}\nEND:VEVENT\n" for uid, at, title in sessions]
    browser.case.with_name("coach.ics").write_text(f"BEGIN:VCALENDAR\n{''.join(events)}END:VCALENDAR\n")
    browser.post("K/keep", page="K/weeks")
    long_run = browser.get("K/weeks").text.split("60 min long run")[0].split("data-workout")[-1]
    key = re.findall(r'="([0-9a-f]{8})"', long_run)[0]
    shown = browser.post(f"K/w/{key}/move", {"start": "other", "when": day, "do": "show"}).text
    preview = shown.split('id="preview"')[1]
    assert ("60 min long run moved from Sun 29 Nov to Sat 28 Nov." in words(preview)) is stands
    assert ("an easy run, 60 → 28 min. No running on consecutive days." in words(preview)) is not stands
    assert ('value="keep"' in preview) is stands
    if stands:
        form = {name: field(preview, name) for name in ("token", "base", "start")}
        assert browser.post_as_is(f"K/w/{key}/move", {**form, "do": "keep"}).status_code == 303
        assert b"DTSTART;VALUE=DATE:20261128" in browser.calendar.read_bytes()


@pytest.mark.parametrize(
    "read",
    [
        "",
        'read = [ # my word\n  { title = "Hills", as = "run_hard" },\n]\n',
        '[[workouts.read]]\ntitle = "Hills"\nas = "run_hard"\n',
    ],
    ids=["none", "list", "tables"],
)
def test_a_title_that_was_not_read_for_sure_is_said_on_the_page(tmp_path: Path, read: str) -> None:
    """One word settles it for every week: it stands in the case file, and the page asks no more."""
    case = CASE.replace("runs = 3                 # as before\nbikes = 2", "")
    browser = Browser(practice_in(tmp_path, {"kim": f'{case}\n[[workouts]]\ncalendar = "coach.ics"\n{read}'}))
    days = (("1", "20261127", "Session II"), ("2", "20261129", "60 min long run"), ("3", "20261204", "Session II"))
    events = [
        f"BEGIN:VEVENT\nUID:{uid}\nDTSTART;VALUE=DATE:{day}\nSUMMARY:{title}\nEND:VEVENT\n" for uid, day, title in days
    ]
    browser.case.with_name("coach.ics").write_text(f"BEGIN:VCALENDAR\n{''.join(events)}END:VCALENDAR\n")
    page = browser.get("K/weeks?from=2026-11-25&weeks=2").text
    (form,) = re.findall(r'<form method="post" action="[^"]*/read".*?</form>', page, re.DOTALL)
    assert "“Session II”" in words(form)
    fields = {name: field(form, name) for name in ("calendar", "title")}
    before = browser.case.read_text()
    for wrong in ({"as": "nothing"}, {"as": "walk", "minutes": "4"}, {"as": "walk", "calendar": "0"}):
        assert browser.post("K/read", {**fields, **wrong}, page="K/weeks").status_code in {409, 422}
    assert browser.case.read_text() == before
    after = browser.post("K/read", {**fields, "as": "walk", "minutes": "25"}, page="K/weeks").text
    assert "Kept: “Session II” is read as “walk” in each week." in words(after)
    assert "Not read for sure" not in words(browser.get("K/weeks?from=2026-11-25&weeks=2").text)
    (entry,) = case_of(browser).workouts
    assert next((word.title, word.as_, word.minutes) for word in entry.read) == ("Session II", "walk", 25)
    assert len(entry.read) == 1 + bool(read)
    assert ("# my word" in browser.case.read_text()) == ("# my word" in read)


def test_the_word_on_a_title_goes_to_the_entry_that_read_it(tmp_path: Path) -> None:
    """Two entries may read one calendar, each its own events: the second one's title is not the first one's matter."""
    case = CASE.replace("runs = 3                 # as before\nbikes = 2", "")
    plans = "".join(f'\n[[workouts]]\ncalendar = "coach.ics"\nmatch = "{match}"\n' for match in ("long run", "Session"))
    browser = Browser(practice_in(tmp_path, {"kim": case + plans}))
    events = [
        f"BEGIN:VEVENT\nUID:{day}\nDTSTART;VALUE=DATE:{day}\nSUMMARY:{title}\nEND:VEVENT\n"
        for day, title in (("20261127", "Session II"), ("20261129", "60 min long run"))
    ]
    browser.case.with_name("coach.ics").write_text(f"BEGIN:VCALENDAR\n{''.join(events)}END:VCALENDAR\n")
    (form,) = re.findall(r'<form method="post" action="[^"]*/read".*?</form>', browser.get("K/weeks").text, re.DOTALL)
    fields = {name: field(form, name) for name in ("calendar", "title")}
    browser.post("K/read", {**fields, "as": "walk"}, page="K/weeks")
    assert [[], ["Session II"]] == [[word.title for word in entry.read] for entry in case_of(browser).workouts]


def test_a_move_over_a_plan_that_changed_meanwhile_is_shown_again(browser: Browser) -> None:
    """Two tabs: what the other one kept is told, and nothing is overwritten."""
    path = first_link(browser.get("K/weeks").text, "/move")
    answer = browser.post(path, {"start": "other", "when": "thursday 8:15", "do": "keep", "base": "0.0"})
    assert "was changed meanwhile" in answer.text


def test_every_workout_says_why_and_every_day_what_rules_it(browser: Browser) -> None:
    """The pages of a workout and of a day name rules, and each rule leads to its own page."""
    page = browser.get(first_link(browser.get("K/weeks").text, "")).text
    assert "Why it stands here" in page
    day = browser.get("K/day/2026-11-25").text
    link = re.search(r'href="(/c/[^"]*/rules/[0-9a-f]{8})"', day)
    assert link is not None
    assert browser.get(link[1]).status_code == 200
    for path in (
        "K/day/2026-01-01",
        "K/day/x",
        "K/w/00000000",
        "K/w/00000000/move",
        "K/w/00000000/log",
        "K/rules/00000000",
    ):
        assert browser.get(path).status_code == 404, path


def test_every_rule_has_a_page_with_its_sources(browser: Browser) -> None:
    """Each rule of the book is read in the browser; search finds everyday words."""
    book = shipped_rulebook()
    listed = browser.get("/rules").text
    assert all(f"/rules/{rule_key(rule)}" in listed for rule in book.rules)
    for rule in list(book.rules)[::9]:
        assert browser.get(f"/rules/{rule_key(rule)}").status_code == 200
    found = browser.post("/rules", {"words": "pool"})
    assert 0 < found.text.count('href="/rules/') < len(book.rules)


def test_a_clinicians_word_is_previewed_kept_and_taken_back(browser: Browser) -> None:
    """Thirty-six hours instead of twenty-four: shown, written with the name, and taken out again."""
    path = f"K/rules/{rule_key('dry_needling.first_day')}"
    fields = {"hours_after": "36", "by": "my physiotherapist"}
    shown = browser.post(path, {**fields, "do": "show"})
    assert "In this plan it would change" in words(shown.text)
    assert browser.case.read_text() == CASE
    # Another figure than the one that was shown is shown first.
    keep = {"do": "keep", "shown": field(shown.text, "shown")}
    other = browser.post(path, {**fields, "hours_after": "48", **keep})
    assert "In this plan it would change" in words(other.text)
    assert browser.case.read_text() == CASE
    told = words(browser.post(path, {**fields, **keep}).text)
    assert "Kept as the word of “my physiotherapist”: First 24 hours: no running" in told
    assert case_of(browser).rules.override["dry_needling.first_day"].by == "my physiotherapist"
    assert browser.case.read_text().startswith(CASE)
    browser.post(path, {"do": "back"})
    assert browser.case.read_text() == CASE


@pytest.mark.parametrize(
    "fields",
    [
        {"hours_after": "36"},
        {"hours_after": "x", "by": "me"},
        {"hours_after": "24", "by": "me"},
        {"hours_after": "-3", "by": "me"},
    ],
)
def test_a_word_without_a_name_or_a_figure_is_not_kept(browser: Browser, fields: dict[str, str]) -> None:
    """Who says so, and what: without both nothing is written."""
    answer = browser.post(f"K/rules/{rule_key('dry_needling.first_day')}", {**fields, "do": "keep"})
    assert answer.status_code == 422
    assert browser.case.read_text() == CASE


def test_a_clinician_may_take_a_rule_away(browser: Browser) -> None:
    """Ticked, the rule holds no longer in this case, whatever its figures say; it is taken back as any word is."""
    rule = "dry_needling.first_day"
    page = f"K/rules/{rule_key(rule)}"
    fields = {"away": "yes", "hours_after": "x", "by": "my physiotherapist"}
    shown = browser.post(page, {**fields, "do": "show"}).text
    assert "In this plan it would change" in words(shown)
    assert case_of(browser).rules.override == {}
    browser.post(page, {**fields, "do": "keep", "shown": field(shown, "shown")})
    assert case_of(browser).rules.override[rule].away
    browser.post(page, {"do": "back"})
    assert case_of(browser).rules.override == {}


def test_a_rule_that_guards_against_harm_has_no_form(browser: Browser) -> None:
    """What nobody may loosen shows one sentence instead."""
    guarded = next(rule for rule in shipped_rulebook().rules.values() if rule.never_loosen)
    text = browser.get(f"K/rules/{rule_key(guarded.id)}").text
    assert "Nobody may loosen this rule here" in text
    assert 'value="keep"' not in text


def test_wishes_change_only_what_differs_and_keep_remarks(browser: Browser) -> None:
    """Two runs instead of three: the line changes, its remark stays, the calendar follows."""
    before = browser.calendar.read_bytes()
    page = browser.get("K/wishes").text
    fields = dict(re.findall(r'<input type="(?:number|text)" id="[a-z_]+" name="([a-z_]+)" value="([^"]*)"', page))
    browser.post("K/wishes", {**fields, "runs": "2", "caution": "standard", "long_run": ""})
    text = browser.case.read_text()
    assert "runs = 2                 # as before" in text
    assert case_of(browser).goals.runs == 2
    assert browser.calendar.read_bytes() != before


ENTRIES: dict[str, tuple[str, dict[str, str], str]] = {
    "illness": ("health", {"kind": "flu", "from": "2026-11-25", "fever_days": "1"}, "Flu , since Wed 25 Nov"),
    "away": (
        "health",
        {"from": "2026-11-27", "until": "2026-11-29", "what": "run", "why": "family"},
        "runs , Fri 27 Nov to Sun 29 Nov (family)",
    ),
    "busy": ("health", {"when": "thu 3 dec 18:00", "minutes": "60"}, "Thu 3 Dec, 18:00 , 60 minutes"),
    "restrictions": (
        "health",
        {"what": "run", "until": "2026-12-04", "most_minutes": "20", "by": "my physiotherapist"},
        "Runs : at most 20 minutes until Fri 4 Dec, as my physiotherapist says",
    ),
    "sessions": (
        "wishes",
        {"workout": "upper_body", "often": "weekly", "when": "friday 18:00", "minutes": "45"},
        "Upper-body strength , every Friday, 18:00, 45 minutes",
    ),
    "races": ("wishes", {"when": "sun 20 dec 10:00", "name": "Winter run", "minutes": "55"}, "Winter run, Sun 20 Dec"),
}


@pytest.mark.parametrize("table", ENTRIES)
def test_what_else_a_case_holds_is_added_shown_and_taken_out(browser: Browser, table: str) -> None:
    """Ill, away, a clinician's word, fixed sessions and races: each by a form of its own, the calendar follows."""
    page, fields, row = ENTRIES[table]
    before = browser.case.read_text()
    form = {"table": table} | {f"{table}_{name}": value for name, value in fields.items()}
    assert browser.post(f"K/{page}", form, follow_redirects=False).headers["location"].endswith("/weeks")
    assert len(getattr(case_of(browser), table)) == 1
    assert before.rstrip() in browser.case.read_text()
    assert row in words(browser.get(f"K/{page}").text)
    browser.post(f"K/{page}", {"table": table, "gone": browser.mark(table)})
    assert getattr(case_of(browser), table) == ()


@pytest.mark.parametrize(
    ("table", "name", "value", "why"),
    [
        ("illness", "kind", "", "say this too"),
        ("illness", "until", "2026-11-01", "lies before from"),
        ("away", "until", "", "say this too"),
        ("away", "until", "2026-11-20", "before 2026-11-27"),
        ("busy", "minutes", "", "say this too"),
        ("busy", "when", "thu 3 dec", "whole days stand in"),
        ("restrictions", "by", "", "say this too"),
        ("restrictions", "what", "", "neither what nor which region"),
        ("restrictions", "region", "calff", "did you mean"),
        ("sessions", "when", "friday", "names a day and no time of day"),
        ("sessions", "minutes", "4", "5"),
        ("races", "when", "someday", "is no time"),
    ],
)
def test_an_entry_that_cannot_be_is_told_at_its_field_and_not_written(
    browser: Browser, table: str, name: str, value: str, why: str
) -> None:
    """What is missing, and what the case file could not hold; what was typed stays in the form."""
    page, fields, _ = ENTRIES[table]
    before = browser.case.read_text()
    form = {"table": table} | {f"{table}_{key}": text for key, text in {**fields, name: value}.items()}
    answer = browser.post(f"K/{page}", form)
    assert answer.status_code == 422
    assert why in words(answer.text).split("not right yet")[1]
    kept = [key for key in fields if key != name][-1]
    assert re.search(rf'name="{table}_{kept}" value="{fields[kept]}"', answer.text)
    assert browser.case.read_text() == before


def test_who_is_ill_says_when_it_is_over_and_the_days_say_what_keeps_one(browser: Browser) -> None:
    """The days of an illness and of an absence say so instead of rest; the last day ends the illness."""
    browser.post("K/health", {"table": "illness", "illness_kind": "cold", "illness_from": "2026-11-25"})
    away = {"away_from": "2026-11-27", "away_until": "2026-11-28", "away_why": "family"}
    browser.post("K/health", {"table": "away", **away})
    text = words(browser.get("K/weeks").text)
    assert "Wed 25 6 12 18 Ill" in text
    assert "Away: family" in text
    assert (
        browser.post("K/health", {"table": "illness", "ended": browser.mark("illness"), "last": "soon"}).status_code
        == 422
    )
    browser.post("K/health", {"table": "illness", "ended": browser.mark("illness"), "last": "2026-11-25"})
    assert str(case_of(browser).illness[0].until) == "2026-11-25"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tuesday 9:30", "2026-12-01T09:30:00"),
        ("wed 9", "2026-11-25T09:00:00"),
        ("24 Nov 09:30", "2026-11-24T09:30:00"),
        ("Nov 24", "2026-11-24"),
        ("2026-12-24 18:00", "2026-12-24T18:00:00"),
        ("2026-12-24T18:00", "2026-12-24T18:00:00"),
        ("tomorrow at 5pm", "2026-11-26T17:00:00"),
        ("today", "2026-11-25"),
        ("3 feb", "2027-02-03"),
        ("7:15", "2026-11-25T07:15:00"),
    ],
)
def test_everyday_times_are_understood(text: str, told: str) -> None:
    """What people type is a moment, or a day."""
    assert read_when(text, NOW.date()).isoformat() == told


@pytest.mark.parametrize("text", ["", "someday", "tuesday 25:00", "31 feb", "2026-13-01", "tuesday soon"])
def test_what_is_no_time_is_not_guessed(text: str) -> None:
    """A text that names no time is answered with one that does."""
    with pytest.raises(NotUnderstoodError):
        read_when(text, NOW.date())


def test_times_of_the_week_are_read_and_written_the_same_way() -> None:
    """What the page shows of a case's times is read back as the same times."""
    times = read_times("mon-fri 7-8:30, wed 18:00-19:30, sat 9-12")
    assert times["wednesday"] == ["07:00-08:30", "18:00-19:30"]
    assert times["sunday"] == []
    assert read_times(times_words(times)) == times
    assert read_times("evenings") == {"default": "17:30-19:30"}


def test_an_appointment_is_moved_in_its_own_entry(browser: Browser) -> None:
    """Another time for the needling: its line changes, its remark stays."""
    fields = {
        "kind": "dry_needling",
        "region": "calf muscle",
        "when": "thursday 14:00",
        "entry": browser.mark("treatments"),
    }
    browser.post("K/appointments", fields)
    assert "[[treatments]]           # booked by telephone" in browser.case.read_text()
    (entry,) = case_of(browser).treatments
    assert str(entry.start) == "2026-11-26 14:00:00"


def test_health_is_written_as_the_case_knows_it(browser: Browser) -> None:
    """A fact that is ticked is written, and taken out again."""
    browser.post("K/health", {"blood_thinners": "yes"})
    assert case_of(browser).health.blood_thinners
    browser.post("K/health", {})
    assert not case_of(browser).health.blood_thinners


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"pregnant": "yes", "pregnant_cleared": "2026-11-20"}, {"pregnant": "2026-11-20"}),
        ({"birth": "2026-10-01", "birth_cleared": "2026-11-20"}, {"birth": "2026-11-20"}),
        ({"surgery": "2026-10-01"}, {"surgery": None}),
    ],
    ids=["a_fact", "an_event", "not_yet"],
)
def test_what_a_clinician_agreed_to_is_said_on_the_page(
    browser: Browser, said: dict[str, str], told: dict[str, str | None]
) -> None:
    """The day from which they agreed is written with the fact, shown again, and stays when another fact is said."""
    ((name, cleared),) = told.items()
    browser.post("K/health", said)
    fact = getattr(case_of(browser).health, name)
    assert str(fact.cleared) == str(cleared)
    page = browser.get("K/health").text
    assert field(page, f"{name}_cleared") == (cleared or "")
    browser.post("K/health", {**said, "diabetes": "yes"})
    assert getattr(case_of(browser).health, name) == fact
    assert case_of(browser).health.diabetes


@pytest.mark.parametrize(
    "said",
    [
        {"pregnant_cleared": "2026-11-20"},
        {"birth": "2026-10-01", "birth_cleared": "2026-09-20"},
        {"heart_disease": "yes", "heart_disease_cleared": "soon"},
    ],
    ids=["nothing_to_agree_to", "before_it_happened", "no_day"],
)
def test_a_word_of_a_clinician_that_cannot_be_is_asked_about(browser: Browser, said: dict[str, str]) -> None:
    """Nothing is written, and the field says what is wrong."""
    before = browser.case.read_text()
    answer = browser.post("K/health", said)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert browser.case.read_text() == before


def test_a_treatment_that_is_past_is_corrected_and_cleared(browser: Browser) -> None:
    """What did not happen is taken out; where a rule waits for a clinician, the page asks from when on."""
    entry = {"kind": "prp_injection", "region": "achilles", "when": "2026-11-20 09:00"}
    browser.post("K/appointments", entry)
    page = browser.get("K/appointments").text
    assert page.count('name="cleared"') == 1
    mark = browser.mark("treatments", 1)
    browser.post("K/appointments", {**entry, "entry": mark, "cleared": "2026-12-10"})
    assert str(case_of(browser).treatments[1].cleared)[:10] == "2026-12-10"
    assert field(browser.get("K/appointments").text, "cleared") == "2026-12-10"
    wrong = browser.post("K/appointments", {**entry, "entry": browser.mark("treatments", 1), "cleared": "soon"})
    assert wrong.status_code == 422
    browser.post("K/appointments", {"gone": browser.mark("treatments", 1)})
    browser.post("K/appointments", {"gone": browser.mark("treatments", 0)})
    assert case_of(browser).treatments == ()


def test_what_is_of_the_whole_body_is_shown_at_every_place(browser: Browser) -> None:
    """The drawing, whose places are its parts, says it at each of them; what has healed it says no more."""
    page = browser.get("K/where").text
    assert re.search(r'<a class="button" href="#p0"[^>]*>The whole body</a>', page)
    question = re.search(r'id="p0".*?</section>', page)
    assert question is not None
    (hurts,) = re.findall(r'name="hurts" value="([^"]*)"', question[0])
    browser.post("K/where", {"hurts": hurts})
    page = browser.get("K/where").text
    assert len(re.findall(r'class="place[^"]*"', page)) == len(re.findall(r'class="place[^"]*hurts', page))
    browser.post("K/where", {"healed": browser.mark("injury", 1), "healed_on": "2026-11-24"})
    page = browser.get("K/where").text
    assert 0 < len(re.findall(r'class="place[^"]*hurts', page)) < 10


def test_a_treated_leg_is_shown_from_the_thigh_to_the_shin(browser: Browser) -> None:
    """A massage of the left leg is no massage of the thigh alone; a place of no part of it stays as it was."""
    browser.case.write_text(CASE.replace('region = "calf"', 'region = "leg"\nside = "left"'))
    page = browser.get("K/where").text
    for place in ("calf", "shin", "front of the thigh", "back of the thigh", "inner thigh"):
        assert f'aria-label="Left {place}, treated"' in page
        assert f'aria-label="Right {place}"' in page
    assert 'aria-label="Left kneecap and knee joint"' in page


def test_where_says_what_was_treated_lately_as_the_drawing_does(browser: Browser) -> None:
    """A treatment of yesterday is on the drawing and in the list; one of last month in neither."""
    page = browser.get("K/where").text
    assert "Calf muscle was treated: dry needling, Tue 24 Nov, 09:30" in words(page)
    assert 'aria-label="Left calf, treated"' in page
    old = browser.case.read_text().replace("2026-11-24T09:30:00", "2026-10-24T09:30:00")
    browser.case.write_text(old)
    page = browser.get("K/where").text
    assert "was treated" not in words(page)
    assert "treated" not in "".join(re.findall(r'aria-label="[^"]*"', page))


def test_a_day_begins_with_its_hours(browser: Browser) -> None:
    """Hour by hour first: the strip, what stands there with its links, and until when what is ruled out."""
    page = browser.get("K/day/2026-11-26").text
    hours = page[page.index("Hour by hour") :]
    assert hours.index('class="strip"') < hours.index("Until 10:00") < hours.index("Each workout on this day")
    assert re.search(r'href="/c/\w+/w/\w+/move">Move', hours)


def test_soreness_is_asked_of_whom_somebody_treats(tmp_path: Path) -> None:
    """Without a treatment there is no treated part, and no scale for it."""
    nobody = CASE[: CASE.index("[[treatments]]")] + CASE[CASE.index("[goals]") :]
    assert "Soreness of the treated part" not in Browser(practice_in(tmp_path / "a", {"kim": nobody})).get("K/log").text
    assert "Soreness of the treated part" in Browser(practice_in(tmp_path / "b")).get("K/log").text


def test_a_private_screen_shows_times_only(browser: Browser) -> None:
    """With one bit in a cookie no page says what is treated, or what a workout is; danger signs stay."""
    browser.post("/private", {"do": "on"}, page="K/weeks")
    text = words(browser.get("K/weeks").text).split("Danger signs")[1].lower()
    assert "next workout:" in text
    assert not any(word in text for word in ("needling", "calf", "easy run", "kim"))
    browser.post("/private", {"do": "off"}, page="K/weeks")
    assert "Easy run" in browser.get("K/weeks").text


@pytest.mark.parametrize("kind", ["w", "day", "move", "rules", "where", "appointments", "book", "health", "therapist"])
def test_a_page_about_health_is_not_shown_on_a_private_screen(browser: Browser, kind: str) -> None:
    """It says that it is hidden and how to see it; nothing of it stands there, and nothing is done."""
    weeks = browser.get("K/weeks").text
    workout = re.search(r'href="(/c/\w+/w/\w+)">Why', weeks)
    rule = re.search(r'href="(/c/\w+/rules/\w+)"', weeks)
    assert workout is not None
    assert rule is not None
    paths = {"w": workout[1], "move": f"{workout[1]}/move", "day": "K/day/2026-11-25", "rules": rule[1]}
    browser.client.cookies.set("planner-private", "1")
    answer = browser.get(paths.get(kind, "K/print/therapist" if kind == "therapist" else f"K/{kind}"))
    assert answer.status_code == 200
    assert "Not on this screen" in answer.text
    assert not re.search("needling|calf|heel|tendon|Easy run|Kim", answer.text.split("Danger signs", 1)[1])


LIGHT, SCRIPT = 100_000, 12 * 1024
"""Bytes of a page without the drawing of the body, and of the script."""


def test_no_page_is_heavy(browser: Browser) -> None:
    """Each page stays under 100 KB without the drawing of the body, and the script under 12 KB."""
    names = ("weeks", "log", "book", "appointments", "where", "wishes", "health", "rules", "signs", "calendar")
    for name in names:
        text = re.sub(r'<svg class="body.*?</svg>', "", browser.get(f"K/{name}").text, flags=re.DOTALL)
        assert len(text.encode()) < LIGHT, name
    assert len(browser.get("/static/page.js").content) < SCRIPT


ROW_WORKOUT = """\
[boat]
name = "Rowing boat"
kind = "boat"
intensity = "easy"
least_intensity = "very_easy"
impact = "none"
length = { fitness = "boat_minutes" }
least_minutes = 15
load_like = "bike_easy"
"""
ROW_KIND = """\
[boat]
goal = "boats"
one = "row on the water"
several = "rows on the water"
usual_minutes = { boat_minutes = 35 }
"""


def test_a_workout_of_a_clinics_own_speaks_for_itself_on_the_page(tmp_path: Path) -> None:
    """Served with additions, its words are asked for in the wishes, planned, shown, logged and searched for."""
    folder = additions(tmp_path, workouts=ROW_WORKOUT, kinds=ROW_KIND)
    practice = practice_in(tmp_path)
    own = Practice(
        practice.folder,
        rulebook(folder),
        practice.secrets,
        practice.feeds,
        practice.reach,
        clock=lambda: NOW,
        rules=folder,
    )
    browser = Browser(own)
    page = browser.get("K/wishes").text
    fields = dict(re.findall(r'<input type="(?:number|text)" id="[a-z_]+" name="([a-z_]+)" value="([^"]*)"', page))
    assert "Rows on the water" in words(browser.get("K/wishes").text)
    browser.post("K/wishes", {**fields, "boats": "2", "bikes": "0", "caution": "standard", "long_run": ""})
    assert read_case(browser.case, own.rulebook).goals.count("boats") == 2
    weeks = words(browser.get("K/weeks").text)
    assert "Rowing boat, 35 min" in weeks
    assert '<option value="boat">Rowing boat</option>' in browser.get("K/log").text
    browser.post("K/log", {"did": "boat", "how": "done", "minutes": "30", "date": "2026-11-24"})
    assert read_case(browser.case, own.rulebook).log[0].did == "boat"
