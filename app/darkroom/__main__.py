"""One job from standard input, one answer to standard output, then the process ends.

In: one line of JSON ({"photo": {…}} or {"card": {…}}, see darkroom.jobs), then the bytes of a picture, if any.
Out: one line of JSON ({"made": [{format, width, height, bytes}, …]} or {"refused": reason, width, height}), then the
files one after the other. Memory and processor time are bounded before the picture is touched.
"""

import json
import os
import resource
import sys
from typing import Any

MEMORY_BYTES = 1_200 * 1024 * 1024  # of addresses: libraries, and one decoded picture of the largest size
PROCESSOR_SECONDS = 20
PATIENCE = 10  # added to the niceness: pages come first


def bound_ourselves() -> None:
    """From here on the system ends us rather than let one picture take the machine."""
    os.nice(PATIENCE)
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # nothing is written to disk here
    if sys.platform == "linux":  # others refuse the limit or do not keep it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def open_no_more() -> None:
    """From here on no file can be opened and nobody be spoken to: what is open is all there will be.

    Somebody else's picture must not read our key file or send anything out, even where it takes over the decoder.
    """
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


if __name__ == "__main__":
    bound_ourselves()

from .work import answer, load_every_format  # noqa: E402  # Pillow and the picture only within those bounds


def main() -> None:
    """Read, work, answer."""
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    asked: dict[str, Any] = json.loads(head)
    if "photo" in asked:  # cards are drawn with letters from files, over pictures of our own making
        load_every_format()
        open_no_more()
    told, files = answer(asked, data)
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + b"".join(files))


if __name__ == "__main__":
    main()
