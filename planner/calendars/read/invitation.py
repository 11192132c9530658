"""Invitations in a calendar: who was asked to come to an event, and what they answered."""

from __future__ import annotations

from collections.abc import Collection

from planner.calendars.read.lines import Line, Properties

INVITED = "X-MOZ-INVITED-ATTENDEE"
DECLINED = "DECLINED"


def is_declined(event: Properties, own: Collection[str]) -> bool:
    """Return whether the person declined, or else everybody who was invited.

    Args:
        event: what the event says.
        own: the addresses of the person whose calendar it is, in small letters.

    """
    organizer = event.first("ORGANIZER")
    invited = event.first(INVITED)
    mine = {*own, *([_address(invited)] if invited else [])}
    answers = {
        _address(line): _answer(line)
        for line in event.properties.get("ATTENDEE", ())
        if line.params.get("CUTYPE", "INDIVIDUAL").upper() == "INDIVIDUAL"
    }
    of_mine = [answer for address, answer in answers.items() if address in mine]
    if not of_mine:
        of_mine = [answer for address, answer in answers.items() if organizer is None or address != _address(organizer)]
    return bool(of_mine) and all(answer == DECLINED for answer in of_mine)


def _answer(line: Line) -> str:
    """Return what somebody answered; vCalendar 1.0 calls it their status."""
    return line.params.get("PARTSTAT", line.params.get("STATUS", "")).upper()


def _address(line: Line) -> str:
    return line.value.lower().removeprefix("mailto:")
