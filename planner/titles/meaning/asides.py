"""What a title says beside the session: conditions, places, errands of the day. None of it is what is asked."""

from __future__ import annotations

from collections.abc import Sequence

from planner.titles.figures.tokens import Token
from planner.titles.lexicon import ENDS, TitleWords
from planner.titles.words import ReadingWords

BROUGHT_TO = frozenset({"other", "swim", "note", "mobility"})
FIGURES = frozenset({"time", "distance", "repeat", "zone", "effort", "pace"})


class Asides:
    """Tell what in a title is no part of the session."""

    def __init__(self, words: ReadingWords) -> None:
        joining = words.joining
        self._begins = frozenset((*joining.conditions, *joining.places))
        self._ends = ENDS | frozenset(joining.plus) | frozenset(joining.part_of) | frozenset(joining.at)
        self._before_places, self._articles = frozenset(joining.before_places), frozenset(joining.articles)
        self._errands = frozenset(joining.errands)
        self._purposes, self._purchases = frozenset(joining.purposes), frozenset(joining.purchases)

    def words(self, tokens: Sequence[Token]) -> frozenset[int]:
        """Return the numbers of the tokens from a word for a condition or a place on: "skip if raining: 4 mi"."""
        aside: set[int] = set()
        inside = False
        for number, token in enumerate(tokens):
            after = tokens[number + 1].text if number + 1 < len(tokens) else ""
            placed = token.text in self._before_places and after in self._articles  # "on the ridge", "en el monte"
            inside = token.text in self._begins or placed or (inside and token.text not in self._ends)
            if inside:
                aside.add(number)
        return frozenset(aside)

    def is_an_errand(self, title: TitleWords) -> bool:
        """Whether something is to be done for a session, and not the session: "buy gels for long run"."""
        ends = [token for token in (*title.tokens[:1], *title.tokens[-1:]) if token.text in self._errands]
        if not ends:
            return self._brings_somebody(title)
        named = [match.first for match in title.matches if title.tokens[match.first] not in ends]
        named += [number for number, token in enumerate(title.tokens) if token.sort in FIGURES]
        work = any(token.sort in FIGURES - {"distance"} for token in title.tokens)  # a distance may be a race's
        if any(token.text in self._purchases for token in ends):
            return bool(named) and not work
        return bool(named) and not work and any(token.text in self._purposes for token in title.tokens[: min(named)])

    def _brings_somebody(self, title: TitleWords) -> bool:
        """Whether somebody whom no word is for is brought to a sport: "Emma to ballet"."""
        if [token.text for token in title.tokens[1:2]] != ["to"] or any(
            token.sort in FIGURES for token in title.tokens
        ):
            return False
        kinds = {meaning for match in title.matches for meaning in match.means}
        return title.tokens[0].sort == "word" and bool(kinds) and title.matches[0].first > 1 and kinds <= BROUGHT_TO
