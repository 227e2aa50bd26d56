"""What the installation keeps on disk (key, database, mails) is for its owner's eyes only."""

import os
import stat
from pathlib import Path

OTHERS = 0o077
OWNER_ONLY = 0o700


def keep_private(folder: Path) -> None:
    """Make the data folder and close it to other accounts; so is every file that this process writes from now on.

    A folder of another account, or one that many share (sticky, such as a temporary one), stays as it is: there only
    the files are closed.
    """
    os.umask(OTHERS)
    folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    found = folder.stat()
    is_ours = found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX
    if is_ours and found.st_mode & OTHERS:
        folder.chmod(OWNER_ONLY)
