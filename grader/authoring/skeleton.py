"""The files of a new lesson: a small one that is whole, so that its author always stands on green."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from grader.authoring.naming import NewLesson

SUBMISSIONS = "submissions/"
BASE = "submissions/base.py.j2"
"""What the submissions have in common."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to be written."""

    path: PurePosixPath
    """Below the top folder of the kit."""
    content: str


def skeleton(lesson: NewLesson) -> tuple[File, ...]:
    """Return the files of a new lesson."""
    name, templates = lesson.name, _environment()

    def made(path: str, template: str, **values: object) -> File:
        return File(PurePosixPath(path), templates.get_template(template).render(vars_of(lesson) | values))

    program = f"{name}/lesson_{name}.py"
    return (
        made(f"exercises/{name}/README.md", "README.md.j2"),
        made(f"exercises/{name}/README.ko.md", "README.ko.md.j2"),
        made(f"exercises/{program}", "program.py.j2", solution=False),
        made(f"solutions/{program}", "program.py.j2", solution=True),
        made(f"tests/lessons/test_{name}.py", "checks.py.j2"),
        made(f"tests/lessons/test_{name}.ko.po", "checks.ko.po.j2"),
        *(
            made(f"tests/submissions/{name}/{each.removeprefix(SUBMISSIONS).removesuffix('.j2')}", each)
            for each in templates.list_templates()
            if each.startswith(SUBMISSIONS) and each != BASE
        ),
    )


def vars_of(lesson: NewLesson) -> dict[str, object]:
    """Return what the templates name."""
    return {
        "name": lesson.name,
        "number": lesson.number,
        "title": lesson.title,
        "korean_title": lesson.korean_title,
    }


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("grader.authoring"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
