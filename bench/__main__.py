"""`python -m bench`: build a sample, measure, print tables. Figures are CPU of this process unless said otherwise."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from bench import crowd, feeds, growth, last_seats, pages, processes, recurrence, search
from bench.results import Result, table
from bench.sample import sample
from tests.engines import fresh_postgres
from tests.postgres_cluster import PostgresCluster

OWN = "own"
HOPED = {False: 150, True: 200}  # bookings a second on SQLite and on PostgreSQL


def main() -> int:
    """0 when every goal is met, 1 otherwise."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="wendy-bench-") as temporary:
        folder = options.folder or temporary
        results = _sqlite(options, Path(folder))
        if options.postgres:
            results += _postgres(options, Path(temporary))
    missed = [result.what for result in results if result.is_met is False]
    print(f"\nmissed: {', '.join(missed)}" if missed else "\nevery goal is met", flush=True)
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--places", type=int, default=5_000)
    parser.add_argument("--events", type=int, default=5_000, help="each has ten dates")
    parser.add_argument("--postgres", nargs="?", const=OWN, default=os.environ.get("TEST_POSTGRES_URL", ""),
                        metavar="URL", help="measure there too; without a URL on a private server")  # fmt: skip
    parser.add_argument("--folder", help="keep the sample there, to measure again without filling it")
    parser.add_argument("--port", type=int, default=8765, help="for the processes that are really started")
    parser.add_argument("--no-processes", action="store_true", help="leave memory and start out")
    parser.add_argument(
        "--no-growth", action="store_true", help="leave the comparison with a tenth of the data out"
    )
    return parser.parse_args()


def _sqlite(options: argparse.Namespace, folder: Path) -> list[Result]:
    results, large = _requests("SQLite + SpatiaLite", options, folder / "large", "")
    found = search.search("SQLite", folder / "search", 5_000)
    if found:
        print(table("\nSearch", found), flush=True)
        results += found
    rules = recurrence.recurrence()
    print(table("\nRecurrence rules (CPU of this process)", rules), flush=True)
    results += rules
    if not options.no_growth:
        tenth = {"places": options.places // 10, "events": options.events // 10}
        with sample(folder / "small", **tenth) as small:
            grown = growth.compare(growth.after_a_change(small), large)
        print(table("\nGrowth: ten times the data (first request after a change)", grown), flush=True)
        results += grown
    if not options.no_processes:
        started = processes.measure(_environment(options, folder / "large"), options.port)
        print(table("\nProcesses (wall clock, resident memory)", started), flush=True)
        results += started
    return results


def _postgres(options: argparse.Namespace, folder: Path) -> list[Result]:
    """In a database of its own that is dropped afterwards; the server's own CPU is not counted."""
    cluster = PostgresCluster() if options.postgres == OWN else None
    try:
        with fresh_postgres(cluster.url() if cluster else options.postgres, None) as url:
            results = _requests(
                "PostgreSQL + PostGIS, without the server's CPU", options, folder / "postgres", url
            )[0]
        with fresh_postgres(cluster.url() if cluster else options.postgres, None) as url:
            found = search.search("PostGIS", folder / "search", 100_000, url)
        print(table("\nSearch (the clock holds the server's work)", found), flush=True)
        return results + found
    finally:
        if cluster is not None:
            cluster.stop()


def _environment(options: argparse.Namespace, folder: Path, url: str = "") -> dict[str, str]:
    return {
        "DATA_DIR": str(folder), "DATABASE_URL": url, "PORT": str(options.port), "TILES_URL": "",
        "PUBLIC_URL": f"http://localhost:{options.port}",
    }  # fmt: skip


def _requests(
    engine: str, options: argparse.Namespace, folder: Path, url: str
) -> tuple[list[Result], dict[str, float]]:
    floor = pages.hello().seconds
    results = [Result("Flask hello", f"{floor * 1000:.3g} ms", "1 × hello")]
    with sample(folder, places=options.places, events=options.events, database_url=url) as filled:
        print(f"{engine}: {filled.summary}", flush=True)
        results += pages.pages(filled, floor)
        results += feeds.feeds(filled, floor)
        results += pages.booking(filled, floor)
        grown = growth.after_a_change(filled)
        if not options.no_processes:
            results += crowd.crowd(
                filled, floor, _environment(options, folder, url), options.port, HOPED[bool(url)]
            )
        results += last_seats.last_seats(filled)
    print(table(f"\nRequests on {engine} (CPU of this process, minimum of 3 rounds)", results), flush=True)
    return results, grown


if __name__ == "__main__":
    sys.exit(main())
