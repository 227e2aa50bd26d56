"""The darkroom as the site meets it: a process with bounds, that answers or ends."""

import json
import subprocess
import sys

import pytest

from app.core.errors import Busy
from app.places import darkroom
from app.places.rules import photos as rules
from tests.app.darkroom.pictures import photo, png_header
from tests.architecture.source import ROOT

PROBE = (
    "import darkroom.__main__ as d, resource, os; d.bound_ourselves(); "
    "print([resource.getrlimit(x)[0] for x in (resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)]); "
    "bytearray(4 << 30)"
)


def test_a_photo_is_developed_in_another_process() -> None:
    made = darkroom.develop(photo())
    assert [one.width for one in made] == [840, 840, 420, 420]
    assert made[1].data.startswith(b"\xff\xd8\xff")
    assert "PIL.Image" not in _modules_of_the_site()


def _modules_of_the_site() -> set[str]:
    """Everything that the application imports when it starts, Pillow not among it."""
    code = "import app, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", rules.PhotoEmpty),
        (b"\xff\xd8\xff" + bytes(rules.MOST_BYTES), rules.PhotoTooHeavy),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            rules.PhotoOfAnotherKind,
        ),
        (b"GIF89a" + bytes(100), rules.PhotoOfAnotherKind),
        (b"%PDF-1.7", rules.PhotoOfAnotherKind),
        (b"\0\0\0\x18ftypheic" + bytes(100), rules.PhotoIsHeic),
        (b"\xff\xd8\xff" + bytes(100), rules.PhotoUnreadable),
        (png_header(60_000, 60_000), rules.PhotoHasTooManyPixels),
        (png_header(100, 100), rules.PhotoTooNarrow),
    ],
)
def test_each_refusal_has_its_name(data: bytes, refusal: type[rules.PhotoRefused]) -> None:
    with pytest.raises(rules.PhotoRefused) as refused:
        darkroom.develop(data)
    assert type(refused.value) is refusal


def test_memory_time_and_disk_are_bounded() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=ROOT / "app", capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[20, 0, 0]"
    assert "MemoryError" in done.stderr


@pytest.mark.parametrize(
    "deed",
    ["open('/dev/null')", "socket.socket()", "os.close(0) or open('/dev/null')", "os.dup(1)", "os.pipe()"],
)
def test_while_a_photo_is_open_nothing_else_can_be_opened(deed: str) -> None:
    """Not even in place of what was open already."""
    code = (
        "import os, socket\n"
        f"def answer(asked, data):\n    try:\n        {deed}\n    except OSError:\n        return {{'refused': 'pixels'}}, []\n"
        "    return {'refused': 'opened'}, []\n"
        "import darkroom.__main__ as d; d.answer = answer; d.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT / "app",
        capture_output=True,
        check=True,
        input=b'{"photo": {}}\n',
    )
    assert json.loads(done.stdout) == {"refused": "pixels"}


@pytest.mark.parametrize("code", ["raise SystemExit(3)", "import os; os.abort()", "1 / 0"])
def test_a_darkroom_that_breaks_is_a_photo_that_cannot_be_read(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(darkroom, "COMMAND", [sys.executable, "-c", code])
    with pytest.raises(rules.PhotoUnreadable):
        darkroom.develop(photo())


def test_a_darkroom_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(darkroom, "COMMAND", [sys.executable, "-c", "import time; time.sleep(600)"])
    monkeypatch.setattr(darkroom, "WORK_SECONDS", 0.2)
    with pytest.raises(rules.PhotoUnreadable):
        darkroom.develop(photo())


def test_it_sees_none_of_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_URL", "smtp://secret")
    code = (
        "import os, json; reason = 'seen' if 'MAIL_URL' in os.environ else 'pixels'; "
        "print(json.dumps({'refused': reason, 'width': 0, 'height': 0}))"
    )
    monkeypatch.setattr(darkroom, "COMMAND", [sys.executable, "-c", code])
    with pytest.raises(rules.PhotoHasTooManyPixels):
        darkroom.develop(photo())


def test_one_at_a_time_and_who_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(darkroom, "WAIT_SECONDS", 0.01)
    with darkroom._photo_door.turn(), pytest.raises(Busy):
        darkroom.develop(photo())
    assert darkroom.develop(photo())
