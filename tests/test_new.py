"""`planner new`: at most eight questions, a commented case file, its plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from planner.case.file import read_case
from planner.commands.new import Options, run
from planner.editing.new_case_questions import questions
from planner.errors import InputError
from planner.rulebook.file import shipped_rulebook

TODAY = date(2026, 11, 23)


def answering(*answers: str) -> Callable[[str], str]:
    """Return a person who gives some answers, one after the other, and then no more."""
    left: Iterator[str] = iter(answers)

    def ask(_: str) -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return ask


def test_at_most_eight_questions_are_asked() -> None:
    """Nobody is asked more than eight questions, and each has a default that it understands."""
    asked = questions(shipped_rulebook(), "Europe/Berlin", TODAY, "which {}, {}?".format)
    assert len(asked) <= 8
    for question in asked:
        question.understand(question.default)


def test_enter_on_every_question_makes_a_case_that_plans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The defaults alone make a case file with remarks, and its plan is shown."""
    file = tmp_path / "me.toml"
    assert run(Options(file=file, today=TODAY), answering(*[""] * 6, "Europe/Berlin")) == 0
    case = read_case(file, shipped_rulebook())
    assert ("plantar_fascia", "moderate") == (case.injury[0].region, case.injury[0].severity)
    assert "# a week holds these, the most important first" in file.read_text(encoding="utf-8")
    assert "Easy run" in capsys.readouterr().out


def test_the_answers_are_what_the_case_says(tmp_path: Path) -> None:
    """Everyday answers become the rulebook's names, dates and numbers."""
    file = tmp_path / "me.toml"
    answers = ("Ana", "calf", "mild", "needling, soleus", "2026-11-24 09:30", "4, 1, 0", "6:15-7:00", "America/Lima")
    assert run(Options(file=file, today=TODAY), answering(*answers)) == 0
    case = read_case(file, shipped_rulebook())
    (treatment,) = case.treatments
    assert ("Ana", "America/Lima") == (case.name, case.timezone)
    assert ("dry_needling", "calf", "2026-11-24 09:30:00") == (treatment.kind, treatment.region, str(treatment.start))
    assert (4, 1, 0) == (case.goals.runs, case.goals.bikes, case.goals.upper_body)
    assert "06:15-07:00" == str(case.availability.on(TODAY)[0])


def test_whole_sentences_are_understood(tmp_path: Path) -> None:
    """Small words do not count, of several names of a part the one that means nothing else does."""
    file = tmp_path / "me.toml"
    answers = ("Ana", "my heel, plantar fasciitis", "mild", "needling in my left calf", "tuesday 9:30")
    rest = ("3,2,2", "mornings", "Munich")
    assert run(Options(file=file, today=date(2026, 11, 21)), answering(*answers, *rest)) == 0
    case = read_case(file, shipped_rulebook())
    (treatment,) = case.treatments
    assert ("plantar_fascia", None) == (case.injury[0].region, case.injury[0].ambiguous)
    assert ("dry_needling", "calf", "left") == (treatment.kind, treatment.region, treatment.side)
    assert ("2026-11-24 09:30:00", "Europe/Berlin") == (str(treatment.start), case.timezone)


def test_a_place_that_is_not_there_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    """Who has answered eight questions does not want to hear that there is no such folder."""

    def ask(_: str) -> str:
        pytest.fail("asked")

    with pytest.raises(InputError, match="there is no folder"):
        run(Options(file=tmp_path / "none" / "me.toml", today=TODAY), ask)


def test_a_wrong_answer_is_asked_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A near miss is answered with the nearest names, and the question comes again."""
    answers = ("Me", "heeel", "heel", "heel", "", "", "3 2 2", "", "Europe/Berlin")
    assert run(Options(file=tmp_path / "me.toml", today=TODAY), answering(*answers)) == 0
    assert '"heeel" is no region; did you mean "heel"' in capsys.readouterr().err


@pytest.mark.parametrize("given", [0, 3, 6])
def test_no_more_answers_leave_no_file(given: int, tmp_path: Path) -> None:
    """Where the answers end, at any question, nothing is written."""
    file = tmp_path / "me.toml"
    with pytest.raises(InputError, match="no answer came; nothing was written"):
        run(Options(file=file, today=TODAY), answering(*[""] * given))
    assert not file.exists()


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    """A case file that exists is not asked about, let alone written over."""
    file = tmp_path / "me.toml"
    file.write_text("precious", encoding="utf-8")
    with pytest.raises(InputError, match="exists already"):
        run(Options(file=file, today=TODAY), answering())
    assert "precious" == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ['O"Neil \\ Söhne', "李雷", "a 'b' c"])
def test_any_name_survives_the_file(name: str, tmp_path: Path) -> None:
    """Quotes, backslashes and other scripts in a name are written so that they are read back."""
    file = tmp_path / "me.toml"
    assert run(Options(file=file, today=TODAY), answering(name, "", "", "", "", "", "Europe/Berlin")) == 0
    assert name == read_case(file, shipped_rulebook()).name
