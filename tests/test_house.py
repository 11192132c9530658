"""The house: imports go down only, the middle is pure, and no room grows past what one holds in the head."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import planner

pytestmark = pytest.mark.once

HOUSE = Path(planner.__file__).parent
FLOORS = (
    ["errors", "clock", "dates", "validation", "models", "files", "terminal"],
    ["titles"],
    ["rulebook"],
    ["case"],
    ["editing"],
    ["appointments"],
    ["limits"],
    ["revision"],
    ["candidates"],
    ["dose"],
    ["search"],
    ["results"],
    ["wording"],
    ["scheduling"],
    ["bending"],
    ["what_if"],
    ["planning"],
    ["calendars"],
    ["show"],
    ["page"],
    ["web"],
    ["arguments"],
    ["parsers"],
    ["commands"],
    ["cli"],
    ["__init__", "__main__"],
)
"""The rooms from the ground up: each may use those below it, and itself."""
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
PURE = (
    "titles",
    "rulebook",
    "case",
    "editing",
    "appointments",
    "limits",
    "revision",
    "candidates",
    "dose",
    "search",
    "results",
    "wording",
)
PURE_TOO = ("scheduling", "bending", "what_if", "planning", "models", "clock", "dates", "errors", "validation")
EDGES = {"titles.file", "rulebook.file", "rulebook.reading.reader", "rulebook.reading.kept", "case.file"}
"""The doors of inner rooms: they read files, and nothing in the middle uses them."""
IMPURE = {
    *("os", "pathlib", "io", "tempfile", "shutil", "glob", "socket", "ssl", "http", "urllib", "subprocess", "random"),
    *("secrets", "uuid", "time", "sys", "getpass", "tzlocal", "rich", "caldav", "keyring", "planner.files"),
}
LARGEST_MODULE_LINES, MOST_FLOORS = 330, 15
LEAST_MODULES, MOST_MODULES, MOST_ON_THE_GROUND = 4, 9, 12
MAY_HAVE_MORE = {"commands"}


def name_of(path: Path) -> str:
    """Return a module's name below `planner`: `limits.rule_windows`."""
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


MODULES = {name_of(path): path for path in sorted(HOUSE.rglob("*.py"))}
PACKAGES = sorted({path.parent for path in MODULES.values() if path.parent != HOUSE})


@cache
def imports(module: str) -> tuple[str, ...]:
    """Return the modules that a module imports anywhere, those of the house by their name below `planner`."""
    used: list[str] = []
    for node in ast.walk(ast.parse(MODULES[module].read_text())):
        if isinstance(node, ast.Import):
            used += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            used += [name if name.removeprefix("planner.") in MODULES else node.module for name in names]
    return tuple(dict.fromkeys(used))


def inside(module: str) -> list[str]:
    """Return the modules of the house that a module imports, by their name below `planner`."""
    names = [name.removeprefix("planner.") for name in imports(module) if name.split(".")[0] == "planner"]
    return [name for name in names if name in MODULES and name != module]


def room(module: str) -> str:
    """Return the room that a module stands in."""
    return module.split(".", maxsplit=1)[0]


def test_every_module_stands_in_a_room_of_the_plan() -> None:
    """A new room is given its floor in this test before anything moves in."""
    assert {room(module) for module in MODULES} <= set(FLOOR)


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down_only(module: str) -> None:
    """No module imports from a higher floor, also not inside a function."""
    if module == "__init__":
        return  # The front door shows what stands in every room.
    assert [name for name in inside(module) if FLOOR[room(name)] > FLOOR[room(module)]] == []


@cache
def depth(name: str) -> int:
    """Return the floor that a room stands on by its imports: one above the highest of those it uses."""
    used = {room(found) for module in MODULES if room(module) == name for found in inside(module)} - {name}
    return 1 + max(map(depth, used), default=0)


def test_the_house_has_at_most_fifteen_floors() -> None:
    """A room is a package, or a module on the ground, however many modules it holds; the longest chain is this long."""
    assert max(depth(name) for name in map(room, MODULES)) <= MOST_FLOORS


def circles(module: str) -> Iterator[list[str]]:
    """Yield a way of imports from a module back to itself, if there is one."""
    ways, known = [[name, module] for name in inside(module)], {module}
    while ways:
        way = ways.pop()
        if way[0] == module:
            yield way
            return
        if way[0] not in known:
            known.add(way[0])
            ways += [[name, *way] for name in inside(way[0])]


@pytest.mark.parametrize("module", MODULES)
def test_no_imports_go_in_a_circle(module: str) -> None:
    """No module imports itself by way of others, also not inside a function."""
    assert list(circles(module)) == []


@pytest.mark.parametrize("module", [name for name in MODULES if room(name) in (*PURE, *PURE_TOO)])
def test_the_middle_asks_for_nothing_outside(module: str) -> None:
    """From the rulebook to what if nothing opens a file, asks a clock, a network, a terminal or chance."""
    if module in EDGES:
        return
    used = {name for name in imports(module) if name in IMPURE or name.split(".")[0] in IMPURE}
    edges = {name for name in inside(module) if name in EDGES}
    assert used | edges == set()


@pytest.mark.parametrize("module", [name for name in MODULES if room(name) in (*PURE, *PURE_TOO)])
def test_the_middle_calls_nothing_that_asks_the_outside(module: str) -> None:
    """No `open`, `print`, `input`, `now` or `today` is called in the middle: they are arguments."""
    if module in EDGES:
        return
    calls = [node.func for node in ast.walk(ast.parse(MODULES[module].read_text())) if isinstance(node, ast.Call)]
    names = {call.id for call in calls if isinstance(call, ast.Name)} & {"open", "print", "input"}
    methods = {call.attr for call in calls if isinstance(call, ast.Attribute)} & {"now", "utcnow", "today"}
    assert names | methods == set()


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_larger_than_one_holds_in_the_head(module: str) -> None:
    """A module has at most 330 lines."""
    assert len(MODULES[module].read_text().splitlines()) <= LARGEST_MODULE_LINES


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_a_package_holds_a_handful_of_modules_and_says_what(package: Path) -> None:
    """A package has 4 to 9 modules and packages, and its `__init__` is one sentence."""
    rooms = [path for path in package.iterdir() if path.suffix == ".py" and path.stem != "__init__"]
    rooms += [path for path in package.iterdir() if (path / "__init__.py").exists()]
    sentence = (package / "__init__.py").read_text().strip()
    most = len(rooms) if package.name in MAY_HAVE_MORE else MOST_MODULES
    assert LEAST_MODULES <= len(rooms) <= most
    assert sentence.startswith('"""')
    assert sentence.count('"""') == 2
    assert sentence.endswith('."""')


def test_few_modules_stand_on_the_ground() -> None:
    """At most twelve modules stand directly in `planner/`, the two doors among them."""
    assert len(list(HOUSE.glob("*.py"))) <= MOST_ON_THE_GROUND


def named_in_architecture() -> list[str]:
    """Return what `docs/architecture.md` names with a slash: modules, functions in them, files of the checkout."""
    text = (HOUSE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"`([\w*]+/[\w*./]*\w)`", text)))


def stands_there(name: str) -> bool:
    """Return whether a module, a folder, a file or a function in a module has a name such as `search/solve.solve`."""
    if any((folder / name).exists() for folder in (HOUSE, HOUSE.parent)):
        return True
    module, _, inner = name.replace("/", ".").rpartition(".")
    if name.replace("/", ".") in MODULES:
        return True
    return (
        module in MODULES
        and re.search(rf"^(def|class) {inner}\b", MODULES[module].read_text(), re.MULTILINE) is not None
    )


@pytest.mark.skipif(not (HOUSE.parent / "docs").is_dir(), reason="the wheel is tested without the documents beside it")
def test_what_the_architecture_names_is_there() -> None:
    """Whoever looks a module, or a function in one, up in `docs/architecture.md` finds it in the house."""
    names = named_in_architecture()
    assert "search/solve.solve" in names
    assert [name for name in names if "*" not in name and not stands_there(name)] == []


NO_MODULES = {"Options", "import", "rules"}
"""What a row of the architecture's table names besides modules: a class, a command, the folder of the rules."""


@pytest.mark.skipif(not (HOUSE.parent / "docs").is_dir(), reason="the wheel is tested without the documents beside it")
def test_a_row_of_the_architecture_names_modules_of_its_room() -> None:
    """Each name in the row of a room is a module or a folder of that room."""
    text = (HOUSE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows: dict[str, str] = dict(re.findall(r"^\| `(\w+)/` \| (.*) \|$", text, re.MULTILINE))
    assert rows.keys() >= {"limits", "web"}
    for name, row in rows.items():
        known = {path.stem for path in (HOUSE / name).rglob("*")}
        assert set(re.findall(r"`(\w+)/?`", row)) - known - NO_MODULES == set(), name


@pytest.mark.parametrize("name", ["search/solved", "search/solve.unsolve", "rules/nothing.toml"])
def test_what_is_nowhere_is_not_there(name: str) -> None:
    """The check itself knows a module, a function and a file that do not exist."""
    assert not stands_there(name)


IN_EVERY_COMMAND = {"Options"}
"""Class names that stand in each module of a kind by design: what a command is told."""
TAKES_ANY_NUMBER = {"print", "max", "min", "zip", "zip_longest", "chain", "Group", "title.says", "self.of", "_hash"}
"""Functions that take any number of arguments: only to them may a list be spread out."""


def test_a_class_name_means_one_thing() -> None:
    """No two classes of the house have the same name."""
    homes: dict[str, list[str]] = {}
    for module, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(module)
    assert {name: found for name, found in homes.items() if len(found) > 1 and name not in IN_EVERY_COMMAND} == {}


@pytest.mark.parametrize("module", MODULES)
def test_no_tuple_is_spread_over_parameters(module: str) -> None:
    """A call says what goes where: `*` stands only where a function takes any number of arguments."""
    spread = [
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(MODULES[module].read_text()))
        if isinstance(node, ast.Call) and any(isinstance(part, ast.Starred) for part in node.args)
    ]
    assert set(spread) - TAKES_ANY_NUMBER == set()


RIDDLES = {"each", "found", "given", "it", "known", "one", "said", "seen", "told"}
"""Names after which a reader has to ask: which one, found where, said by whom?"""
KEYS_OF_TABLES = {("rulebook.kinds", "one")}
"""Fields that a rulebook's TOML writes so: `one = "ride"` beside `several = "rides"`."""


def names_of_values(tree: ast.AST) -> Iterator[str]:
    """Yield what a module calls its parameters, values, fields and functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.FunctionDef):
            yield node.name


@pytest.mark.parametrize("module", MODULES)
def test_a_name_is_no_riddle(module: str) -> None:
    """A value is called what it holds, and a function what it does: nowhere `one`, `each`, `found` or `said`."""
    names = {name.strip("_") for name in names_of_values(ast.parse(MODULES[module].read_text()))}
    assert {name for name in names & RIDDLES if (module, name) not in KEYS_OF_TABLES} == set()


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("[one.start for one in workouts]", ["one"]),
        ("def _told(said: str): ...", ["_told", "said"]),
        ("self.seen = known.start", ["seen"]),
        ("found: int", ["found"]),
    ],
)
def test_a_name_of_a_value_is_seen(code: str, names: list[str]) -> None:
    """The check itself sees what names a value, and not what only asks it for something."""
    assert list(names_of_values(ast.parse(code))) == names


SENTENCE_FREE = ("limits", "revision", "candidates", "dose", "search", "results", "scheduling", "bending", "what_if")
"""The rooms that decide and plan: no sentence for people is made there.

The rooms before them (titles, rulebook, case, editing, appointments) and the readers of calendars say what is wrong
with what they read where they read it: such a mistake is a `Problem` for whoever wrote the file, and no sentence about
a plan.
"""
SENTENCE_FREE_TOO = ("planning", "calendars.write")
READS_A_FILE = {"calendars.write.memory"}
"""Reads the plan's own file back, and says what is damaged in it."""
MAKES_RULES_OF_A_CASE = {"limits.in_force", "limits.red_flags"}
"""Make rules of what a clinician said and of danger signs: a rule brings its title and its why, as in `rules/`."""
OF_A_MISTAKE = {"wrong", "right", "what"}
"""Names of what a `Problem` says: the mistake, and what would be right."""
A_FEW_WORDS = 3


def texts_for_people(tree: ast.AST) -> Iterator[str]:
    """Yield the texts of three or more words that are no remark, no exception and no part of a `Problem`."""
    passed_over: set[int] = set()
    for node in ast.walk(tree):
        if _is_no_sentence(node):
            passed_over |= {id(part) for part in ast.walk(node)}
        elif isinstance(node, ast.JoinedStr):
            # Its parts: the whole is looked at below, and what stands in braces by itself.
            passed_over |= {id(part) for part in node.values if isinstance(part, ast.Constant)}
    for node in ast.walk(tree):
        if id(node) in passed_over:
            continue
        text = ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        if len(re.findall(r"[A-Za-z]{2,}", text)) >= A_FEW_WORDS and text.count(" ") >= A_FEW_WORDS - 1:
            yield text


def _is_no_sentence(node: ast.AST) -> bool:
    """Return whether all texts in a part of code are remarks, exceptions, or what a `Problem` says."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "Problem"
    if isinstance(node, ast.Assign):
        return bool(OF_A_MISTAKE & {ast.unparse(target) for target in node.targets})
    return isinstance(node, ast.Raise)


@pytest.mark.parametrize("module", [m for m in MODULES if room(m) in SENTENCE_FREE or m.startswith(SENTENCE_FREE_TOO)])
def test_sentences_for_people_stand_in_wording(module: str) -> None:
    """No text of three words or more is made in the rooms that decide, plan and write, mistakes of an input aside."""
    if module in READS_A_FILE | MAKES_RULES_OF_A_CASE:
        return
    assert list(texts_for_people(ast.parse(MODULES[module].read_text()))) == []


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ('note = "rest on that day"', ["rest on that day"]),
        ('note = f"rest on {day}, please"', ["rest on …, please"]),
        ('yield f"you rest on {day}"', ["you rest on …"]),
        ("f'{small(\"You rest on it\")}'", ["You rest on it"]),
        ('raise ValueError("you rest on it")', []),
        ('yield Problem(file, "", "is no such day", "")', []),
        ('wrong = f"{day} is no day of it"', []),
        ('def rest():\n    """Return the day of rest."""', []),
        ('kind = "run_easy"', []),
    ],
)
def test_a_text_for_people_is_seen(code: str, texts: list[str]) -> None:
    """The check itself tells sentences from names, remarks and mistakes of an input."""
    assert list(texts_for_people(ast.parse(code))) == texts


SENTENCES = {"text", "title", "check", "why", "advice", "wrong", "right", "plain"}
"""What holds a sentence for people."""
ASKS = {"startswith", "endswith", "find", "index", "removeprefix", "removesuffix", "count", "partition", "rpartition"}
MATCHES = {"match", "fullmatch", "search", "findall", "finditer"}
"""What a pattern asks a text."""


def decided_by_words(tree: ast.AST) -> Iterator[str]:
    """Yield what looks for words in a sentence: `"limp" in workout.check`, `reason.title.startswith(…)`."""
    for node in ast.walk(tree):
        if any(_is_sentence(_said_of(part)) for part in _looked_in(node)):
            yield ast.unparse(node)


def _looked_in(node: ast.AST) -> list[ast.expr]:
    """Return the parts of code in which words are looked for."""
    if isinstance(node, ast.Compare):
        if any(isinstance(operator, ast.In | ast.NotIn) for operator in node.ops):
            return node.comparators
        sides = [node.left, *node.comparators]
        words = [
            side for side in sides if isinstance(side, ast.Constant) and isinstance(side.value, str) and side.value
        ]
        return sides if words else []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in ASKS:
            return [node.func.value]
        if node.func.attr in MATCHES:
            return node.args
    return []


def _is_sentence(part: ast.expr) -> bool:
    """Return whether a part of code is a sentence: a field that holds one, or what an error says."""
    if isinstance(part, ast.Call):
        return ast.unparse(part) == "str(error)"
    return isinstance(part, ast.Attribute) and part.attr in SENTENCES


def _said_of(expression: ast.expr) -> ast.expr:
    """Return what calls are made on: `answer.text` of `answer.text.lower().strip()`."""
    while isinstance(expression, ast.Call) and isinstance(expression.func, ast.Attribute):
        expression = expression.func.value
    return expression


@pytest.mark.parametrize("module", [name for name in MODULES if room(name) not in {"calendars", "titles"}])
def test_no_decision_looks_for_words_in_a_sentence(module: str) -> None:
    """Checks, obstacles and reasons are data; their sentences are only read by people."""
    assert list(decided_by_words(ast.parse(MODULES[module].read_text()))) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('"limp" in workout.check', 1),
        ('"busy" not in answer.text.lower()', 1),
        ('reason.title.startswith("Stage")', 1),
        ('problem.wrong == "is missing"', 1),
        ("ANOTHER_DAY.fullmatch(problem.wrong)", 1),
        ('str(error).partition("; ")', 1),
        ('line.plain.startswith("unchanged")', 1),
        ('answer.text == ""', 0),
        ("answer.text == other.text", 0),
        ("workout in chosen", 0),
        ("workout.check is None", 0),
    ],
)
def test_a_decision_by_words_is_seen(code: str, found: int) -> None:
    """The check itself tells such a decision from others."""
    assert len(list(decided_by_words(ast.parse(code)))) == found


MANY_PARAMETERS = 4


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Yield the functions of a module, and the methods of its classes, whose names begin with no underscore."""
    bodies = [tree.body]
    bodies += [node.body for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    for body in bodies:
        yield from (node for node in body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"))


def parameters_left_open(function: ast.FunctionDef) -> list[str]:
    """Return which parameters of a function of many have no line of their own under `Args:`."""
    parts = function.args
    names = [part.arg for part in (*parts.posonlyargs, *parts.args, *parts.kwonlyargs)]
    names = [name for name in names if name not in {"self", "cls"}]
    _, _, section = (ast.get_docstring(function) or "").partition("\nArgs:\n")
    explained = re.findall(r"^ {4}(\w+): \S", section.partition("\n\n")[0], re.MULTILINE)
    return [name for name in names if name not in explained] if len(names) >= MANY_PARAMETERS else []


@pytest.mark.parametrize("module", MODULES)
def test_a_function_of_many_parameters_explains_each(module: str) -> None:
    """From four parameters on, the docstring of a public function has a line for each under `Args:`."""
    functions = public_functions(ast.parse(MODULES[module].read_text()))
    open_ones = {function.name: parameters_left_open(function) for function in functions}
    assert {name: names for name, names in open_ones.items() if names} == {}


@pytest.mark.parametrize(
    ("signature", "docstring", "names"),
    [
        ("a, b, c", "Do it.", []),
        ("self, a, b, c", "Do it.", []),
        ("a, b, c, d", "Do it.", ["a", "b", "c", "d"]),
        (
            "a, b, *, c, d",
            "Do it.\n\n    Args:\n        a: one.\n        b: two\n            more.\n        d: last.",
            ["c"],
        ),
        (
            "a, b, c, d",
            "Do it.\n\n    a: one.\n\n    Args:\n        b: two.\n        c: three.\n        d: last.",
            ["a"],
        ),
        ("a, b, c, d", "Do it.\n\n    Args:\n        a: one.\n        b: two.\n\n    c: no.\n    d: no.", ["c", "d"]),
    ],
)
def test_a_parameter_that_is_not_explained_is_seen(signature: str, docstring: str, names: list[str]) -> None:
    """The check itself tells what stands under `Args:` from what stands elsewhere, or nowhere."""
    (function,) = public_functions(ast.parse(f'def plan({signature}):\n    """{docstring}\n\n    """\n'))
    assert parameters_left_open(function) == names


def test_a_function_of_a_private_class_is_not_public() -> None:
    """Public are functions, and methods of public classes, without an underscore; none within another function."""
    code = "def a():\n def b(): 0\nclass C:\n def d(self): 0\n def _e(self): 0\nclass _F:\n def g(self): 0\n"
    assert [function.name for function in public_functions(ast.parse(code))] == ["a", "d"]


CALLED_BY_LIBRARIES = {"on_broken_pipe", "process_renderables", "create_rule_with_start", "fromutc", "find_class"}
"""Methods that the library whose class is extended calls."""


@cache
def words_of_the_house() -> Counter[str]:
    """Return how often each word stands in the house, templates and what names commands and pages included."""
    files = [path for path in HOUSE.rglob("*") if path.suffix in {".py", ".html"}]
    return Counter(word for path in files for word in re.findall(r"\w+", path.read_text(encoding="utf-8")))


def defined_names(tree: ast.Module) -> Iterator[str]:
    """Yield the functions, classes and constants of a module, but for what a decorator hands to a library."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) or (isinstance(node, ast.FunctionDef) and not node.decorator_list):
            yield node.name
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))


@pytest.mark.parametrize("module", MODULES)
def test_nothing_is_defined_that_nothing_uses(module: str) -> None:
    """A function, a class or a constant has a reader in the house; what only tests ask for stands in the tests."""
    names = {name for name in defined_names(ast.parse(MODULES[module].read_text())) if not name.startswith("__")}
    assert {name for name in names - CALLED_BY_LIBRARIES if words_of_the_house()[name] == 1} == set()


def test_what_is_defined_is_seen() -> None:
    """The check itself sees functions, methods, classes and constants, and not what a decorator makes of them."""
    code = "A, B = 1, 2\nC: int = 3\ndef d(): e = 1\nclass F:\n def g(self): 0\n @validator\n def h(cls): 0\n"
    assert sorted(defined_names(ast.parse(code))) == ["A", "B", "C", "F", "d", "g"]
