"""Sync state: what we put into a calendar, to be remembered until the next sync.

Without it a sync could not tell a workout that the person deleted from one that was never there. Pure: it becomes text
and comes from text; the file is the command's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

from planner.calendars.sync.event_resource import Meaning, meaning, moment

VERSION = 1


class ServerEvent(NamedTuple):
    """Hold one event as a server shows it: its address there, its version, and its bytes as the server gives them."""

    href: str
    etag: str
    content: bytes


class Step(NamedTuple):
    """Say what to do for one UID: `content` is what the plan wants there, `event` what is there now."""

    do: Literal["create", "update", "delete", "leave"]
    uid: str
    content: bytes = b""
    event: ServerEvent | None = None


class Pushed(NamedTuple):
    """Remember what we put into a calendar for one UID; empty bytes mean that nothing is there.

    `sent` is what our last finished sync sent, `rendition` what the server made of it, and `tried` what a sync that did
    not finish may have left.
    """

    sent: bytes
    rendition: bytes = b""
    tried: tuple[bytes, ...] = ()

    @property
    def settled(self) -> tuple[Meaning, ...]:
        """What stands there if no sync broke off."""
        return tuple(meaning(content) for content in (self.sent, self.rendition) if content)

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """All that may stand there because of us."""
        return (*self.settled, *(meaning(content) for content in self.tried if content))

    @property
    def may_be_absent(self) -> bool:
        """Whether we may have left nothing there."""
        return not self.sent or b"" in self.tried


def state_before_push(pushed: Mapping[str, Pushed], steps: Iterable[Step]) -> dict[str, Pushed]:
    """Return what to remember before a push: should it be cut off, either side of each step may be there."""
    remembered = dict(pushed)
    for step in steps:
        if step.do != "leave":
            old = remembered.get(step.uid, Pushed(b""))
            remembered[step.uid] = old._replace(tried=tuple(dict.fromkeys((*old.tried, step.content))))
    return remembered


def state_after_push(
    pushed: Mapping[str, Pushed],
    steps: Iterable[Step],
    shown: Mapping[str, ServerEvent],
    since: datetime | None = None,
) -> dict[str, Pushed]:
    """Return what to remember after a push that went through.

    What the person deleted or changed, and was left so, stays remembered as it was: the next sync sees it again. What
    was over before `since` is forgotten, unless the plan still wants it.

    Args:
        pushed: what was remembered before, by UID.
        steps: the steps as they were carried out.
        shown: the events that the server shows since, by UID.
        since: an aware moment; None forgets nothing.

    """
    done = {step.uid: step for step in steps}
    remembered = {
        uid: event for uid, event in pushed.items() if uid in done or not _is_over(event, uid in shown, since)
    }
    for uid, step in done.items():
        if step.do == "delete":
            remembered.pop(uid, None)
        elif step.do == "leave":
            if _as_we_left_it(pushed.get(uid), step.event):
                remembered[uid] = Pushed(step.content, shown[uid].content if uid in shown else b"")
        elif uid in shown:
            remembered[uid] = Pushed(step.content, shown[uid].content)
        else:  # The server took it and does not show it: nobody has deleted it.
            remembered[uid] = Pushed(b"", tried=(step.content,))
    return remembered


def _is_over(pushed: Pushed, there: bool, since: datetime | None) -> bool:
    if pushed.may_be_absent and not there:
        return True
    end = moment(pushed.meanings[0].end) if pushed.meanings else None
    return since is not None and end is not None and end <= since


def _as_we_left_it(pushed: Pushed | None, event: ServerEvent | None) -> bool:
    return event is not None and (pushed is None or meaning(event.content) in pushed.meanings)


def to_text(pushed: Mapping[str, Pushed], calendar: str) -> str:
    """Return what is remembered of a calendar, named by its URL, as JSON."""
    events = {
        uid: {
            "sent": event.sent.decode(),
            "rendition": event.rendition.decode(),
            "tried": [rendition.decode() for rendition in event.tried],
        }
        for uid, event in sorted(pushed.items())
    }
    return json.dumps({"version": VERSION, "calendar": calendar, "events": events}, ensure_ascii=False, indent=1) + "\n"


def from_text(text: str, calendar: str) -> dict[str, Pushed]:
    """Return what was remembered of a calendar: nothing where it was another one.

    Raises `ValueError` where the text is not of `to_text`.
    """
    try:
        data: Any = json.loads(text)
        if data["version"] != VERSION:
            raise ValueError("another version")
        if data["calendar"] != calendar:
            return {}
        return {
            uid: Pushed(
                sent["sent"].encode(),
                sent["rendition"].encode(),
                tuple(rendition.encode() for rendition in sent["tried"]),
            )
            for uid, sent in data["events"].items()
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not what a sync remembers") from error
