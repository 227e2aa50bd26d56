"""Files and functions stay small enough to be read at once."""

import ast
from math import ceil
from statistics import median

from tests.architecture.source import Function, Module, imported_names, listing, modules, paths, read

FILE_MEDIAN, FILE_P90, FILE_MAX = 80, 250, 400
FUNCTION_P90, FUNCTION_MAX = 25, 50
ROUTE_MAX = 15
TEMPLATE_MAX = 150
IMPORTS_INSIDE_FUNCTIONS = 5
CODE = ("app/", "darkroom/", "geo/", "tests/", "bench/")


def percentile_90(values: list[int]) -> int:
    """Nearest rank.

    >>> percentile_90(list(range(1, 11)))
    9
    """
    return sorted(values)[ceil(len(values) * 0.9) - 1]


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def body_length(function: Function) -> int:
    """Lines of a function without its decorators, signature and docstring."""
    statements = function.body
    if isinstance(function.body[0], ast.Expr) and len(statements) > 1:
        statements = statements[1:]
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1


def test_files_are_short() -> None:
    sizes = {module.path: module.lines for module in modules(*CODE) if module.lines}
    too_long = [f"{path}: {lines} lines" for path, lines in sizes.items() if lines > FILE_MAX]
    assert not too_long, listing(too_long, f"Split files over {FILE_MAX} lines by what they are about:")
    values = list(sizes.values())
    assert percentile_90(values) <= FILE_P90, (
        f"9 of 10 files must have ≤ {FILE_P90} lines: {percentile_90(values)}"
    )
    assert median(values) <= FILE_MEDIAN, (
        f"half of the files must have ≤ {FILE_MEDIAN} lines: {median(values)}"
    )


def test_functions_are_short() -> None:
    sizes = [(length(function), f"{module.path}:{function.lineno} {function.name}")
             for module in modules(*CODE) for function in module.functions]  # fmt: skip
    too_long = [f"{where}: {lines} lines" for lines, where in sizes if lines > FUNCTION_MAX]
    assert not too_long, listing(too_long, f"Split functions over {FUNCTION_MAX} lines:")
    p90 = percentile_90([lines for lines, _ in sizes])
    assert p90 <= FUNCTION_P90, f"9 of 10 functions must have ≤ {FUNCTION_P90} lines: {p90}"


def is_route(function: Function) -> bool:
    """Decorated with <blueprint>.get, .post, .route …"""
    verbs = {"get", "post", "put", "patch", "delete", "route"}
    calls = [decorator.func for decorator in function.decorator_list if hasattr(decorator, "func")]
    return any(getattr(call, "attr", "") in verbs for call in calls)


def test_routes_are_a_few_sentences() -> None:
    too_long = [
        f"{module.path}:{function.lineno} {function.name}: {body_length(function)} lines"
        for module in modules("app/") for function in module.functions
        if is_route(function) and body_length(function) > ROUTE_MAX
    ]  # fmt: skip
    assert not too_long, listing(
        too_long, f"A route parses, permits, calls and answers in ≤ {ROUTE_MAX} lines; move the rest:"
    )


def test_imports_stand_at_the_top() -> None:
    inside = sorted(
        {
            place
            for module in modules("app/", "darkroom/", "geo/", "bench/")
            for place in imports_inside(module)
        }
    )
    advice = f"At most {IMPORTS_INSIDE_FUNCTIONS} imports inside functions in all (heavy libraries only); move these up:"
    assert len(inside) <= IMPORTS_INSIDE_FUNCTIONS, listing(inside, advice)


def imports_inside(module: Module) -> list[str]:
    """One entry per statement, so `from a import b, c` counts once."""
    nodes = [node for function in module.functions for node in ast.walk(function)]
    return [f"{module.path}:{line} {name}" for node in nodes for line, name in list(imported_names(node))[:1]]


def test_templates_are_short() -> None:
    too_long = [
        f"{path}: {read(path).count(chr(10))} lines"
        for path in paths("templates/")
        if read(path).count("\n") > TEMPLATE_MAX
    ]
    assert not too_long, listing(
        too_long, f"Templates over {TEMPLATE_MAX} lines: move parts into templates/components:"
    )
