"""The repository stands on its own: no path of one machine, and sample data elsewhere is for tests only."""

import re

from tests.architecture.source import listing, paths, read

OWN_FILE = "tests/architecture/test_belongings.py"
MACHINE_PATHS = re.compile(r"(?<![\w.:/-])/(work|farm|root|home|Users|tmp)/\w")
SHARED = re.compile(r"\.\./(\.\./)*\.?(shared|library)\b|\bshared/(data|design|tools)\b")


def lines_with(pattern: re.Pattern[str], excluded: tuple[str, ...]) -> list[str]:
    return [f"{path}:{number}: {line.strip()[:80]}" for path in paths() if not path.startswith(excluded)
            for number, line in enumerate(read(path).splitlines(), 1) if pattern.search(line)]  # fmt: skip


def test_no_file_names_a_path_of_one_machine() -> None:
    found = lines_with(MACHINE_PATHS, (OWN_FILE,))
    assert not found, listing(found, "Use settings, the project's own folder or a temporary one:")


def test_only_tests_and_benches_look_at_data_beside_the_repository() -> None:
    found = lines_with(SHARED, ("tests/", "bench/"))
    assert not found, listing(found, "The product never needs files outside the repository:")
