"""Nothing is kept that only tests call: whoever reads a function may trust that the product needs it."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import Function, Module, listing, modules, paths, read

# Decorators that only change what a function gives back; every other one registers it with somebody who calls it.
PLAIN = {"cache", "lru_cache", "contextmanager", "patiently"}
NEEDED = {
    "app/core/clock.py:frozen": "tests hold the clock, which nobody else may",
    "app/bookings/service/promotion.py:promote": "the queue's own verb, for offers that lapse",
    "app/events/service/saving.py:update_event": "a host's page on which an event is changed",
    "geo/geojson.py:collection_bytes": "open data joins the stored features of places and events",
}


def public_functions(module: Module) -> Iterator[Function]:
    """Functions of the module itself that nothing registers."""
    for node in module.tree.body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            names = {ast.unparse(mark).split("(")[0].split(".")[-1] for mark in node.decorator_list}
            if names <= PLAIN:
                yield node


def uses(module: Module) -> set[str]:
    """Names that the file takes in hand: read (not only imported or listed), or asked of an imported module.

    A function that only calls itself is not in use.
    """
    found: set[str] = set()
    own = {node.name: node for node in module.tree.body if isinstance(node, Function)}
    imported = {name for _, dotted in module.imports() for name in dotted.split(".")[-1:]}
    imported |= aliases(module) | beside(module)
    for top in module.tree.body:
        for node in ast.walk(top):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                if node.id in imported | own.keys() and own.get(node.id) is not top:
                    found.add(node.id)
            elif isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in imported:
                found.add(node.attr)
    return found


def beside(module: Module) -> set[str]:
    """`b` of `from .a import b`, as a package writes it that runs without its parents."""
    return {
        alias.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    }


def aliases(module: Module) -> set[str]:
    """`x` of `import a as x` and `from a import b as x`."""
    return {
        alias.asname
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }


def in_use() -> set[str]:
    """Names that the product, its migrations and its templates use."""
    product = [
        *modules("app/", "geo/", "migrations/"),
        *(m for m in modules() if "/" not in m.path),
    ]
    words = {word for path in paths("templates/") for word in re.findall(r"\w+", read(path))}
    return words.union(*(uses(module) | renamed(module) for module in product))


def renamed(module: Module) -> set[str]:
    """The own names of what is imported under another one."""
    return {
        alias.name.split(".")[-1]
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname and alias.asname != alias.name
    }


def test_every_public_function_is_used_by_more_than_tests() -> None:
    used = in_use()
    idle = [
        f"{module.path}:{function.lineno} {function.name}"
        for module in modules("app/", "geo/")
        for function in public_functions(module)
        if function.name not in used and f"{module.path}:{function.name}" not in NEEDED
    ]
    assert not idle, listing(idle, "Only tests call these; remove them until somebody needs them:")


def test_exceptions_still_stand() -> None:
    there = {f"{module.path}:{function.name}" for module in modules("app/", "geo/") for function in public_functions(module)}  # fmt: skip
    assert set(NEEDED) <= there


def test_the_scan_sees_what_it_looks_for() -> None:
    module = Module(
        "m.py",
        "from a import used, listed\nimport b\n__all__ = ['listed']\n"
        "def idle(n):\n    return idle(n - 1)\n"
        "def outer():\n    b.asked()\n    local = used()\n    return local\n"
        "@blueprint.get('/')\ndef route(): ...\n@lru_cache(maxsize=4)\ndef kept(): ...\n",
    )
    assert uses(module) == {"b", "used", "asked"}
    assert [function.name for function in public_functions(module)] == ["idle", "outer", "kept"]
