"""What the title of an event in a clinic's calendar names: treatments, parts of the body, and what is no treatment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from planner.calendars.plain_text import plain_letters
from planner.rulebook.model import Rulebook
from planner.titles.reader import Reader
from planner.titles.session import NOT_TRAINING, PlanEvent
from planner.titles.words import ReadingWords

Doubt = Literal["", "word", "several", "parts"]
"""Why a part of the body is a guess: its name is of another language, means several parts, or is not the only one."""
Sort = Literal["nameless", "training", "class", "practice", "unknown"]
"""What an event is that names no treatment."""


class _Name(NamedTuple):
    pieces: tuple[str, ...]
    key: str
    spelling: str
    doubt: Doubt = ""

    @property
    def letters(self) -> int:
        """How much of a title it speaks of."""
        return sum(len(piece.strip("*")) for piece in self.pieces)


class _Mention(NamedTuple):
    name: _Name
    words: str
    """As they stand in the title."""


class TitleMeaning(NamedTuple):
    """Hold what a title names: the treatment and the part that are meant first, and what else it names."""

    kind: str = ""
    kind_name: str = ""
    """The name by which it is known, where that says more than the kind: the dose, current, the whole body."""
    other_kinds: tuple[str, ...] = ()
    region: str = ""
    word: str = ""
    """The words of the title that name the part."""
    doubt: Doubt = ""
    other_regions: tuple[str, ...] = ()


class EventTitles:
    """Read the titles of a clinic's events by the names of a rulebook, and by the words that titles are read with."""

    def __init__(self, book: Rulebook, words: ReadingWords) -> None:
        names = book.names
        self.book = book
        self.reader = Reader(words)
        self.kinds = _NameIndex(
            [
                *_names(((name, key) for key, named in names.treatments.items() for name in (key, *named)), ""),
                *_names(_elsewhere(names.elsewhere.get("treatments", {})), "word"),
            ]
        )
        several = [(name, names.meanings[word]) for word, spellings in names.ambiguous.items() for name in spellings]
        foreign = [(name, names.meanings[word]) for name, word in _elsewhere(names.elsewhere.get("ambiguous", {}))]
        self.regions = _NameIndex(
            [
                # What may mean several parts comes first: a name that is one part's as well is doubtful all the same.
                *_names(several, "several"),
                *_names(foreign, "word"),
                *_names(((name, key) for key, named in names.regions.items() for name in (key, *named)), ""),
                *_names(_elsewhere(names.elsewhere.get("regions", {})), "word"),
            ]
        )
        self.classes = _NameIndex(_names(((name, name) for name in words.clinics.classes), ""))
        self.practices = _NameIndex(_names(((name, name) for name in words.clinics.practices), ""))

    def meaning(self, title: str) -> TitleMeaning:
        """Return the treatment and the part of the body that a title names; the longest names count first."""
        words = re.findall(r"\w+", title)
        kinds, regions = self.kinds.mentions(words), self.regions.mentions(words)
        keys = tuple(dict.fromkeys(mention.name.key for mention in kinds))
        places = tuple(dict.fromkeys(mention.name.key for mention in regions))
        spelling = kinds[0].name.spelling if kinds else ""
        doubt: Doubt = regions[0].name.doubt if regions else ""
        return TitleMeaning(
            kind=keys[0] if keys else "",
            kind_name=spelling if self.book.says_more(spelling) else "",
            other_kinds=keys[1:],
            region=places[0] if places else "",
            word=regions[0].words if regions else "",
            doubt=doubt or ("parts" if len(places) > 1 else ""),
            other_regions=places[1:],
        )

    def sort(self, title: str) -> tuple[Sort, str]:
        """Return what an event is that names no treatment, and the workout that it is where it is training."""
        words = re.findall(r"\w+", title)
        if not words:
            return "nameless", ""
        if self.classes.mentions(words):
            return "class", ""
        if self.practices.mentions(words):
            return "practice", ""
        for reading in self.reader.read(PlanEvent(title)):
            if reading.workout and reading.workout not in NOT_TRAINING and not reading.doubts:
                return "training", reading.workout
        return "unknown", ""


def _elsewhere(names: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield the names of other languages, each with what it names."""
    yield from ((name, key) for key, spellings in names.items() for name in spellings)


def _names(named: Iterable[tuple[str, str]], doubt: Doubt) -> Iterator[_Name]:
    for spelling, key in named:
        pieces = tuple(re.findall(r"[\w*]+", plain_letters(spelling.replace("_", " "))))
        if pieces:
            yield _Name(pieces, key, spelling, doubt)


class _NameIndex:
    """Find the names in the words of a title.

    Thousands of names are looked up by one of their words, so that a file of thousands of titles is read at once.
    """

    def __init__(self, names: Iterable[_Name]) -> None:
        self.by_sign: dict[tuple[str, str], list[tuple[int, int, _Name]]] = {}
        """The names, each with its number and the place of the word that it is looked up by."""
        for number, name in enumerate(names):
            # A whole word is rarer than how a word begins or ends.
            place = min(range(len(name.pieces)), key=lambda place: "*" in name.pieces[place])
            self.by_sign.setdefault(_sign(name.pieces[place]), []).append((number, place, name))

    def mentions(self, words: Sequence[str]) -> list[_Mention]:
        """Return the names in the words of a title, the longest first; what one name has used is used up."""
        plain = [plain_letters(word) for word in words]
        used: set[int] = set()
        mentions: list[_Mention] = []
        for _, _, start, name in sorted(self._fitting(plain), key=lambda match: match[:3]):
            places = range(start, start + len(name.pieces))
            if used.isdisjoint(places):
                used.update(places)
                mentions.append(_Mention(name, " ".join(words[places.start : places.stop])))
        return mentions

    def _fitting(self, words: Sequence[str]) -> Iterator[tuple[int, int, int, _Name]]:
        for place, word in enumerate(words):
            ends = {("begins", word[:letters]) for letters in range(1, _SIGN + 1)}
            ends |= {("ends", word[-letters:]) for letters in range(1, _SIGN + 1)}
            for sign in (*ends, ("is", word)):
                for number, offset, name in self.by_sign.get(sign, ()):
                    start = place - offset
                    if 0 <= start <= len(words) - len(name.pieces) and all(map(_is, name.pieces, words[start:])):
                        yield -name.letters, number, start, name


_SIGN = 2
"""So many letters at its beginning or its end tell a name that stands for many words."""


def _sign(piece: str) -> tuple[str, str]:
    """Return by what a piece of a name is looked up: the word, or how a word begins or ends."""
    if piece.startswith("*"):
        return "ends", piece[1:][-_SIGN:]
    return ("begins", piece[:-1][:_SIGN]) if piece.endswith("*") else ("is", piece)


def _is(piece: str, word: str) -> bool:
    if piece.startswith("*"):
        return word.endswith(piece[1:])
    return word.startswith(piece[:-1]) if piece.endswith("*") else word == piece
