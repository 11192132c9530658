"""Change the program in small ways and see which changes no test notices.

    python -m tests.mutants map                 # which test runs which line: once, about as long as the suite
    python -m tests.mutants map tests/test_x.py # those of a file anew; what is known of the others stays
    python -m tests.mutants run --sample 300    # that many changes, drawn anew with each --seed
    python -m tests.mutants run --sample 300 --whole    # what lives is tried again with all tests of its line
    python -m tests.mutants run --file limits/progress.py --sample 40
    python -m tests.mutants run --here planner/limits/progress.py:42:3   # one of them again

A mutant is one function with one operator, number, condition or statement changed. It is tried in a forked process:
the function's code is exchanged where it stands, and the tests that run its line are run, those first that run little
else. What lives is printed as a patch of one line, to be read: either a test is missing, or the code is not needed, or
the two mean the same.

The quick pass stops after half a minute of tests and leaves the slow ones out, so it finds less than the suite does,
which everybody runs whole. With `--whole` a mutant that lives is tried again with every test of its line, and with the
slow tests that draw cases. What still lives is alive; both figures are printed.
"""

from __future__ import annotations

import argparse
import ast
import copy
import difflib
import functools
import gc
import importlib
import io
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

import pytest

HOUSE = Path(__file__).parents[1]
MAP = HOUSE / ".mutants.json"
CORE = ("appointments", "calendars", "candidates", "case", "limits", "revision", "scheduling", "search", "what_if")
WITH_SERVERS = ("calendars/sync/dav.py", "calendars/sync/push.py", "calendars/sync/server.py")
"""What only tests with servers run: they are tried at each of its requests, and are no part of the sample."""
MOST_SECONDS = 30.0
"""The tests of one mutant take no longer together: of those that run its line the ones that run little else."""
FEW_FILES = 40
"""A test that runs no more files of the program is about these."""
LONGEST = 60
LONGEST_WHOLE = 3600
"""Seconds of the processor after which a mutant that runs for ever is dead, in the quick pass and with all tests."""
SLOW = (
    "test_every_window", "test_living_machine", "test_questions_living", "test_bans_over_weeks", "test_bans_properties",
    "test_properties", "test_log_properties", "test_bending_exact",
)  # fmt: skip
"""Tests that draw cases for minutes, where many small tests notice as much: only `--whole` runs them."""
LEFT_OUT = (
    "test_sync_server", "test_sync_failures", "test_command_sync", "test_terminal", "test_what_breaks",
    "test_browser", "test_web", "test_page", "test_private",
    "test_house", "test_readme", "test_guide", "test_shell_and_schema", "test_evidence", "test_lowest",
    "test_fuzz", *SLOW,
)  # fmt: skip
"""Tests that need servers, browsers and processes, look at the source or the evidence, or are slow: they are not in the
map, and but for the slow ones a mutant that only these would notice counts as alive."""
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
}  # fmt: skip
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}


class Mutant(NamedTuple):
    """Name one change: the file, the line, and the how-manieth of its line."""

    file: str
    line: int
    number: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.number}"


def changes(node: ast.AST) -> Iterator[Callable[[Any], ast.AST | None]]:
    """Yield the ways to change a node; each takes a copy of it and returns what stands in its place."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARISONS:
            yield lambda one: ast.Compare(one.left, [COMPARISONS[type(one.ops[0])]()], one.comparators)
        case ast.BoolOp(op=op):
            yield lambda one: ast.BoolOp(ast.Or() if isinstance(one.op, ast.And) else ast.And(), one.values)
            yield lambda one: ast.BoolOp(one.op, one.values[1:]) if len(one.values) > 2 else one.values[1]
        case ast.UnaryOp(op=ast.Not()):
            yield lambda one: one.operand
        case ast.BinOp(op=op) if type(op) in SUMS and not isinstance(node.left, ast.Constant | ast.JoinedStr):
            yield lambda one: ast.BinOp(one.left, SUMS[type(one.op)](), one.right)
        case ast.Constant(value=bool()):
            yield lambda one: ast.Constant(not one.value)
        case ast.Constant(value=int()):
            yield lambda one: ast.Constant(one.value + 1)
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            yield lambda one: ast.Call(ast.Name(CALLS[one.func.id], ast.Load()), one.args, one.keywords)
        case ast.IfExp():
            yield lambda one: one.body
            yield lambda one: one.orelse
        case ast.If() | ast.While():
            yield lambda one: type(one)(ast.UnaryOp(ast.Not(), one.test), one.body, one.orelse)
        case ast.Continue():
            yield lambda _: ast.Break()
        case ast.Break() | ast.AugAssign() | ast.Expr(value=ast.Call()):
            yield lambda _: ast.Pass()
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            yield lambda _: ast.Return(ast.Constant(None))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Yield the functions of a module, and the methods of its classes."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node)


def targets(tree: ast.AST) -> list[tuple[ast.FunctionDef, ast.AST, int, Callable[[Any], ast.AST | None]]]:
    """Return every change of a module: its function, its node, its number within the line, and what it does."""
    found = []
    counts: dict[int, int] = {}
    for function in functions(tree):
        # Annotations say nothing at run time, and a default is set when the module is loaded.
        annotations = {id(part) for node in ast.walk(function) for part in _annotations(node)}
        annotations |= {id(part) for part in ast.walk(function.args)}
        for node in ast.walk(function):
            line = getattr(node, "lineno", 0)
            if id(node) in annotations:
                continue
            for change in changes(node):
                counts[line] = counts.get(line, -1) + 1
                found.append((function, node, counts[line], change))
    return found


def _annotations(node: ast.AST) -> Iterator[ast.AST]:
    for name in ("annotation", "returns"):
        part = getattr(node, name, None)
        if part is not None:
            yield from ast.walk(part)


def changed(source: str, mutant: Mutant) -> tuple[ast.FunctionDef, ast.Module, str, str] | None:
    """Return the function of a mutant, the changed module, and the line before and after; None where there is none."""
    tree = ast.parse(source)
    for function, node, number, change in targets(tree):
        if getattr(node, "lineno", 0) == mutant.line and number == mutant.number:
            before = ast.unparse(node).split("\n")[0]
            new: Any = change(copy.deepcopy(node))

            class Replace(ast.NodeTransformer):
                def visit(self, one: ast.AST) -> Any:
                    return ast.copy_location(new, one) if one is node else super().generic_visit(one)  # noqa: B023

            module = ast.fix_missing_locations(Replace().visit(tree))
            return function, module, before, ast.unparse(new).split("\n")[0]
    return None


def _code(code: CodeType, name: str, line: int) -> CodeType | None:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            first = min((one for *_, one in constant.co_lines() if one), default=0)
            if (
                constant.co_name == name
                and abs(constant.co_firstlineno - line) <= 10
                and first >= constant.co_firstlineno
            ):
                return constant
            if (found := _code(constant, name, line)) is not None:
                return found
    return None


class Loaded(NamedTuple):
    """Hold the functions of the program by their file, name and first line, and what remembers results."""

    functions: dict[tuple[str, str, int], FunctionType]
    caches: list[Any]

    @classmethod
    def now(cls) -> Loaded:
        """Return what is loaded; what the rulebook's readers remember stays, for none of them is changed."""
        everything = gc.get_objects()
        functions = {
            (each.__code__.co_filename, each.__code__.co_name, each.__code__.co_firstlineno): each
            for each in everything
            if isinstance(each, FunctionType)
        }
        kept = ("planner.rulebook", "tests.")
        caches = [
            each
            for each in everything
            if isinstance(each, functools._lru_cache_wrapper) and not each.__module__.startswith(kept)  # noqa: SLF001
        ]
        return cls(functions, caches)

    def exchange(self, function: ast.FunctionDef, tree: ast.Module, file: Path) -> bool:
        """Exchange the code of a function where it stands, for all that have imported it; False where it is not."""
        first = min([function.lineno, *(each.lineno for each in function.decorator_list)])
        new = _code(compile(tree, str(file), "exec"), function.name, first)
        old = self.functions.get((str(file), function.name, first))
        if old is None or new is None or len(old.__code__.co_freevars) != len(new.co_freevars):
            return False
        old.__code__ = new
        for each in self.caches:
            each.cache_clear()
        return True


def tried(mutant: Mutant, tests: Sequence[str], loaded: Loaded, longest: int) -> str:
    """Try a mutant in this process, and return whether it is `dead`, `alive`, or `none` at all.

    Args:
        mutant: The change.
        tests: What pytest is told to run, in this order.
        loaded: The functions of the program, one of which is exchanged.
        longest: The seconds of the processor after which the mutant is dead.

    """
    file = HOUSE / mutant.file
    found = changed(file.read_text(encoding="utf-8"), mutant)
    if found is None:
        return "none"
    function, tree, *_ = found
    try:
        if not loaded.exchange(function, tree, file):
            return "none"
    except (SyntaxError, ValueError):
        return "none"
    # Time of the processor, for a machine that is busy with something else kills nobody; what only waits ends too.
    signal.setitimer(signal.ITIMER_PROF, longest)
    signal.alarm(10 * longest)
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        status = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--tb=no", *tests])
    return {pytest.ExitCode.OK: "alive", pytest.ExitCode.TESTS_FAILED: "dead"}.get(pytest.ExitCode(status), "none")


def forked(mutant: Mutant, tests: Sequence[str], loaded: Loaded, longest: int) -> str:
    """Try a mutant in a process of its own.

    Args:
        mutant: The change.
        tests: What pytest is told to run, in this order.
        loaded: The functions of the program, one of which is exchanged.
        longest: The seconds of the processor after which the mutant is dead.

    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        said = "dead"
        with suppress(BaseException):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            said = tried(mutant, tests, loaded, longest)
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said or "dead"


class _Mapper:
    """Note which test runs which line, and how long it takes."""

    def __init__(self) -> None:
        from coverage import Coverage  # noqa: PLC0415 (only the map needs it)

        self.coverage = Coverage(data_file=None, source=[str(HOUSE / "planner")], config_file=False)
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Run one test in a context of its own."""
        self.coverage.switch_context(item.nodeid)
        begin = time.perf_counter()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.perf_counter() - begin
            self.coverage.switch_context("")


def make_map(arguments: Sequence[str]) -> None:
    """Run the suite once, or some test files of it, and write which test runs which line."""
    mapper = _Mapper()
    mapper.coverage.start()
    left_out = [] if arguments else [f"--ignore-glob=*/{name}*.py" for name in LEFT_OUT]
    os.environ.setdefault("HYPOTHESIS_PROFILE", "short")
    pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *left_out, *arguments], plugins=[mapper])
    mapper.coverage.stop()
    data = mapper.coverage.get_data()
    known = read_map() if MAP.exists() and arguments else Known({}, {}, {})
    anew = {test.partition("::")[0] for test in mapper.seconds}
    seconds = {test: took for test, took in known.seconds.items() if test.partition("::")[0] not in anew}
    lines = {
        file: {line: [test for test in tests if test in seconds] for line, tests in by_line.items()}
        for file, by_line in known.lines.items()
    }
    for path in data.measured_files():
        of_file = lines.setdefault(str(Path(path).relative_to(HOUSE)), {})
        for line, tests in data.contexts_by_lineno(path).items():
            of_file.setdefault(line, []).extend(test for test in tests if test)
    seconds |= mapper.seconds
    numbers = {test: number for number, test in enumerate(seconds)}
    MAP.write_text(
        json.dumps(
            {
                "seconds": list(seconds.items()),
                "lines": {
                    file: {line: [numbers[test] for test in tests] for line, tests in by_line.items()}
                    for file, by_line in lines.items()
                },
                "sources": {
                    file: (HOUSE / file).read_text(encoding="utf-8") for file in lines if (HOUSE / file).exists()
                },
            }
        )
    )


class Known(NamedTuple):
    """Hold how long each test takes, the tests that run each line of each file, and how many files each test runs."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]
    breadths: Mapping[str, int]


def read_map() -> Known:
    """Return what the map says, its lines where they stand by now: what was changed since is in nobody's trace."""
    written = json.loads(MAP.read_text())
    tests = [test for test, _ in written["seconds"]]
    lines = {}
    for file, by_line in written["lines"].items():
        if not (HOUSE / file).exists():
            continue
        then, now = (
            text.split("\n") for text in (written["sources"][file], (HOUSE / file).read_text(encoding="utf-8"))
        )
        moved = {
            old + step + 1: new + step + 1
            for old, new, size in difflib.SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks()
            for step in range(size)
        }
        lines[file] = {
            moved[int(line)]: [tests[number] for number in numbers]
            for line, numbers in by_line.items()
            if int(line) in moved
        }
    tests_of_files = ({test for tests in by_line.values() for test in tests} for by_line in lines.values())
    breadths = Counter(test for tests in tests_of_files for test in tests)
    return Known(dict(written["seconds"]), lines, breadths)


def all_mutants(files: Sequence[str], lines: Mapping[str, Any]) -> list[Mutant]:
    """Return every mutant of the core, or of some files, in lines that some test runs or none."""
    found = []
    for room in CORE:
        for path in sorted((HOUSE / "planner" / room).rglob("*.py")):
            file = str(path.relative_to(HOUSE))
            if (files and not any(each in file for each in files)) or file not in lines:
                continue
            if file.endswith(WITH_SERVERS):
                continue
            for function, node, number, _ in targets(ast.parse(path.read_text(encoding="utf-8"))):
                # What ran, but in no test, ran while a module was loaded: to exchange it, or what it returned then,
                # changes nothing.
                if all(lines[file].get(each.lineno) != [] for each in function.body):
                    found.append(Mutant(file, getattr(node, "lineno", 0), number))
    return sorted(set(found))


def tests_of(mutant: Mutant, known: Known, most_seconds: float) -> list[str]:
    """Return the tests that run a mutant's line, those that are about it first, as many as there is time for."""
    lines = known.lines.get(mutant.file, {})
    # A jump (`continue`) and the second line of an expression are in nobody's trace: what ran just before is.
    ran = (lines.get(line) for line in range(mutant.line, mutant.line - 4, -1))
    near: list[str] = next(filter(None, ran), [])
    chosen: list[str] = []
    spent = 0.0
    # Three of each function's parameters first: what they do not notice, most of the others do not. Before the rest
    # those that run a small part of the program, for they are about it; then three of each file in turn.
    like: Counter[str] = Counter()
    turns = []
    for test in sorted(near, key=lambda test: known.seconds[test]):
        file, name, broad = test.partition("::")[0], test.partition("[")[0], known.breadths[test] > FEW_FILES
        turns.append((like[name] // 3, broad, like[file] // 3 if broad else 0, known.seconds[test], test))
        like.update((name, file))
    for *_, test in sorted(turns):
        spent += known.seconds[test]
        if chosen and spent > most_seconds:
            break
        chosen.append(test)
    return chosen


def load_program(known: Known) -> Loaded:
    """Load the tests and the core, once for all mutants."""
    os.environ.setdefault("HYPOTHESIS_PROFILE", "short")
    files = sorted({test.partition("::")[0] for test in known.seconds})
    with redirect_stdout(io.StringIO()):
        pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *files])
    for room in CORE:
        for path in (HOUSE / "planner" / room).rglob("*.py"):
            importlib.import_module(".".join(path.relative_to(HOUSE).with_suffix("").parts))
    return Loaded.now()


def main() -> int:
    """Make the map, or try mutants and say which live."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("what", choices=("map", "run"))
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--file", action="append", default=[])
    parser.add_argument("--here", action="append", default=[])
    parser.add_argument("--whole", action="store_true", help="try what lives again, with all tests of its line")
    parser.add_argument("tests", nargs="*")
    asked = parser.parse_args()
    if asked.what == "map":
        make_map(asked.tests)
        return 0
    known = read_map()
    mutants = all_mutants(asked.file, known.lines)
    random.Random(asked.seed).shuffle(mutants)  # noqa: S311 (a sample, no secret)
    if asked.here:
        wanted = [each.rsplit(":", 2) for each in asked.here]
        mutants = [Mutant(file, int(line), int(number)) for file, line, number in wanted]
    loaded = load_program(known)
    slow = [f"tests/{name}.py" for name in SLOW]
    counts = {"dead": 0, "alive": 0, "unrun": 0}
    died_later = 0
    for mutant in mutants:
        if sum(counts.values()) == asked.sample:
            break
        tests = tests_of(mutant, known, MOST_SECONDS)
        said = forked(mutant, tests, loaded, LONGEST) if tests else "unrun"
        if said == "none":
            continue
        counts[said] += 1
        if sum(counts.values()) % 25 == 0:
            print(f"({sum(counts.values())} tried)", file=sys.stderr, flush=True)
        if said != "dead" and asked.whole:
            every_test = [*tests_of(mutant, known, float("inf")), *slow]
            if forked(mutant, every_test, loaded, LONGEST_WHOLE) == "dead":
                died_later += 1
                continue
        if said != "dead":
            found = changed((HOUSE / mutant.file).read_text(encoding="utf-8"), mutant)
            text = f"{found[2]}  ->  {found[3]}" if found else ""
            print(f"{said}: {mutant}  {text}", flush=True)
    tried_all = sum(counts.values())
    print(f"{counts['dead']} of {tried_all} died ({counts['dead'] / max(tried_all, 1):.1%}); {counts}")
    if asked.whole:
        died = counts["dead"] + died_later
        print(f"With every test of its line {died} of {tried_all} died ({died / max(tried_all, 1):.1%})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
