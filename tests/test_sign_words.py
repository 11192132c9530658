"""Words for danger signs and whatever else has names: in any order, with any ending, and never waved away."""

from __future__ import annotations

import pytest

from planner import shipped_rulebook
from planner.rulebook.names import slips_between, word_stem, words_of

RULEBOOK = shipped_rulebook()
NAMES = RULEBOOK.names


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("my calf is throbbing", "swollen_calf"),
        ("throbs in the thigh", "swollen_calf"),
        ("one leg is swelling", "swollen_calf"),
        ("Chest hurts", "chest_pain"),
        ("chest-pain", "chest_pain"),
        ("heart is racing", "palpitations"),
        ("can't pee", "bladder_or_bowel_change"),
        ("knee red", "hot_joint"),
        ("my arm feels numb", "numb_arm"),
        ("vision was blurred", "double_vision"),
        ("calf pain", "calf_pain"),
        ("cannot do up my buttons", "clumsy_hands"),
        ("charley horse that will not go away", "lasting_calf_cramp"),
        ("calf cramp that doesn\u2019t ease", "lasting_calf_cramp"),
    ],
)
def test_the_order_of_words_and_their_endings_do_not_matter(words: str, sign: str) -> None:
    """People write sentences, and the rulebook has names."""
    assert sign == NAMES.find("signs", words)


@pytest.mark.parametrize("words", ["no chest pain", "cold", "leg", "pain", "ringing ears", "knee pain"])
def test_what_is_not_the_same_is_not_taken_for_it(words: str) -> None:
    """A "no" turns a meaning round, and half a name is none."""
    assert NAMES.find("signs", words) is None


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("chest feels odd", "chest"),
        ("red eye and hot knee", "hot knee"),
        ("feever", "fever"),
        ("throbing clf", "throbbing calf"),
    ],
)
def test_near_words_are_offered(words: str, offered: str) -> None:
    """A shared word that few signs have, all of a name's words, or a slip of the finger."""
    assert any(offered in name.casefold() for name in NAMES.sign_words.near(words))


@pytest.mark.parametrize("words", ["cold", "ringing ears", "zingy", "tired"])
def test_words_that_only_look_alike_are_not_offered(words: str) -> None:
    """Cold is not "collapsed": nothing is offered that shares no word."""
    assert all(words_of(words) & words_of(name) for name in NAMES.sign_words.near(words))


@pytest.mark.parametrize(
    ("one", "other"), [("throbbing", "throbs"), ("numbness", "numb"), ("dizziness", "dizzy"), ("swollen", "swelling")]
)
def test_endings_are_taken_off(one: str, other: str) -> None:
    """Two forms of a word are one."""
    assert word_stem(one) == word_stem(other)


def test_every_everyday_name_is_found() -> None:
    """Each name of each sign leads to that sign, and to no other."""
    for sign, names in NAMES.signs.items():
        assert {sign} == {NAMES.find("signs", name) for name in names}


@pytest.mark.parametrize(
    ("what", "words"),
    [
        *(
            ("workouts", words)
            for words in ("surfing", "snowboarding", "kayaking", "boxing", "judo", "golf", "fencing")
        ),
        *(("treatments", words) for words in ("hokas", "physiotherapy", "sclerotherapy", "piercing", "PIT", "PEMF")),
        *(("regions", words) for words in ("skin", "sciatic nerve", "instep", "plantaris")),
        *(("illnesses", words) for words in ("asthma", "malaria", "monkeypox", "gastroenteritis", "measles")),
        *(("signs", words) for words in ("concussion", "blue toes", "black toenail", "hot shin", "fuzzy head")),
    ],
)
def test_nothing_is_offered_for_what_only_looks_alike(what: str, words: str) -> None:
    """Surfing is no rowing, and a shared colour or part of the body is no shared meaning."""
    assert NAMES.find(what, words) is None
    assert [] == NAMES.near(what, words)


@pytest.mark.parametrize(
    ("what", "words", "offered"),
    [
        ("workouts", "eliptical", "elliptical"),
        ("workouts", "push-ups!", "push ups"),
        ("workouts", "nordic walking", "walk"),
        ("workouts", "pole dance", "dancing"),
        ("treatments", "acupunture", "acupuncture"),
        ("treatments", "dry needeling", "dry needling"),
        ("treatments", "chiro", "chiropractic"),
        ("treatments", "kinesiotape", "kinesio tape"),
        ("regions", "ankel", "ankle"),
        ("regions", "heel spur", "heel"),
        ("regions", "pinky toe", "toe"),
        ("illnesses", "tonsilitis", "tonsillitis"),
        ("signs", "pain and tingling", "tingling"),
    ],
)
def test_what_shares_a_meaning_or_is_mistyped_is_offered(what: str, words: str, offered: str) -> None:
    """One word is the other with a slip of the finger, or with more said; a name may be begun, or written in one."""
    assert offered == NAMES.near(what, words.rstrip("!"))[0]


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("feever", "fever", 1),
        ("ankel", "ankle", 1),
        ("plantar facitis", "plantar fasciitis", 2),
        ("hamstrimg", "hamstring", 2),
        ("throbing clf", "throbbing calf", 2),
        ("concussion", "convulsion", None),
        ("skin", "shin", None),
        ("fever", "fever", None),
        ("lever", "fever", None),
    ],
)
def test_slips_of_the_finger_are_few(one: str, other: str, slips: int | None) -> None:
    """A letter too many, too few or in its neighbour's place is one slip, another letter two; more is another word."""
    assert slips == slips_between(one, other)


@pytest.mark.parametrize(
    ("name", "goals"),
    [
        ("cycling", ["bikes"]),
        ("rides", ["bikes"]),
        ("padel", ["team_sports"]),
        ("weights", ["lower_body"]),
        ("spinning class", ["spin_classes"]),
        ("hikess", ["hikes"]),
        ("surfing", []),
        ("kayaking", []),
    ],
)
def test_a_goal_is_offered_for_what_it_asks_for(name: str, goals: list[str]) -> None:
    """Whoever writes a workout, or what people call one, under [goals] is told which goal that is."""
    assert goals == RULEBOOK.goals_meant(name)
