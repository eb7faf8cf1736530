"""Everything that the grader itself says exists in Korean; lessons are held to it by their audit."""

from __future__ import annotations

import pytest

from grader.kit import ROOT
from grader.verify.audit.catalogue import marked, untranslated
from grader.verify.audit.parts import translations

CATALOGUE = ROOT / "grader" / "locale" / "ko.po"


def grader_sentences() -> set[str]:
    files = [file for file in (ROOT / "grader").rglob("*.py") if "worker" not in file.parts]
    return {each for file in files for each in marked(file.read_text(encoding="utf-8"))}


def test_grader_speaks_korean() -> None:
    found = untranslated(grader_sentences(), translations(CATALOGUE), CATALOGUE)

    assert [str(each) for each in found] == []


@pytest.mark.parametrize("folder", ["", "data", "exercises"])
def test_pages_link_to_each_other(folder: str) -> None:
    english, korean = (ROOT / folder / name for name in ("README.md", "README.ko.md"))

    assert "README.ko.md" in english.read_text(encoding="utf-8")
    assert "README.md" in korean.read_text(encoding="utf-8")
