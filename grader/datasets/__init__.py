"""The data of the lessons, for exercises and solutions to load.

``path("airline-passengers.csv")`` names a file of the kit's ``data`` folder;
``imdb.load_data(num_words=6000)`` has the interface of Keras's own loader.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / "data"


def path(name: str) -> Path:
    """Return where a data file is.

    Raises:
        FileNotFoundError: the kit has no such file.
    """
    file = FOLDER / name
    if name == "imdb-sample.npz" and not file.is_file():
        raise FileNotFoundError(
            "neither the full IMDb set nor the kit's sample is here; with a network, "
            "keras.datasets.imdb.load_data() fetches the full set once"
        )
    if not file.is_file():
        there = ", ".join(sorted(each.name for each in FOLDER.glob("*.csv")))
        raise FileNotFoundError(f"the kit has no data file {name!r}; it has {there}")
    return file
