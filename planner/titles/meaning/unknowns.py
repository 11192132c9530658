"""Words of a title that nothing is known of, where they may well say how hard a session is, or name a race."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from planner.titles.lexicon import TitleWords
from planner.titles.meaning.asides import Asides
from planner.titles.meaning.efforts import PART_ENDS, Efforts
from planner.titles.words import Meaning, ReadingWords


class UnknownWords:
    """Find words that are not known where they say something; `familiar` are those that say nothing."""

    def __init__(self, words: ReadingWords, familiar: Collection[str], asides: Asides, efforts: Efforts) -> None:
        self.words = words
        self.familiar = familiar
        self.asides = asides
        self.efforts = efforts

    def name_of(self, sport: Meaning, title: TitleWords, by: tuple[str, ...]) -> str:
        """Return an unknown word that names a run or a ride, before it or as a place: "trail des Crêtes"."""
        named = next((match for match in title.of(sport) if match.words in by), None)
        if named is None or "outing" in named.means:  # "Crompton loop", "Lauftreff": named after its place
            return ""
        after = named.end
        while after < len(title.tokens) and title.tokens[after].text in self.words.joining.of_place:
            after += 1
        places = [named.first - 1, *([after] if after > named.end and sport == "run" else [])]
        return next((title.tokens[place].text for place in places if self._is_unknown(title, place)), "")

    def counted(self, title: TitleWords) -> str:
        """Return an unknown word for what is asked in a part of a run: "40 min easy + 6 zingers", "3 miles @ ST"."""
        joining = {*self.words.joining.plus, *self.words.joining.part_of}
        for number, token in enumerate(title.tokens[1:-1], start=1):
            paced = token.text in {"@", "at"} and title.tokens[number - 1].sort in {"time", "distance"}
            named = title.tokens[number + 1].text
            if paced and self._is_unknown(title, number + 1) and len(named) <= self.words.longest_abbreviation_letters:
                return named
        for number, token in enumerate(title.tokens[1:-1], start=1):
            counted = token.sort == "number" and title.tokens[number - 1].text in joining
            if counted and self._is_unknown(title, number + 1) and not self.efforts.are_strides(title, number + 1):
                return title.tokens[number + 1].text
        return self._asked_in_a_part(title)

    def _asked_in_a_part(self, title: TitleWords) -> str:
        """Return the unknown word that is all that a later part says of its length: "8 km easy, 3 km zippy"."""
        ends = {*self.words.joining.plus, *self.words.joining.part_of, *PART_ENDS, ")"}
        places = [-1, *(n for n, token in enumerate(title.tokens) if token.text in ends), len(title.tokens)]
        lengths = 0
        for first, end in pairwise(places):
            part = range(first + 1, end)
            long = any(title.tokens[place].sort in {"time", "distance"} for place in part)
            meant = any(match.first in part for match in title.matches)
            repeated = any(title.tokens[place].sort == "repeat" for place in part)
            if long and lengths and not (meant or repeated):
                unknown = next((place for place in part if self._is_unknown(title, place)), None)
                if unknown is not None:
                    return title.tokens[unknown].text
            lengths += long
        return ""

    def _is_unknown(self, title: TitleWords, place: int) -> bool:
        """Whether a word stands at a place of a title that nothing says anything of."""
        if not 0 <= place < len(title.tokens) or any(match.first <= place < match.end for match in title.matches):
            return False
        token = title.tokens[place]
        if place in self.asides.words(title.tokens):
            return False
        return token.sort == "word" and token.text not in self.familiar and len(token.text) > 1
