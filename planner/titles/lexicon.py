"""What the words of a title say: the longest phrase that fits counts, and uses its words up."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
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
        return bool(self.of(*meanings))

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


class Lexicon:
    """Find what phrases mean in the tokens of a title."""

    def __init__(self, words: ReadingWords) -> None:
        self.scanner = Scanner(words)
        self._by_first: dict[str, list[_Entry]] = {}
        self._patterned: list[_Entry] = []
        for word_list in words.words:
            for phrase in word_list.phrases:
                entry = _Entry(pieces_of(phrase), word_list.means, word_list.doubtful, word_list.only)
                first = entry.pieces[0]
                if "*" in first or first in PLACES:
                    self._patterned.append(entry)
                else:
                    self._by_first.setdefault(first, []).append(entry)
        joining = words.joining
        self._denying = [pieces_of(phrase) for phrase in joining.denying]
        self._instead = [pieces_of(phrase) for phrase in joining.instead]
        self._slightly = frozenset(joining.slightly)
        self._reasons = [pieces_of(phrase) for phrase in joining.reasons]
        self._matching: dict[tuple[str, str], bool] = {}
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
            matches.append(Match(number, end, means, text, best.doubtful))
            number = end
        return matches

    def _both_halves(self, best: _Entry, token: Token) -> tuple[Meaning, ...]:
        """Return what a compound means whose halves both mean something: "Hügelrunde" is hilly, and a run."""
        if len(best.pieces) > 1 or "*" not in best.pieces[0]:
            return best.means
        halves = [entry for entry in self._beginning(token) if len(entry.pieces) == 1 and entry.only is None]
        hard = next((entry for entry in halves if "hard" in entry.means and entry.pieces[0].endswith("*")), None)
        run = next((entry for entry in halves if "run" in entry.means and entry.pieces[0].startswith("*")), None)
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
        fitting = [
            entry
            for entry in self._beginning(token)
            if self._fits(entry.pieces, tokens[number : number + len(entry.pieces)])
            and _in_its_company(entry, tokens, number)
        ]
        # Of two as long the one with the more letters: "langlauf" before "*lauf".
        return max(fitting, key=_how_exact, default=None)

    def _beginning(self, token: Token) -> list[_Entry]:
        """Return the phrases that begin with a token."""
        asked = token.sort, token.text
        if asked not in self._begun:
            patterned = [entry for entry in self._patterned if self._is(entry.pieces[0], token)]
            self._begun[asked] = [*self._by_first.get(token.text, ()), *patterned]
        return self._begun[asked]

    def _fits(self, pieces: tuple[str, ...], tokens: Sequence[Token]) -> bool:
        return len(pieces) == len(tokens) and all(map(self._is, pieces, tokens))

    def _is(self, piece: str, token: Token) -> bool:
        if piece in PLACES:
            return token.sort == piece[1:-1]
        if "*" not in piece:
            return token.text == piece
        if token.sort not in {"word", "name"}:
            return False
        asked = piece, token.text
        if asked not in self._matching:
            pattern = "".join(r"\w*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", piece))
            self._matching[asked] = re.fullmatch(pattern, token.text) is not None
        return self._matching[asked]


def _ends_with(tokens: Sequence[Token], phrases: Collection[tuple[str, ...]]) -> bool:
    return any(tuple(token.text for token in tokens[-len(phrase) :]) == phrase for phrase in phrases)


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
