"""Start a worker: ``python -I __main__.py zygote|fresh|probe LEVEL [module to preload ...]``.

``zygote``: standard input is a Unix socket; serves forks until it is closed.
``fresh``: standard input and output are the channel, standard error the
student's output; serves one submission.
``probe``: prints the level of isolation that children have here.
No child has a level above ``LEVEL``.

The package is loaded by its path, so nothing of the kit is importable here.
"""

import importlib.util
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def load_package() -> None:
    """Import this folder as the package ``kit_worker``."""
    spec = importlib.util.spec_from_file_location(
        "kit_worker", FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules["kit_worker"] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    load_package()
    from kit_worker import zygote

    zygote.main(sys.argv[1], sys.argv[2], sys.argv[3:])
