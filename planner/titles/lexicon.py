"""What the words of a title say: the longest phrase that fits counts, and uses its words up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from planner.titles.figures.scanner import Scanner
from planner.titles.figures.tokens import Token
from planner.titles.words import Meaning, ReadingWords, pieces_of

HARDER: tuple[Meaning, ...] = ("hard", "hills", "pace", "race", "race_alone")
ENDS = frozenset(",;:.()[]!|•\n+")
PLACES = ("<distance>", "<time>", "<number>", "<repeat>", "<percent>", "<pace>")


class Match(NamedTuple):
    """Say what a phrase of a title means: the numbers of its first token and of the one after its last, its words."""

    first: int
    end: int
    means: tuple[Meaning, ...]
    words: str
    doubtful: bool


class TitleWords(NamedTuple):
    """Hold the tokens of a text and what its phrases mean."""

    tokens: Sequence[Token]
    matches: Sequence[Match]

    def of(self, *meanings: Meaning) -> list[Match]:
        """Return the phrases that say any of these."""
        return [match for match in self.matches if any(meaning in match.means for meaning in meanings)]

    def says(self, *meanings: Meaning) -> bool:
        """Whether a phrase says any of these."""
        return any(meaning in meanings for match in self.matches for meaning in match.means)

    def first_unknown(self, familiar: Collection[str], aside: Collection[int] = ()) -> str:
        """Return the first word that no phrase covers and that is not among others; an empty one if there is none.

        `aside` are the numbers of words that are not looked at.
        """
        covered = {number for match in self.matches for number in range(match.first, match.end)}.union(aside)
        for number, token in enumerate(self.tokens):
            if token.sort == "word" and number not in covered and token.text not in familiar and len(token.text) > 1:
                return token.text
        return ""


class _Entry(NamedTuple):
    pieces: tuple[str, ...]
    means: tuple[Meaning, ...]
    doubtful: bool
    only: str | None
    second: str = ""
    """Its second word, where it is one, and nothing that stands for others."""


class Lexicon:
    """Find what phrases mean in the tokens of a title."""

    def __init__(self, words: ReadingWords) -> None:
        self.scanner = Scanner(words)
        self._by_first: dict[str, list[_Entry]] = {}
        """Phrases by their first word, by what of it is before or behind a star, or by its place."""
        for word_list in words.words:
            for phrase in word_list.phrases:
                pieces = pieces_of(phrase)
                entry = _Entry(pieces, word_list.means, word_list.doubtful, word_list.only, _second_word(pieces))
                self._by_first.setdefault(_begun_by(entry.pieces[0]), []).append(entry)
        joining = words.joining
        self._denying = _by_last_word(joining.denying)
        self._instead = _by_last_word(joining.instead)
        self._slightly = frozenset(joining.slightly)
        self._reasons = _by_last_word(joining.reasons)
        self._much_slower = words.slower_than_marathon_seconds_per_km, words.slower_than_race_seconds_per_km
        self._marathon = frozenset(words.remarks.marathon)
        self._begun: dict[tuple[str, str], list[_Entry]] = {}

    def matches(self, tokens: Sequence[Token]) -> list[Match]:
        """Return the phrases in some tokens, from left to right; none overlaps another."""
        matches: list[Match] = []
        number = 0
        reason = False  # "rest because of race": what stands in a reason is not asked
        while number < len(tokens):
            reason = _ends_with(tokens[:number], self._reasons) or (reason and tokens[number].text not in ENDS)
            best = self._longest(tokens, number)
            if best is None:
                number += 1
                continue
            end = number + len(best.pieces)
            text = " ".join(token.text for token in tokens[number:end])
            means = () if reason else self._not_denied(self._both_halves(best, tokens[number]), tokens[:number])
            if set(means) & set(HARDER) and self._is_much_slower(text, tokens[end : end + 2]):
                means = ("easy",)
            matches.append(Match(number, end, means, text, best.doubtful))
            number = end
        return matches

    def _is_much_slower(self, pace: str, after: Sequence[Token]) -> bool:
        """Whether a pace is so far below that of a race that it is an easy one: "marathon pace + 45 s/km"."""
        offset = next((token for token in after if token.sort == "offset"), None)
        if offset is None or (after[0] is not offset and after[0].sort != "sign"):
            return False
        slow, slower = self._much_slower
        return offset.low >= (slow if set(pace.split()) & self._marathon else slower)

    def _both_halves(self, best: _Entry, token: Token) -> tuple[Meaning, ...]:
        """Return what a compound means whose halves both mean something: "Hügelrunde" is hilly, and a run."""
        if len(best.pieces) > 1 or "*" not in best.pieces[0]:
            return best.means
        halves = [entry for entry in self._beginning(token) if len(entry.pieces) == 1 and entry.only is None]
        hard = next((entry for entry in halves if "hard" in entry.means and entry.pieces[0].endswith("*")), None)
        run = next((entry for entry in halves if "run" in entry.means and entry.pieces[0].startswith("*")), None)
        if hard is None or run is None:
            hard = next((entry for entry in halves if "hard" in entry.means and entry.pieces[0].startswith("*")), None)
            run = next((entry for entry in halves if "bike" in entry.means and entry.pieces[0].endswith("*")), None)
        return best.means if hard is None or run is None else (*dict.fromkeys((*hard.means, *run.means)),)

    def _not_denied(self, means: tuple[Meaning, ...], before: Sequence[Token]) -> tuple[Meaning, ...]:
        """Return what is left of a meaning after the words before it: "no hills", "swim instead of tempo"."""
        if _ends_with(before, self._instead):
            return ()
        own = list(before)
        while own and own[-1].text in self._slightly:  # "not too fast", "pas de côtes"
            own.pop()
        if not (_ends_with(before, self._denying) or _ends_with(own, self._denying)):
            return means
        # What must not be fast is slow; of anything else a denial only says that it is not to be done.
        return ("easy",) if set(means) & set(HARDER) else ()

    def _longest(self, tokens: Sequence[Token], number: int) -> _Entry | None:
        token = tokens[number]
        after = tokens[number + 1].text if number + 1 < len(tokens) else ""
        for entry in self._beginning(token):
            if entry.second and entry.second != after:
                continue
            if _fits(entry.pieces, tokens, number) and _in_its_company(entry, tokens, number):
                return entry
        return None

    def _beginning(self, token: Token) -> list[_Entry]:
        """Return the phrases that begin with a token, the one that goes before the others first."""
        asked = token.sort, token.text
        if asked not in self._begun:
            text = token.text
            begins = [text, f"<{token.sort}>"]
            if token.sort in {"word", "name"}:
                begins += [f"{text[:end]}*" for end in range(len(text) + 1)]
                begins += [f"*{text[start:]}" for start in range(len(text))]
            entries = [entry for begun in begins for entry in self._by_first.get(begun, ())]
            fitting = [entry for entry in entries if _is(entry.pieces[0], token)]
            # Of two as long the one with the more letters: "langlauf" before "*lauf".
            self._begun[asked] = sorted(fitting, key=_how_exact, reverse=True)
        return self._begun[asked]


def _begun_by(piece: str) -> str:
    """Return under what a phrase with such a first piece is found: "lang*", "*lauf", "lang*" for "lang*lauf" too."""
    before, star, after = piece.partition("*")
    return piece if not star else f"{before}*" if before or "*" in after else f"*{after}"


def _second_word(pieces: tuple[str, ...]) -> str:
    second = pieces[1] if len(pieces) > 1 else ""
    return "" if "*" in second or second in PLACES else second


def _fits(pieces: tuple[str, ...], tokens: Sequence[Token], number: int) -> bool:
    """Whether a phrase whose first piece is at a place goes on there."""
    count = len(pieces)
    if count == 1:
        return True
    return number + count <= len(tokens) and all(map(_is, pieces[1:], tokens[number + 1 : number + count]))


def _is(piece: str, token: Token) -> bool:
    if piece in PLACES:
        return token.sort == piece[1:-1]
    if "*" not in piece:
        return token.text == piece
    if token.sort not in {"word", "name"}:
        return False
    first, *middle, last = piece.split("*")
    text = token.text
    if not (text.startswith(first) and text.endswith(last) and len(text) >= len(first) + len(last)):
        return False
    text = text[len(first) : len(text) - len(last)]
    for part in middle:
        place = text.find(part)
        if place < 0:
            return False
        text = text[place + len(part) :]
    return True


def _by_last_word(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    by_last: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        pieces = pieces_of(phrase)
        by_last.setdefault(pieces[-1], []).append(pieces)
    return by_last


def _ends_with(tokens: Sequence[Token], phrases: Mapping[str, Collection[tuple[str, ...]]]) -> bool:
    ending = phrases.get(tokens[-1].text, ()) if tokens else ()
    return any(tuple(token.text for token in tokens[-len(phrase) :]) == phrase for phrase in ending)


def _in_its_company(entry: _Entry, tokens: Sequence[Token], number: int) -> bool:
    """Whether a phrase that counts only alone, or only after repeats, stands so at a place."""
    if entry.only == "repeats":
        return any(token.sort == "repeat" for token in tokens[:number])
    if entry.only == "alone":
        beside = (*tokens[:number], *tokens[number + len(entry.pieces) :])
        return not any(token.sort in {"word", "repeat"} for token in beside)
    return True


def _how_exact(entry: _Entry) -> tuple[int, bool, int]:
    """Return by what one phrase goes before another: "*training" says only that there is a session."""
    return len(entry.pieces), "session" not in entry.means, _letters(entry.pieces)


def _letters(pieces: Sequence[str]) -> int:
    return sum(len(piece.replace("*", "")) for piece in pieces) - sum("*" in piece for piece in pieces)
