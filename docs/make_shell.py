"""Write what shells and `man` know of the command line: `python -m docs.make_shell` after its arguments have changed.

The files in `docs/shell/` are installed with the program. They are written from the parser itself, without a library:
`shtab` knows no fish, and `argcomplete` starts the program for every word that is completed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from planner.cli import COMMANDS, parser

FOLDER = Path(__file__).parent / "shell"
NAMES = ("planner", "post-treatment-planner")


def actions_of(name: str) -> list[argparse.Action]:
    """Return the arguments of a command, in their order."""
    subparsers = next(each for each in parser(name)._actions if isinstance(each, argparse._SubParsersAction))  # noqa: SLF001 (argparse lists its arguments nowhere else)
    return list(subparsers.choices[name]._actions)  # noqa: SLF001 (as above)


def description_of(name: str) -> str:
    """Return what a command does."""
    subparsers = next(each for each in parser(name)._actions if isinstance(each, argparse._SubParsersAction))  # noqa: SLF001 (as above)
    return str(subparsers.choices[name].description or COMMANDS[name])


def options_of(name: str) -> list[argparse.Action]:
    """Return the options of a command."""
    return [each for each in actions_of(name) if each.option_strings]


def takes_value(action: argparse.Action) -> bool:
    """Return whether an option is followed by a value."""
    return action.nargs != 0


def takes_file(action: argparse.Action) -> bool:
    """Return whether a value is a file or a folder."""
    return action.type is Path


def bash() -> str:
    """Return the completion for bash: commands, options and choices; files for everything else."""
    cases = []
    for name in COMMANDS:
        words = " ".join(word for action in options_of(name) for word in action.option_strings)
        choices = [
            f'        {"|".join(action.option_strings)}) words="{" ".join(map(str, action.choices))}" ;;'
            for action in options_of(name)
            if action.choices
        ]
        inner = "\n".join([*choices, f'        *) words="{words}" ;;'])
        cases.append(f'    {name}) case "$previous" in\n{inner}\n      esac ;;')
    body = "\n".join(cases)
    return f"""# Completion of planner for bash; made by docs/make_shell.py.
_planner() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD-1]}}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{" ".join(COMMANDS)} --help --version" -- "$current"))
    return
  fi
  case "${{COMP_WORDS[1]}}" in
{body}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _planner {" ".join(NAMES)}
"""


def zsh() -> str:
    """Return the completion for zsh, with what each command and option does."""
    commands = "\n".join(f"    {_single(f'{name}:{help_of(purpose)}')}" for name, purpose in COMMANDS.items())
    cases = "\n".join(f"    {name}) _arguments \\\n{_zsh_arguments(name)} ;;" for name in COMMANDS)
    return f"""#compdef {" ".join(NAMES)}
# Completion of planner for zsh; made by docs/make_shell.py.
_planner() {{
  local -a commands
  commands=(
{commands}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
{cases}
  esac
}}
_planner "$@"
"""


def _zsh_arguments(name: str) -> str:
    lines = []
    for action in actions_of(name):
        if not action.option_strings:
            lines.append(f"      {_single(f':{_word(action)}:{_zsh_values(action)}')}")
            continue
        for option in action.option_strings:
            text = f"{option}[{help_of(action.help).replace('[', '(').replace(']', ')')}]"
            if takes_value(action):
                text += f":{_word(action)}:{_zsh_values(action)}"
            lines.append(f"      {_single(text)}")
    return " \\\n".join(lines)


def _zsh_values(action: argparse.Action) -> str:
    if action.choices:
        return f"({' '.join(map(str, action.choices))})"
    return "_files" if takes_file(action) else ""


def fish() -> str:
    """Return the completion for fish, with what each command and option does."""
    lines = ["# Completion of planner for fish; made by docs/make_shell.py."]
    for program in NAMES:
        for name, purpose in COMMANDS.items():
            begin = f"complete -c {program} -n"
            lines.append(f"{begin} __fish_use_subcommand -f -a {name} -d {_fish(help_of(purpose))}")
            for action in options_of(name):
                words = [
                    f"-l {word[2:]}" if word.startswith("--") else f"-s {word[1:]}" for word in action.option_strings
                ]
                value = ""
                if takes_value(action):
                    value = f" -x -a {_fish(' '.join(map(str, action.choices)))}" if action.choices else " -r"
                seen = f"{begin} '__fish_seen_subcommand_from {name}'"
                lines.append(f"{seen} {' '.join(words)}{value} -d {_fish(help_of(action.help))}")
    return "\n".join(lines) + "\n"


def man() -> str:
    """Return the manual page, in roff."""
    lines = [
        '.TH PLANNER 1 "" "" "User commands"',
        ".SH NAME",
        r"planner \- plan workouts around treatments, as a calendar file",
        ".SH SYNOPSIS",
        ".B planner",
        r".I COMMAND \fR[\fIOPTIONS\fR]",
        ".SH COMMANDS",
    ]
    for name in COMMANDS:
        lines += [f".SS planner {name}", _roff(description_of(name))]
        for action in actions_of(name):
            head = ", ".join(action.option_strings) or _word(action)
            value = f" {_value(action)}" if action.option_strings and takes_value(action) else ""
            lines += [".TP", rf"\fB{_roff(head)}\fR{_roff(value)}", _roff(help_of(action.help))]
    lines += [".SH EXIT STATUS", _roff(parser().epilog or ""), ""]
    return "\n".join(lines)


def help_of(text: str | None) -> str:
    """Return a help text on one line."""
    return " ".join((text or "").split()).replace("%%", "%")


def _word(action: argparse.Action) -> str:
    name = action.metavar or action.dest
    return (name if isinstance(name, str) else name[0]).replace(":", " ")


def _value(action: argparse.Action) -> str:
    return " ".join(action.metavar) if isinstance(action.metavar, tuple) else _word(action)


def _single(text: str) -> str:
    quoted = text.replace("'", "'\\''")
    return f"'{quoted}'"


def _fish(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _roff(text: str) -> str:
    return text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").lstrip(".")


def files() -> Iterable[tuple[str, str]]:
    """Yield the name and the text of each file."""
    yield "planner.bash", bash()
    yield "_planner", zsh()
    yield "planner.fish", fish()
    yield "planner.1", man()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in files():
        (FOLDER / name).write_text(text, encoding="utf-8")
