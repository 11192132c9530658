"""Texts of a calendar as a person sees them.

No-break spaces, accents, capitals and how a letter is composed do not matter.
"""

from __future__ import annotations

import re
import unicodedata

_ALIKE = {
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb"), '"'),
    **dict(zip(map(ord, "\u0142\u00f8\u0111\u0131\u0127\u0167"), "lodiht", strict=True)),
    **dict(zip(map(ord, "\u00e6\u0153\u00f0\u00fe"), ("ae", "oe", "d", "th"), strict=True)),
}
"""What nobody sees, what looks like a sign of every keyboard, and letters that no sign was added to."""


def plain_letters(text: str) -> str:
    """Return a text without what a person does not see, or does not type: capitals, accents, odd spaces and dashes."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    letters = unicodedata.normalize("NFKD", plain.translate(_ALIKE))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def contains(text: str, match: str) -> bool:
    """Return whether a person finds a text, given in plain letters, within another one."""
    return match in " ".join(plain_letters(text).split())


_OFF = "|".join(map(plain_letters, (
    "cancell?ed", "cancell?ation", "called off", "abgesagt", "absage", "storniert", "entf\u00e4llt", "f\u00e4llt aus",
    "annul\u00e9e?s?", "annulation", "annullat[oa]", "cancellat[oa]", "cancelad[oa]", "anulad[oa]", "suspendid[oa]",
    "geannuleerd", "afgezegd", "avlyst", "aflyst", "annulleret", "inst\u00e4llt", "avbokad", "peruutettu", "peruttu",
    "odwo\u0142an[aeoy]", "zru\u0161en[aoy]", "lemondva", "t\u00f6r\u00f6lve", "iptal(?: edildi)?",
    "\u03b1\u03ba\u03c5\u03c1\u03ce\u03b8\u03b7\u03ba\u03b5", "\u043e\u0442\u043c\u0435\u043d\u0435\u043d\u043e",
    "\u0441\u043a\u0430\u0441\u043e\u0432\u0430\u043d\u043e", "\u5df2?\u53d6\u6d88", "\u4e2d\u6b62",
    "\u30ad\u30e3\u30f3\u30bb\u30eb(?:\u6e08\u307f)?", "\ucde8\uc18c(?:\ub428)?",
)))  # fmt: skip
_THING = "(?:event|appointment|meeting|session|termin|behandlung|rendez-vous|rdv|cita|afspraak)"
_CALLED_OFF = re.compile(
    rf"\W*(?:{_THING} )?(?:{_OFF})(?: {_THING})? ?(?:[:\])/-]|$)|.*(?: - |[(\[:/] ?)(?:{_OFF})\W*$", re.DOTALL
)
"""What programs and clinics write in front of the title of a cancelled event, or behind it, in plain letters."""


def is_called_off(title: str) -> bool:
    """Return whether a title begins or ends by saying that its event is cancelled, in one of many languages."""
    return _CALLED_OFF.match(plain_letters(title)) is not None
