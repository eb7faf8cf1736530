"""English and Korean: sentences said in the reader's language.

Catalogues are gettext ``.po`` files, compiled in memory by Babel:
``grader/locale/ko.po`` for the grader, and beside each lesson's checks
``test_4_2.ko.po`` for that lesson's titles and hints.
"""

from __future__ import annotations

import gettext
import io
import os
import string
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.josa import with_particle
from grader.text import Spoken, Text

LANGUAGES = ("en", "ko")
CATALOGUE = Path(__file__).parent / "locale"


class Language:
    """Says a :class:`~grader.text.Text`."""

    def __init__(self, code: str, catalogues: Sequence[gettext.NullTranslations] = ()) -> None:
        self.code = code
        self._catalogues = tuple(catalogues)
        self._formatter = _Formatter()

    def say(self, sentence: Text) -> str:
        """Return the sentence in this language, its values filled in."""
        said = self._translated(sentence.key)
        if not sentence.values:  # a hint may show a dictionary's braces
            return said
        values = {name: self._spoken(value) for name, value in sentence.values}
        return self._formatter.vformat(said, (), values)

    def _spoken(self, value: Spoken) -> str:
        if isinstance(value, Text):
            return self.say(value)
        if isinstance(value, tuple):
            return ", ".join(self.say(each) for each in value)
        return str(value)

    def _translated(self, key: str) -> str:
        for catalogue in self._catalogues if key else ():  # gettext answers '' with its header
            said = catalogue.gettext(key)
            if said != key:
                return said
        return key


class _Formatter(string.Formatter):
    """Fills ``{name}``; in Korean ``{name:을}`` adds the particle that fits."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        return with_particle(str(value), format_spec) if format_spec else str(value)


ENGLISH = Language("en")


def language(code: str, *lessons: Path) -> Language:
    """Return a language with the grader's catalogue and those of some lessons' checks."""
    if code == "en":
        return ENGLISH
    files = [checks.with_suffix(f".{code}.po") for checks in lessons]
    return Language(code, [_catalogue(file) for file in (*files, CATALOGUE / f"{code}.po") if file.exists()])


def _catalogue(file: Path) -> gettext.NullTranslations:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - English needs no Babel
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    with file.open("rb") as stream:
        write_mo(compiled, read_po(stream))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def language_code(chosen: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """Return the language chosen, else the locale's, else English."""
    if chosen:
        return chosen
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "ko" if environment[name].lower().startswith("ko") else "en"
    return "en"
