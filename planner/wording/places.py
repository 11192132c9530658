"""Places as words: what an ambiguous name was taken as, what else it may be, and what tells a bone."""

from __future__ import annotations

from planner.errors import one_of
from planner.rulebook.model import Rulebook
from planner.wording.english import small


def other_readings(word: str, rulebook: Rulebook) -> str:
    """Return the other parts of the body that an ambiguous name may mean, given by its key."""
    others = rulebook.ambiguous_names[word].could_be
    return one_of(small(rulebook.regions[region].name) for region in others)


def ambiguity_sentence(word: str, rulebook: Rulebook) -> str:
    """Return what an ambiguous name was taken as, how to say otherwise, and the question that tells a bone."""
    entry = rulebook.ambiguous_names[word]
    region = rulebook.regions[entry.means]
    spoken = word.replace("_", " ")
    return (
        f'Taken for granted: "{spoken}" means {small(region.name)} ({region.tissue}). '
        f"It may also be {other_readings(word, rulebook)}: "
        f"write that as the region if you know, for it may change much. {entry.question}"
    )


def which_place(word: str, answer: str, rulebook: Rulebook) -> str:
    """Return how to ask which part of the body an ambiguous answer means."""
    entry = rulebook.ambiguous_names[word]
    taken = small(rulebook.regions[entry.means].name)
    return (
        f'"{answer}" may be {taken}, {other_readings(word, rulebook)}. {entry.question} '
        f'Write which it is, or "{answer}" again if you do not know'
    )
