"""Stub and solution: every task marked in both languages and stopping in the stub, nothing open in the solution."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from grader.text import Text, text
from grader.verify.audit.parts import Parts, shown

ENGLISH = re.compile(r"^ *# TODO task (\d+): \S", re.MULTILINE)
KOREAN = re.compile(r"^ *# 할 일 (\d+): \S", re.MULTILINE)
STOP = re.compile(r"task (\d+)")
LEFT_OVER = re.compile(r"TODO|할 일 \d|NotImplementedError\(.task \d")


def stub_tasks(stub: str) -> set[int]:
    """Return the tasks that a stub speaks of, in either language."""
    return {int(number) for marks in (ENGLISH, KOREAN) for number in marks.findall(stub)}


def invalid(parts: Parts) -> Iterator[Text]:
    """Say which of stub and solution is no program at all."""
    for file, program in ((parts.lesson.stub, parts.stub), (parts.lesson.solution, parts.solution)):
        try:
            ast.parse(program)
        except SyntaxError as problem:
            yield text("{file} is no valid Python: line {line}.", file=shown(file), line=problem.lineno or 0)


def programs(parts: Parts, tasks: set[int]) -> Iterator[Text]:
    """Say what is wrong with stub and solution."""
    yield from _stub(parts, tasks)
    yield from _solution(parts)


def _stub(parts: Parts, tasks: set[int]) -> Iterator[Text]:
    file, stops = shown(parts.lesson.stub), _stops(ast.parse(parts.stub))
    for marks, words in ((ENGLISH, "# TODO task {task}: …"), (KOREAN, "# 할 일 {task}: …")):
        marked = set(map(int, marks.findall(parts.stub)))
        for task in sorted(tasks - marked):
            yield text("{file} has no line “{line}”.", file=file, line=words.format(task=task))
    for task in sorted((tasks & stub_tasks(parts.stub)) - stops - _left_open(parts.stub)):
        yield text(
            "{file} does not stop at task {task}: add {line}.",
            file=file,
            task=task,
            line=f'raise NotImplementedError("task {task}")',
        )


def _stops(tree: ast.AST) -> set[int]:
    """Return the tasks at which a program raises NotImplementedError."""
    raised = [node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)]
    words = [ast.unparse(each) for each in raised if isinstance(each.func, ast.Name)]
    return {int(found[1]) for each in words if each.startswith("NotImplementedError(") and (found := STOP.search(each))}


def _left_open(stub: str) -> set[int]:
    """Return the tasks of constructors that do not stop, in classes of which a method does.

    A constructor that stopped would keep each of its tasks from being judged before the others are done.
    """
    classes = [node for node in ast.walk(ast.parse(stub)) if isinstance(node, ast.ClassDef)]
    lines = stub.splitlines()
    found: set[int] = set()
    for each in classes:
        inner = [node for node in each.body if isinstance(node, ast.FunctionDef)]
        if any(_stops(node) for node in inner if node.name != "__init__"):
            made = [node for node in inner if node.name == "__init__"]
            found |= {task for node in made for task in stub_tasks("\n".join(lines[node.lineno : node.end_lineno]))}
    return found


def _solution(parts: Parts) -> Iterator[Text]:
    for words in sorted(set(LEFT_OVER.findall(parts.solution))):
        yield text("{file} still says “{words}”.", file=shown(parts.lesson.solution), words=words)
