"""Functions: helpers, names, order, where they stand, and what else they do."""

from __future__ import annotations

import ast
import copy

from grader.verify.rewriting.trees import (
    Changed,
    Programs,
    Rewriting,
    after_docstring,
    functions,
    rewritten,
    statements,
    written,
)
from grader.verify.source import Source


def renamed_variables(source: Source) -> Programs:
    """Call the variables of each function by other names."""
    for what, text in (("other variables", "my_{}"), ("variables in Korean", "값_{}")):

        def change(node: ast.AST, text: str = text) -> Changed:
            if isinstance(node, ast.FunctionDef):
                variables = _variables(node)
                for each in ast.walk(node):
                    if isinstance(each, ast.Name) and each.id in variables:
                        each.id = text.format(each.id)
            return node

        yield what, rewritten(source, change)


def _variables(function: ast.FunctionDef) -> set[str]:
    """Return what a function assigns to and is not its parameter."""
    given = {each.arg for each in ast.walk(function) if isinstance(each, ast.arg)}
    stored = {each.id for each in ast.walk(function) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    return stored - given - {"_"}


def _arguments(function: ast.FunctionDef) -> str:
    return ", ".join(each.arg for each in function.args.args)


def private_helpers(source: Source) -> Programs:
    """Let each function call another one that does the work."""

    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.Module):
            node.body = [each for old in node.body for each in _split(old)]
        return node

    yield "the work done by helpers", rewritten(source, change)


def _split(node: ast.stmt) -> list[ast.stmt]:
    if not isinstance(node, ast.FunctionDef):
        return [node]
    helper = copy.deepcopy(node)
    helper.name = f"_{node.name}"
    helper.body = node.body[after_docstring(node.body) :]
    node.body[after_docstring(node.body) :] = statements(f"return {helper.name}({_arguments(node)})")
    return [helper, node]


def inner_functions(source: Source) -> Programs:
    """Let each function define one that does the work."""

    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.FunctionDef) and node.name in functions(source):
            inner = copy.deepcopy(node)
            inner.name, inner.args.defaults = "inner", []
            node.body = [inner, *statements(f"return inner({_arguments(node)})")]
        return node

    yield "the work done by inner functions", rewritten(source, change)


def lambdas(source: Source) -> Programs:
    """Write functions of one line as lambdas."""

    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.FunctionDef) and node.name in functions(source):
            last = node.body[-1]
            if len(node.body) == 1 + after_docstring(node.body) and isinstance(last, ast.Return) and last.value:
                made = ast.Lambda(_unannotated(node).args, last.value)
                return statements(f"{node.name} = LAMBDA", LAMBDA=made)
        return node

    yield "lambdas for functions of one line", rewritten(source, change)


def _unannotated(node: ast.FunctionDef) -> ast.FunctionDef:
    for each in ast.walk(node):
        if isinstance(each, ast.arg):
            each.annotation = None
        if isinstance(each, ast.FunctionDef):
            each.returns = None
    return node


def no_annotations(source: Source) -> Programs:
    """Leave the types out."""
    yield (
        "no annotations",
        rewritten(source, lambda node: _unannotated(node) if isinstance(node, ast.FunctionDef) else node),
    )


def other_docstrings(source: Source) -> Programs:
    """Leave the docstrings out, or write Korean ones."""
    for what, text in (("no docstrings", ""), ("docstrings in Korean", "'''결과를 계산하여 돌려줍니다.'''")):

        def change(node: ast.AST, text: str = text) -> Changed:
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
                node.body[: after_docstring(node.body)] = statements(text)
            return node

        yield what, rewritten(source, change)


def functions_in_another_order(source: Source) -> Programs:
    """Write the functions from the last to the first."""
    tree = ast.parse(source.text)
    places = [number for number, node in enumerate(tree.body) if isinstance(node, ast.FunctionDef)]
    for place, node in zip(places, [tree.body[number] for number in reversed(places)], strict=True):
        tree.body[place] = node
    yield "functions in another order", written(source, tree)


def held_by_a_class(source: Source) -> Programs:
    """Put all functions into a class, and give them their names at the top level."""
    tree = ast.parse(source.text)
    mine = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    if mine:
        (holder,) = statements("class Lesson:\n    pass")
        assert isinstance(holder, ast.ClassDef)
        names = [node.name for node in mine]
        place = tree.body.index(mine[-1])
        aliases = statements("\n".join(f"{name} = Lesson.{name}" for name in names))
        tree.body[place : place + 1] = [holder, *aliases]
        tree.body = [node for node in tree.body if node not in mine]
        for node in mine:
            node.decorator_list = [ast.Name("staticmethod", ast.Load())]
        holder.body = list(mine)
        yield "functions held by a class", written(source, tree)


def keyword_arguments_added(source: Source) -> Programs:
    """Let each function take another argument that has a default."""

    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.FunctionDef) and node.name in functions(source):
            node.args.args.append(ast.arg("verbosity"))
            node.args.defaults.append(ast.Constant(0))
        return node

    yield "one more argument with a default", rewritten(source, change)


def prints(source: Source) -> Programs:
    """Print what each function is given."""

    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.FunctionDef) and node.name in functions(source):
            place = after_docstring(node.body)
            node.body[place:place] = statements(f"print({node.name!r}, '시작', {_arguments(node)})")
        return node

    yield "prints", rewritten(source, change)


def _at_the_end_of_main(source: Source, text: str, *imports: str) -> str:
    def change(node: ast.AST) -> Changed:
        if isinstance(node, ast.FunctionDef) and node.name == "main":
            place = len(node.body) - isinstance(node.body[-1], ast.Return)
            node.body[place:place] = statements(text)
        return node

    return rewritten(source, change, *imports)


def more_pictures(source: Source) -> Programs:
    """Draw something more at the end."""
    plt = "import matplotlib.pyplot as plt"
    text = "plt.figure()\nplt.plot([3, 1, 2])\nplt.title('끝')\nplt.show()"
    yield "a picture more, shown", _at_the_end_of_main(source, text, plt)
    yield "a picture more, saved", _at_the_end_of_main(source, f"{text[:-10]}plt.savefig('more.png')", plt)


def cleaned_up(source: Source) -> Programs:
    """Clear what Keras remembers at the end."""
    yield (
        "clear_session at the end",
        _at_the_end_of_main(source, "tf.keras.backend.clear_session()", "import tensorflow as tf"),
    )


def other_endings(source: Source) -> Programs:
    """Run main without asking whether the file is imported, or leave that to whoever loads it."""
    for what, text in (("main() without a guard", "main()"), ("no call of main", ""), ("a guard of its own", GUARD)):

        def change(node: ast.AST, text: str = text) -> Changed:
            return statements(text) if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test) else node

        yield what, rewritten(source, change)


GUARD = "def run():\n    main()\nif '__main__' == __name__:\n    run()"

FUNCTIONS: tuple[Rewriting, ...] = (
    renamed_variables,
    private_helpers,
    inner_functions,
    lambdas,
    no_annotations,
    other_docstrings,
    functions_in_another_order,
    held_by_a_class,
    keyword_arguments_added,
    prints,
    more_pictures,
    cleaned_up,
    other_endings,
)
