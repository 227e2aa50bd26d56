"""Every module says what it is; names tell what is inside; errors are caught by name."""

import ast
import re
import subprocess
import sys
from pathlib import PurePosixPath

from tests.architecture.source import ROOT, listing, modules, paths, read

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff"}
PROMISES = re.compile(r"^(app/\w+/(rules|service|queries)(/|\.py)|app/darkroom/|geo/)")


def test_every_module_says_what_it_is() -> None:
    silent = [module.path for module in modules("app/", "geo/", "tests/", "bench/", "migrations/versions/")
              if not ast.get_docstring(module.tree)]  # fmt: skip
    assert not silent, listing(
        silent, "Begin each module with a docstring (what it is, units, source where it matters):"
    )


def test_rules_services_queries_and_geo_are_documented() -> None:
    silent = []
    for module in modules("app/", "geo/"):
        if not PROMISES.match(module.path):
            continue
        nodes = [
            node
            for node in module.tree.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        ]
        silent += [f"{module.path}:{node.lineno} {node.name}" for node in nodes
                   if not node.name.startswith("_") and not ast.get_docstring(node)]  # fmt: skip
    assert not silent, listing(silent, "Say in a docstring what it promises (shapes, units, errors, source):")


def test_names_tell_what_is_inside() -> None:
    vague = [
        path for path in paths() for part in PurePosixPath(path).parts if part.split(".")[0] in EMPTY_NAMES
    ]
    assert not vague, listing(vague, "Name the file after what it does, not after being useful:")


def test_errors_are_caught_by_name() -> None:
    broad = [
        f"{module.path}:{node.lineno}"
        for module in modules("app/", "geo/", "tests/", "bench/", "migrations/") for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and is_broad(node) and not raises_again(node)
    ]  # fmt: skip
    assert not broad, listing(broad, "Catch the errors that can happen, by name:")


def test_one_room_sets_cookies() -> None:
    """Names, lifetime and flags are decided there: any other door could forget one of them."""
    setting = [
        f"{module.path}:{node.lineno}"
        for module in modules("app/") for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"set_cookie", "delete_cookie"} and getattr(node.func.value, "id", "") != "cookies"
        and module.path != "app/core/cookies.py"
    ]  # fmt: skip
    assert not setting, listing(setting, "Set and take away cookies through app/core/cookies.py:")


def is_broad(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        error is None or getattr(error, "id", "") in {"Exception", "BaseException"} for error in caught
    )


def raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_nothing_is_marked_safe_by_hand() -> None:
    pattern = re.compile(r"\|\s*safe\b|autoescape\s+false")
    marked = [f"{path}:{number}" for path in paths("templates/") for number, line in enumerate(read(path).splitlines(), 1)
              if pattern.search(line)]  # fmt: skip
    marked += [f"{module.path}:{node.lineno} Markup(…) of something that is not a literal"
               for module in modules("app/") for node in ast.walk(module.tree)
               if isinstance(node, ast.Call) and is_unsafe_markup(node)]  # fmt: skip
    assert not marked, listing(marked, "Let the template escape; build HTML in macros:")


def is_unsafe_markup(node: ast.Call) -> bool:
    """Markup("<b>…") with a literal is ours; Markup(variable) trusts whoever typed it."""
    if getattr(node.func, "id", getattr(node.func, "attr", "")) != "Markup":
        return False
    return bool(node.args) and not isinstance(node.args[0], ast.Constant)


def test_no_work_is_left_for_later() -> None:
    words = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
    left = [f"{path}:{number}" for path in paths("app/", "geo/", "tests/", "templates/", "static/", "bench/", "migrations/", "deploy/")
            for number, line in enumerate(read(path).splitlines(), 1) if words.search(line)]  # fmt: skip
    assert not left, listing(left, "Do it now, or open an issue and remove the mark:")


def test_exceptions_from_the_checks_give_their_reason() -> None:
    marks = re.compile(r"#\s*(type: ignore|noqa)(?P<rest>.*)")
    silent = []
    for module in modules("app/", "geo/", "tests/", "bench/", "migrations/"):
        for number, line in enumerate(module.text.splitlines(), 1):
            mark = marks.search(line)
            if mark and "re.compile" not in line and "#" not in mark["rest"]:
                silent.append(f"{module.path}:{number}")
    assert not silent, listing(silent, "Write why after the mark: `# type: ignore[code]  # reason`:")


def test_no_function_is_too_complex() -> None:
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--select",
        "C901,BLE001",
        "--output-format",
        "concise",
        ".",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"Split what is over complexity 10:\n{done.stdout}{done.stderr}"
