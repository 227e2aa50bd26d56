"""The last line of every importer, and when it is a failure."""

import pytest

from app.core.importing import report


@pytest.mark.parametrize(
    ("counts", "refused"),
    [({}, 0), ({"new": 1}, 3), ({"changed": 1}, 1), ({"unchanged": 2, "removed": 1}, 1)],
)
def test_whatever_came_in_is_a_success(counts: dict[str, int], refused: int) -> None:
    report(counts, refused)


@pytest.mark.parametrize("counts", [{}, {"removed": 2}])
def test_everything_refused_is_a_failure(counts: dict[str, int]) -> None:
    with pytest.raises(SystemExit) as left:
        report(counts, 2)
    assert left.value.code == 1


def test_the_last_line_is_what_scripts_read(capsys: pytest.CaptureFixture[str]) -> None:
    report({"changed": 2, "new": 1}, 3)
    assert capsys.readouterr().out == "new 1, changed 2, unchanged 0, refused 3\n"
