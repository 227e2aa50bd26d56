"""Measured values beside their goals, as a table for people and for the README."""

import os
import platform
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Result:
    """One line; `is_met` None where there is no goal, only a figure that should be known."""

    what: str
    measured: str
    relation: str = ""
    goal: str = ""
    is_met: bool | None = None


def at_most(what: str, seconds: float, hello: float, most: float | None) -> Result:
    """A request's CPU as a multiple of hello."""
    times = seconds / hello
    goal = f"≤ {most:g} ×" if most else ""
    return Result(
        what, f"{seconds * 1000:.3g} ms", f"{times:.1f} × hello", goal, times <= most if most else None
    )


def limit(what: str, value: float, most: float, unit: str) -> Result:
    """A plain figure and its limit."""
    return Result(what, f"{value:.3g} {unit}", "", f"≤ {most:g} {unit}", value <= most)


def table(title: str, results: list[Result]) -> str:
    """A Markdown table with date and machine."""
    head = f"{title}\n{date.today().isoformat()}, {machine()}\n"  # noqa: DTZ011  # the day of the machine
    rows = [("what", "measured", "relation", "goal", "met")]
    rows += [(one.what, one.measured, one.relation, one.goal, _word(one.is_met)) for one in results]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return head + "\n".join(lines)


def machine() -> str:
    """Cores, memory, Python, processor: what a figure depends on."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {gigabytes:.0f} GB, Python {platform.python_version()}, {platform.machine()}"


def _word(is_met: bool | None) -> str:
    return "" if is_met is None else ("yes" if is_met else "NO")
