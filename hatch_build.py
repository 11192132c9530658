"""Build hook: what shells and `man` know of the command line is written from its own parser, whenever a wheel is built.

It needs what the program needs (`require-runtime-dependencies` in `pyproject.toml`), and not the program installed. The
same files stand in `docs/shell`, for who runs a checkout; a test holds that they are the same.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACES = {
    "planner.1": "share/man/man1/planner.1",
    "planner.bash": "share/bash-completion/completions/planner",
    "_planner": "share/zsh/site-functions/_planner",
    "planner.fish": "share/fish/vendor_completions.d/planner.fish",
}
"""Where each file is looked for, below the folder that a wheel is installed in."""


class ShellFiles(BuildHookInterface):  # type: ignore[type-arg] (what its configuration is called, nothing here uses)
    """Add the completions of bash, zsh and fish, and the manual page."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files of a wheel; one for an editable installation, which holds none, has none."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from docs import make_shell  # noqa: PLC0415 (it stands in the project, which is found only now)

        self.folder = TemporaryDirectory(prefix="planner-shell-")
        for name, text in make_shell.files():
            file = Path(self.folder.name) / name
            file.write_text(text, encoding="utf-8")
            build_data["shared_data"][str(file)] = PLACES[name]

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 (hatchling's own signature)
        """Remove what was written for the wheel."""
        if version != "editable":
            self.folder.cleanup()
