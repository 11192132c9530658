"""What is repeated in a title: distances, strides, exercises that are not run."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from planner.titles.figures.tokens import Token
from planner.titles.words import ReadingWords

SHORTEST_METRES = 50
LAP_METRES = 200


def repeats_a_distance(tokens: Sequence[Token]) -> bool:
    """Whether a title repeats a distance: "6 x 800 m", "4 x 400"; of anything else one does fewer."""
    for number, token in enumerate(tokens):
        after = tokens[number + 1 : number + 3] if token.sort == "repeat" else ()
        if any(far.sort == "distance" or (far.sort == "number" and far.low >= LAP_METRES) for far in after):
            return True
    return False


def strides_of_repeats(
    tokens: Sequence[Token], strides_at: Sequence[int], words: ReadingWords, exercises_at: Collection[int] = ()
) -> list[bool]:
    """Return for each repeat that is run whether it is a stride: named so, or short and few.

    Args:
        tokens: the figures and words of a title.
        strides_at: the numbers of the tokens at which a word for strides begins.
        words: the words of the rulebook.
        exercises_at: those at which one for strength does: "3 x 5 pull-ups" are not run.

    """
    flags = []
    for number, token in enumerate(tokens):
        counted = [after.sort for after in tokens[number + 1 : number + 2]] == ["number"]
        if token.sort != "repeat" or (counted and number + 2 in exercises_at):
            continue
        after = tokens[number + 1 : number + 3]
        near = [first for first in strides_at if number < first <= number + 6]
        named = any(not _counts_anew(tokens[number + 1 : first]) for first in near)
        metres = [token.high for token in after if token.sort == "distance" or _are_metres(token)]
        minutes = [token.high for token in after if token.sort == "time"]
        short = (bool(metres) and metres[0] <= words.strides_up_to_metres) or (
            not metres and bool(minutes) and minutes[0] * 60 <= words.strides_up_to_seconds
        )
        flags.append(named or (short and token.high <= words.most_strides))
    return flags


def _counts_anew(between: Sequence[Token]) -> bool:
    """Whether strides after repeats have a number of their own: "3 x 2 min, 4 strides"."""
    return any(token.sort == "sign" and token.text in "+,;\n" for token in between) and between[-1].sort == "number"


def _are_metres(repeated: Token) -> bool:
    """Whether a number without a unit that is repeated counts metres of the track: "6 x 100"."""
    return repeated.sort == "number" and repeated.low >= SHORTEST_METRES
