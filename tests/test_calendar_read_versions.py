"""Several events of one UID: which of them holds, what cancels what, and what changes nothing."""

from __future__ import annotations

import pytest

from tests.ics_files import HEAD, calendar, event, read, times, whys

TUESDAY = "DTSTART:20261124T143000Z\nDTEND:20261124T151500Z"
NEXT_WEEK = "DTSTART:20261201T143000Z\nDTEND:20261201T151500Z"
WRITTEN = "DTSTAMP:20261101T080000Z"
LATER = "DTSTAMP:20261110T080000Z"
BOOKED = f"SUMMARY:Needling\n{TUESDAY}\n{WRITTEN}"
WEEKLY = f"{BOOKED}\nRRULE:FREQ=WEEKLY;COUNT=3"
CANCELS = HEAD + "METHOD:CANCEL\n"


def held(*calendars: bytes) -> list[str]:
    """Return when what is not cancelled takes place; the order of the calendars in the file does not matter."""
    found = [read(b"".join(files)) for files in (calendars, calendars[::-1])]
    days = [[f"{one.start:%m-%d}" for one in reading.events if one.status != "CANCELLED"] for reading in found]
    assert days[0] == days[1]
    return days[0]


def test_two_events_of_one_uid_of_which_none_is_newer_are_both_kept() -> None:
    """A program that calls all its events alike loses no appointment, and it is said."""
    shockwave = f"SUMMARY:Shockwave\n{NEXT_WEEK}\n{WRITTEN}"
    reading = read(calendar(event(BOOKED), event(shockwave)))
    assert ["11-24 09:30-10:15", "12-01 09:30-10:15"] == times(reading)
    why = "10: has the UID of the event in line 4, and nothing says which of them is newer: all count"
    assert [why.replace("10", "11")] == whys(reading)


def test_a_series_and_an_event_of_its_uid_are_both_kept() -> None:
    """Each with its own occurrences."""
    reading = read(calendar(event(WEEKLY), event(f"SUMMARY:Other\nDTSTART:20261126T143000Z\n{WRITTEN}")))
    assert ["11-24", "11-26", "12-01", "12-08"] == [f"{one.start:%m-%d}" for one in reading.events]


def test_an_event_that_stands_there_twice_counts_once() -> None:
    """It is the same to the letter, or only its alarms differ."""
    reading = read(calendar(event(BOOKED), event(BOOKED)))
    assert (["11-24 09:30-10:15"], ["11: stands in the file more than once: counts once"]) == (
        times(reading),
        whys(reading),
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (f"{TUESDAY}\nSEQUENCE:1\n{LATER}", []),
        (f"SEQUENCE:1\n{LATER}", []),
        (LATER, []),
        ("SUMMARY:Needling", []),
        (f"{NEXT_WEEK}\nSEQUENCE:1\n{LATER}", []),
        (NEXT_WEEK, []),
        ("DTSTAMP:20261031T080000Z", ["11-24"]),
        (f"SEQUENCE:0\n{LATER}\nRECURRENCE-ID:20261201T143000Z", ["11-24"]),
    ],
    ids=[
        "whole",
        "no start",
        "no sequence",
        "nothing at all",
        "another day",
        "another day and no stamp",
        "older",
        "another occurrence",
    ],
)
def test_a_cancellation_needs_little_to_be_one(lines: str, expected: list[str]) -> None:
    """RFC 5546, 3.2.5: DTSTART may be absent, and programs leave out SEQUENCE too."""
    assert expected == held(calendar(event(BOOKED)), calendar(event(lines), head=CANCELS))


@pytest.mark.parametrize("lines", ["RECURRENCE-ID:20261201T143000Z", "SUMMARY:Needling"])
def test_a_status_that_cancels_needs_no_start_either(lines: str) -> None:
    """In an export without a METHOD."""
    expected = ["11-24", "12-08"] if "RECURRENCE" in lines else []
    assert expected == held(calendar(event(WEEKLY)), calendar(event(f"{lines}\nSTATUS:CANCELLED\n{LATER}")))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("RECURRENCE-ID:20261201T143000Z", ["11-24", "12-08"]),
        ("RECURRENCE-ID;VALUE=DATE:20261201", ["11-24", "12-08"]),
        ("RECURRENCE-ID;RANGE=THISANDFUTURE:20261201T143000Z", ["11-24"]),
        ("SUMMARY:x", []),
        (TUESDAY, []),
    ],
)
def test_a_cancellation_names_an_occurrence_or_all_that_follow_or_the_whole_series(
    lines: str, expected: list[str]
) -> None:
    """Also where an occurrence had been moved before."""
    assert expected == held(calendar(event(WEEKLY)), calendar(event(f"{lines}\n{LATER}"), head=CANCELS))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [(f"{TUESDAY}\n{WRITTEN}", []), (f"{NEXT_WEEK}\n{WRITTEN}", ["11-24"]), (f"{NEXT_WEEK}\n{LATER}", [])],
)
def test_of_a_cancelled_event_and_one_that_is_not_nobody_cancelled_first(lines: str, expected: list[str]) -> None:
    """At one time and written at once it is cancelled; at another time it may be another appointment."""
    assert expected == held(calendar(event(BOOKED)), calendar(event(f"{lines}\nSTATUS:CANCELLED")))


def test_a_series_that_is_cancelled_takes_its_changes_with_it() -> None:
    """A moved session of it does not stay behind; one that was booked anew since then does."""
    for stamp, expected in ((WRITTEN, []), ("DTSTAMP:20261120T080000Z", ["12-03"])):
        moved = event(f"RECURRENCE-ID:20261201T143000Z\nDTSTART:20261203T143000Z\n{stamp}")
        assert expected == held(calendar(event(WEEKLY), moved), calendar(event(f"SUMMARY:x\n{LATER}"), head=CANCELS))


def test_what_is_booked_again_holds() -> None:
    """A request after the cancellation."""
    again = calendar(event(f"{BOOKED}\nSEQUENCE:2"))
    assert ["11-24"] == held(calendar(event(f"{TUESDAY}\nSEQUENCE:1\n{LATER}"), head=CANCELS), again)


def test_a_cancellation_of_what_is_not_there_is_said() -> None:
    """And nothing else."""
    reading = read(calendar(event("SUMMARY:Needling"), head=CANCELS))
    assert ([], ["5: cancels an event that is not in the file"]) == (times(reading), whys(reading))


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ("STATUS:CANCELLED", "CANCELLED"),
        ("STATUS:CANCELED", "CANCELLED"),
        ("status: cancelled ", "CANCELLED"),
        ("METHOD:CANCEL", "CANCELLED"),
        ("STATUS:TENTATIVE", "TENTATIVE"),
        ("SUMMARY:Canceled: Needling\nTRANSP:TRANSPARENT", "CANCELLED"),
        ("SUMMARY:Abgesagt: Needling\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", "CANCELLED"),
        ("SUMMARY:Annul\u00e9\u00a0: Needling\nTRANSP:TRANSPARENT", "CANCELLED"),
        ("SUMMARY:[CANCELLED] Needling\nTRANSP:TRANSPARENT", "CANCELLED"),
        ("SUMMARY:Canceled event: Needling\nTRANSP:TRANSPARENT", "CANCELLED"),
        ("SUMMARY:Annul\u00e9e\u00a0: kin\u00e9\nTRANSP:TRANSPARENT", "CANCELLED"),
        ("SUMMARY:Odwo\u0142ane: fizjo\nTRANSP:TRANSPARENT", "CANCELLED"),
        ("SUMMARY:Termin abgesagt: Nadeln\nTRANSP:TRANSPARENT", "CANCELLED"),
        ("SUMMARY:\u5df2\u53d6\u6d88: \u9488\u7078\nTRANSP:TRANSPARENT", "CANCELLED"),
        ("SUMMARY:\ucde8\uc18c\ub428: x\nTRANSP:TRANSPARENT", "CANCELLED"),
        ("SUMMARY:Needling (cancelled)\nTRANSP:TRANSPARENT", "CANCELLED"),
        ("SUMMARY:Needling - canceled\nTRANSP:TRANSPARENT", "CANCELLED"),
        ("SUMMARY:Needling of what was cancelled\nTRANSP:TRANSPARENT", None),
        ("SUMMARY:Canceled: Needling\nTRANSP:OPAQUE", None),
        ("SUMMARY:Cancelled flights, what to do\nTRANSP:TRANSPARENT", None),
    ],
)
def test_an_event_is_cancelled_however_it_is_said(lines: str, status: str | None) -> None:
    """By its status, by a METHOD of its own, by its title where its time is free."""
    (one,) = read(calendar(event(f"{TUESDAY}\n{lines}"))).events
    assert status == one.status


@pytest.mark.parametrize(
    ("shown", "why"), [("TRANSPARENT", "taken as cancelled"), ("OPAQUE", "its time is not free, so it counts")]
)
def test_a_title_that_says_cancelled_is_remarked(shown: str, why: str) -> None:
    """Either way, for it is a guess."""
    reading = read(calendar(event(f"{TUESDAY}\nSUMMARY:Canceled: Needling\nTRANSP:{shown}")))
    assert [f"8: is called cancelled: {why}"] == whys(reading)


@pytest.mark.parametrize("mark", ["\ufeff", "\ufeff\ufeff"])
def test_a_byte_order_mark_between_two_calendars_hides_neither(mark: str) -> None:
    """Two saved attachments that somebody put together."""
    cancelled = calendar(event(f"{TUESDAY}\nSEQUENCE:1"), head=CANCELS)
    reading = read(calendar(event(BOOKED)) + mark.encode() + cancelled)
    assert ["CANCELLED"] == [one.status for one in reading.events]


@pytest.mark.parametrize("method", ["COUNTER", "REPLY", "REFRESH", "DECLINECOUNTER"])
def test_a_proposal_or_an_answer_changes_nothing(method: str) -> None:
    """Until the organizer sends a request; it is said (RFC 5546, 3.2)."""
    booked = calendar(event(BOOKED))
    proposal = event(f"{NEXT_WEEK}\n{LATER}\nSEQUENCE:3")
    reading = read(booked + calendar(proposal, head=f"{HEAD}METHOD:{method}\n"))
    expected = [f"16: is a proposal or an answer (METHOD:{method}): it changes nothing"]
    assert (["11-24 09:30-10:15"], expected) == (times(reading), whys(reading))


@pytest.mark.parametrize("method", ["REFRESH", "REPLY"])
def test_a_question_without_a_start_changes_nothing(method: str) -> None:
    """None needs one: it is said what it is (RFC 5546, 3.2.6)."""
    question = event("DTSTAMP:20261120T080000Z")
    reading = read(calendar(event(BOOKED)) + calendar(question, head=f"{HEAD}METHOD:{method}\n"))
    expected = [f"16: is a proposal or an answer (METHOD:{method}): it changes nothing"]
    assert (["11-24 09:30-10:15"], expected) == (times(reading), whys(reading))


def test_what_is_added_to_a_series_replaces_nothing() -> None:
    """METHOD:ADD brings one more occurrence (RFC 5546, 3.2.4)."""
    added = event(f"DTSTART:20261127T143000Z\n{LATER}\nSEQUENCE:1")
    assert ["11-24", "11-27", "12-01", "12-08"] == held(
        calendar(event(WEEKLY)), calendar(added, head=f"{HEAD}METHOD:ADD\n")
    )


def test_what_is_added_stands_though_its_series_is_cancelled_elsewhere() -> None:
    """A cancellation of what is not in the file says nothing about what was added to it."""
    added = event(f"DTSTART:20261127T143000Z\n{LATER}\nSEQUENCE:1")
    reading = read(calendar(added, head=f"{HEAD}METHOD:ADD\n") + calendar(event("SEQUENCE:0"), head=CANCELS))
    assert (["11-27 09:30-09:30"], []) == (times(reading), whys(reading))


INVITED = "ORGANIZER:mailto:clinic@example.org"


def attendee(name: str, answer: str, more: str = "") -> str:
    """Return somebody who was invited."""
    return f"ATTENDEE;PARTSTAT={answer}{more}:mailto:{name}@example.org"


@pytest.mark.parametrize(
    ("lines", "head", "declined"),
    [
        (f"{INVITED}\n{attendee('me', 'DECLINED')}", "", True),
        (f"{INVITED}\n{attendee('me', 'ACCEPTED')}", "", False),
        (f"{INVITED}\n{attendee('me', 'DECLINED')}\n{attendee('jo', 'ACCEPTED')}", "", False),
        (f"{INVITED}\n{attendee('me', 'DECLINED')}\n{attendee('jo', 'DECLINED')}", "", True),
        (f"{INVITED}\n{attendee('clinic', 'ACCEPTED')}\n{attendee('me', 'DECLINED')}", "", True),
        (f"{INVITED}\n{attendee('me', 'DECLINED')}\n{attendee('room', 'ACCEPTED', ';CUTYPE=ROOM')}", "", True),
        (
            f"{INVITED}\n{attendee('me', 'DECLINED')}\n{attendee('jo', 'ACCEPTED')}",
            "X-WR-CALNAME:Me@example.org\n",
            True,
        ),
        (
            f"{attendee('me', 'DECLINED')}\n{attendee('jo', 'ACCEPTED')}\nX-MOZ-INVITED-ATTENDEE:mailto:me@example.org",
            "",
            True,
        ),
        (f"{attendee('jo', 'DECLINED')}\n{attendee('me', 'ACCEPTED')}", "X-OWNER:mailto:me@example.org\n", False),
        (INVITED, "", False),
        ("ATTENDEE;ROLE=ATTENDEE;STATUS=DECLINED:Anna <anna@example.org>", "", True),
        ("ATTENDEE;ROLE=ATTENDEE;STATUS=ACCEPTED:Anna <anna@example.org>", "", False),
    ],
)
def test_an_invitation_that_the_person_declined_is_no_appointment(lines: str, head: str, declined: bool) -> None:
    """Others may decline as they like, unless nobody is left."""
    (one,) = read(calendar(event(f"{TUESDAY}\n{lines}"), head=HEAD + head)).events
    assert declined == (one.status == "DECLINED")


def test_a_change_without_a_title_has_that_of_its_series() -> None:
    """It holds only what changed, so it is meant where its series is."""
    moved = event(f"RECURRENCE-ID:20261201T143000Z\nDTSTART:20261203T160000Z\nDURATION:PT45M\n{WRITTEN}")
    named = moved.replace("DURATION", "SUMMARY:Team\nDURATION")
    for content in (calendar(event(WEEKLY), moved), calendar(moved, event(WEEKLY))):
        reading = read(content, match="needling")
        assert ["11-24 09:30-10:15", "12-03 11:00-11:45", "12-08 09:30-10:15"] == times(reading)
        assert {"Needling"} == {one.title for one in reading.events}
    assert ["11-24", "12-08"] == [
        f"{one.start:%m-%d}" for one in read(calendar(event(WEEKLY), named), match="needling").events
    ]
