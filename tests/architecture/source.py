"""The project's own files, read once: what git tracks or would track, and parsed Python."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file: `path` relative to the project, `tree` its syntax."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Parsed once."""
        return ast.parse(self.text, self.path)

    @property
    def lines(self) -> int:
        """Length of the file."""
        return self.text.count("\n")

    @cached_property
    def functions(self) -> list[Function]:
        """Functions and methods, nested ones too."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    def imports(self) -> Iterator[tuple[int, str]]:
        """Line and dotted name of each import; `from a import b` gives a.b."""
        for node in ast.walk(self.tree):
            yield from imported_names(node)


def imported_names(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted names of one import statement; nothing for another node."""
    if isinstance(node, ast.Import):
        yield from ((node.lineno, alias.name) for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


@cache
def tracked_files() -> tuple[str, ...]:
    """Paths that are committed, or new and not ignored."""
    # The checkout may belong to another user than the one who tests it.
    command = [
        "git",
        "-c",
        f"safe.directory={ROOT}",
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "-z",
    ]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(sorted(path for path in set(listed.split("\0")) if path and (ROOT / path).is_file()))


def paths(*prefixes: str, suffix: str = "") -> list[str]:
    """Tracked files below these folders (all where none is given) that end so."""
    return [path for path in tracked_files() if path.startswith(prefixes or "") and path.endswith(suffix)]


@cache
def read(path: str) -> str:
    """A file's text; empty for a missing one, pictures and other bytes."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return ""


@cache
def _module(path: str) -> Module:
    return Module(path, read(path))


def modules(*prefixes: str) -> list[Module]:
    """Python files below these folders."""
    return [_module(path) for path in paths(*prefixes, suffix=".py")]


def listing(faults: list[str], advice: str) -> str:
    """The message of a failed measure: what to do, then where."""
    return advice + "".join(f"\n  - {fault}" for fault in faults)
