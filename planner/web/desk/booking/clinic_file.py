"""A clinic's calendar file: what was understood, why the rest was passed over, and each with a click to correct it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from starlette.responses import Response

from planner.appointments.booked import Remark
from planner.calendars.far_events import FarEvents, far_events
from planner.calendars.read.occurrences import Entry, NoCalendar, TooMuch, named_first, read_events
from planner.case.model import Case
from planner.editing.edits import Edit, add_entry, several
from planner.page.sentences import plain, say
from planner.rulebook.file import shipped_folder
from planner.rulebook.model import Rulebook
from planner.titles.file import reading_words
from planner.web.desk.booking.appointments import AHEAD, BEHIND, kind_choices, when_words
from planner.web.page_request import PageRequest
from planner.web.words.event_titles import EventTitles, TitleMeaning

MOST_SHOWN = 15
"""So many events of a file are shown at once: each brings two long lists, and a page stays under 100 KB."""
MOST_LINES = 20
"""So many sentences on what cannot be taken are shown."""
LONGEST_TREATMENT, LONGEST_FREE = 480, 7 * 24 * 60
"""Minutes: so long a treatment lasts at most, and so long an event of a file is a time to keep free."""


def clinic_file(request: PageRequest) -> Response:
    """Read a clinic's file: show what was understood and what was passed over; take what is ticked."""
    if request.http.method == "GET":
        return request.redirect("/appointments")
    if request.text("do") == "take":
        return _take(request)
    name, content = request.form.get("file") or ("", b"")
    if not content:
        return _wrong(request, [plain("appointments.no_file")])
    today = request.opened.moment.today
    first, last = today - BEHIND, today + AHEAD
    try:
        reading = read_events(content, request.opened.case.tz, first, last)
        far = far_events(content, request.opened.case.tz, (first, last), reading)
    except (NoCalendar, TooMuch) as error:
        return _wrong(request, [plain("appointments.wrong_file", what=str(error))])
    setting = request.practice.setting
    reader = _EventsReader(request.practice.rulebook, request.opened.case, setting.words)
    rows = [row for entry in reading.events if (row := reader.row(entry)) is not None]
    asked = [reader.row_of_year(entry, day) for entry, day in far.in_another_year]
    asked, left_out = asked[:MOST_SHOWN], asked[MOST_SHOWN:]
    shown = _shown(rows, MOST_SHOWN - len(asked))
    unseen = len(rows) - len(shown) + len(left_out)
    for number, row in enumerate((*shown, *asked)):
        row["number"] = number
    return request.page(
        "appointments_file.html",
        plain("appointments.file_title"),
        here="appointments",
        heading=say("appointments.in_file", count=len(reading.events) + _count(far), file=name[:80]),
        understood=[row for row in shown if row["kind"]],
        others=[row for row in shown if not row["kind"]],
        asked=asked,
        passed_over=len([row for row in rows if not row["kind"]]) + len(reader.lines) + _count(far),
        guesses=any(row["guess"] for row in shown if row["kind"]),
        remarks=[
            *([say("appointments.more_events", count=unseen)] if unseen else []),
            *_first_lines(reader.lines),
            *_far_lines(far, first, last),
            *_first_lines([_remark_line(remark) for remark in reading.passed_over]),
        ],
        kinds=[{"value": "", "name": plain("appointments.not_one")}, *kind_choices(request.practice.rulebook)],
        regions=[{"value": key, "name": region.name} for key, region in request.practice.rulebook.regions.items()],
        unsaid=[{"value": "", "name": plain("appointments.where_unsaid")}],
    )


def _shown(rows: Sequence[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """Return the rows that a page has room for, in the order of the file; what was understood goes before the rest."""
    chosen = sorted(enumerate(rows), key=lambda numbered: not numbered[1]["kind"])[:most]
    return [row for _, row in sorted(chosen, key=lambda numbered: numbered[0])]


def _first_lines(lines: Sequence[str]) -> list[str]:
    """Return the first sentences, and one on how many more there are."""
    more = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], *([say("appointments.more_lines", count=more)] if more > 0 else [])]


def _remark_line(remark: Remark) -> str:
    if remark.line:
        return say("appointments.remark", line=remark.line, why=remark.why)
    return say("appointments.remark_of_file", why=remark.why)


def _wrong(request: PageRequest, problems: Sequence[str]) -> Response:
    return request.page("mistakes.html", plain("appointments.title"), status=422, problems=problems)


def _count(far: FarEvents) -> int:
    return len({event.line for event in (*far.before, *far.after)})


def _far_lines(far: FarEvents, first: date, last: date) -> list[str]:
    """Return the sentences on what lies too far back and too far ahead, but for what is asked about."""
    asked = {entry.line for entry, _ in far.in_another_year}
    lines: list[str] = []
    for key, events, day in (("far_before", far.before, first), ("far_after", far.after, last)):
        if left := [event for event in events if event.line not in asked]:
            titles = named_first(event.title for event in left)
            lines.append(say(f"appointments.{key}", count=len(left), day=_day_and_year(day), titles=titles))
    return lines


def _day_and_year(day: datetime | date) -> str:
    return f"{when_words(day).partition(',')[0]} {day.year}"


class _EventsReader:
    """Make a row of each event of a file, with what it was understood as or why it was passed over."""

    def __init__(self, book: Rulebook, case: Case, words: Any) -> None:
        self.book, self.case = book, case
        self.titles = EventTitles(book, reading_words(words or shipped_folder()))
        self.booked = {(entry.kind, entry.start) for entry in case.treatments}
        self.lines: list[str] = []
        """What is said of the events that nobody can take."""

    def row(self, entry: Entry) -> dict[str, Any] | None:
        """Return the row of an event, None where a line says why there is nothing to take."""
        meaning = self.titles.meaning(entry.title)
        if entry.status in {"CANCELLED", "DECLINED"}:
            self.lines.append(say(f"appointments.is_{entry.status.lower()}", **_named(entry)))
            return None
        if (meaning.kind, _local(entry.start)) in self.booked:
            self.lines.append(say("appointments.is_booked", **_named(entry)))
            return None
        return self._row(entry, meaning, entry.start)

    def row_of_year(self, entry: Entry, day: date) -> dict[str, Any]:
        """Return the row of an event whose year may be wrong, as it would be on the day that was meant then."""
        moved = entry.start.replace(year=day.year)
        row = self._row(entry, self.titles.meaning(entry.title), moved)
        years = {"as_written": _day_and_year(entry.start), "meant": _day_and_year(moved)}
        when = f"{years['as_written']}, {moved:%H:%M}" if isinstance(moved, datetime) else years["as_written"]
        return row | {
            "when": when,
            "why": say("appointments.another_year", **years),
            "meant": years["meant"],
            "guess": "",
        }

    def _row(self, entry: Entry, meaning: TitleMeaning, start: datetime | date) -> dict[str, Any]:
        minutes = (entry.end.toordinal() - entry.start.toordinal()) * 24 * 60
        if isinstance(entry.start, datetime) and isinstance(entry.end, datetime):
            minutes = round((entry.end.timestamp() - entry.start.timestamp()) / 60)
        region, guess = self._region(meaning)
        return {
            "when": when_words(start),
            "title": entry.title,
            "start": _local(start).isoformat(),
            "minutes": minutes if minutes > 0 else "",
            "may_be_free": 0 < minutes <= LONGEST_FREE,
            "kind": meaning.kind,
            "kind_name": meaning.kind_name,
            "region": region,
            "guess": guess,
            "why": self._why(meaning, entry.title),
        }

    def _region(self, meaning: TitleMeaning) -> tuple[str, str]:
        """Return the part of the body that an event is about, and, where that is a guess, what it rests on."""
        regions = self.book.regions
        if meaning.doubt == "parts":
            names = [regions[region].name for region in meaning.other_regions]
            return meaning.region, say("appointments.guess_parts", parts=", ".join(names))
        if meaning.doubt:
            return meaning.region, say(f"appointments.guess_{meaning.doubt}", word=meaning.word)
        if meaning.region:
            return meaning.region, ""
        usual = self.book.treatments[meaning.kind].region if meaning.kind else None
        if usual is not None:
            return usual, ""
        hurt = [injury.region for injury in self.case.injury]
        return (hurt[0], say("appointments.guess_hurt")) if len(hurt) == 1 else ("", say("appointments.guess_none"))

    def _why(self, meaning: TitleMeaning, title: str) -> str:
        """Return why an event was passed over, or what else than its treatment an understood one names."""
        if meaning.kind:
            names = [self.book.treatments[kind].name for kind in meaning.other_kinds]
            return say("appointments.other_kinds", kinds=", ".join(names)) if names else ""
        sort, workout = self.titles.sort(title)
        if sort == "training":
            return say("appointments.why_training", workout=self.book.workouts[workout].name)
        return say(f"appointments.why_{sort}")


def _named(entry: Entry) -> dict[str, str]:
    return {"when": when_words(entry.start), "title": entry.title}


def _local(start: datetime | date) -> datetime | date:
    return start.replace(tzinfo=None) if isinstance(start, datetime) else start


def _take(request: PageRequest) -> Response:
    """Take the events that are chosen, and a part of the body that was guessed once somebody said that it is right."""
    book = request.practice.rulebook
    edits, wrong = _taken(request, request.opened.case, book)
    if wrong:
        return _wrong(request, wrong)
    if edits:
        request.practice.change(request.opened, several([edit for _, edit in edits]), request.text("base"))
    only_free = edits and "treatments" not in {table for table, _ in edits}
    return request.redirect("/health#busy" if only_free else "/appointments")


def _taken(request: PageRequest, case: Case, book: Rulebook) -> tuple[list[tuple[str, Edit]], Sequence[str]]:
    """Return the edits that add what is chosen, or kept free of workouts, each with its table; and what is missing."""
    edits: list[tuple[str, Edit]] = []
    wrong: list[str] = []
    there: set[tuple[object, ...]] = {(entry.kind, entry.start) for entry in case.treatments}
    there |= {(entry.start, entry.minutes) for entry in case.busy} | {(entry.from_, entry.until) for entry in case.away}
    for number in range(MOST_SHOWN):
        kind, region = request.text(f"kind{number}"), request.text(f"region{number}")
        try:
            text = request.text(f"start{number}")
            start = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
        except ValueError:
            continue
        if request.text(f"asks{number}") and not request.text(f"year{number}"):
            continue
        length = request.number(f"minutes{number}", 0, 0, LONGEST_FREE)
        minutes = {"minutes": length} if 1 <= length <= LONGEST_TREATMENT else {}
        if kind in book.treatments:
            if (kind, start) in there:
                continue
            if region not in book.regions:
                wrong.append(plain("appointments.say_where_of", when=when_words(start)))
            elif region == request.text(f"guess{number}") and not request.text("sure"):
                wrong.append(plain("appointments.not_sure", when=when_words(start), part=book.regions[region].name))
            own = request.text(f"said{number}")
            name = own if book.says_more(own) and book.names.find("treatments", own) == kind else kind
            edits.append(
                ("treatments", add_entry("treatments", {"kind": name, "region": region, "start": start, **minutes}))
            )
        elif request.text(f"free{number}") and length:
            table, values = _kept_free(start, length)
            if tuple(values.values()) not in there:
                edits.append((table, add_entry(table, values)))
    return edits, wrong


def _kept_free(start: datetime | date, minutes: int) -> tuple[str, dict[str, Any]]:
    """Return the entry that keeps a time free of workouts: whole days are away, all else is busy."""
    if isinstance(start, datetime):
        return "busy", {"start": start, "minutes": minutes}
    return "away", {"from": start, "until": start + timedelta(minutes=minutes) - timedelta(days=1)}
