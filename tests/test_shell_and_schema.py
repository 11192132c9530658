"""What shells, `man` and editors know: made from the program itself, and made anew whenever that changes."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import jsonschema_rs
import pytest
import tomli

from docs import make_schema, make_shell
from tests.readme import ROOT, blocks

BASH = shutil.which("bash") or ""
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))


@pytest.mark.parametrize(("name", "text"), list(make_shell.files()), ids=lambda value: value[:12])
def test_what_a_shell_knows_is_what_the_program_takes(name: str, text: str) -> None:
    """`python -m docs.make_shell` was run after the last change of an argument."""
    assert text == (make_shell.FOLDER / name).read_text(encoding="utf-8")


def test_an_installed_package_brings_what_shells_and_man_know() -> None:
    """They were written when it was built (`hatch_build.py`), from the parser that is in it."""
    try:
        installed = distribution("post-treatment-planner")
    except PackageNotFoundError:
        pytest.skip("nothing is installed")
    shared = [file for file in installed.files or () if "share" in file.parts]
    if not shared:
        pytest.skip("it is installed from a checkout")
    texts = [Path(file.locate()).read_text(encoding="utf-8") for file in shared]
    assert sorted(text for _, text in make_shell.files()) == sorted(texts)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["planner", "trea"], {"treat", "treatments"}),
        (["planner", "why", "--form"], {"--format"}),
        (["planner", "why", "--format", ""], {"text", "json"}),
    ],
)
@pytest.mark.skipif(not BASH, reason="needs bash")
def test_bash_completes_commands_options_and_choices(words: list[str], expected: set[str]) -> None:
    """As somebody types them."""
    typed = " ".join(f"'{word}'" for word in words)
    script = f"source '{make_shell.FOLDER}/planner.bash'; COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _planner; "
    done = subprocess.run(
        [BASH, "-c", f'{script}printf "%s\\n" "${{COMPREPLY[@]}}"'], capture_output=True, text=True, check=True
    )
    assert expected == set(done.stdout.split())


def test_the_published_schema_is_that_of_the_program() -> None:
    """`python -m docs.make_schema` was run after the last change of the case's models."""
    assert make_schema.text() == make_schema.FILE.read_text(encoding="utf-8")


def refused(text: str) -> bool:
    """Return whether the schema refuses a case."""
    data = json.loads(json.dumps(tomli.loads(text), default=lambda moment: moment.isoformat()))
    return not jsonschema_rs.is_valid(make_schema.schema(), data)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_schema_takes_every_example(file: Path) -> None:
    """What planner reads, an editor does not underline."""
    assert not refused(file.read_text(encoding="utf-8"))


def test_the_schema_takes_all_that_a_case_may_say_and_refuses_what_it_may_not() -> None:
    """The whole case of `docs/case-file.md`, but no misspelled key and no number out of range."""
    text = blocks("toml", "docs/case-file.md")[0]
    assert not refused(text)
    assert refused(f"{text}\n[goal]\nruns = 3\n")
    assert refused(text.replace("rest_days = 1", "rest_days = 8"))
