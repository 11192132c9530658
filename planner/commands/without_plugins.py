"""Keep pydantic from looking for plugins: a process that plans once has none, and the search costs more than a plan.

`PYDANTIC_DISABLE_PLUGINS` spares the search, not what pydantic loads for it: `importlib.metadata` brings `email`,
`zipfile`, `csv` and forty more. What stands here takes the place of the module that would load them. Where pydantic
keeps its plugins elsewhere one day, nobody asks for that place, and all that is lost is the time.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType

SETTING, ALL = "PYDANTIC_DISABLE_PLUGINS", "__all__"
LOADER = "pydantic.plugin._loader"


def leave_out_plugins() -> None:
    """Have pydantic load no plugin, nor what finds them; to be called before pydantic is imported.

    Who says in `PYDANTIC_DISABLE_PLUGINS` which plugins to leave out has the others loaded, as pydantic does.
    """
    if os.environ.setdefault(SETTING, ALL) != ALL or LOADER in sys.modules:
        return
    loader = ModuleType(LOADER)
    vars(loader)["get_plugins"] = _no_plugins
    sys.modules[LOADER] = loader


def _no_plugins() -> tuple[()]:
    return ()
