"""One Chromium for all tests of a process: Playwright allows no second one beside it."""

import ctypes.util
import os
import shutil
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session; skips, naming the package, where there is none."""
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if executable is None:
        pytest.skip("Chromium is not installed: install the package chromium (as root: deploy/setup.sh dev)")
    if sys.platform == "linux" and ctypes.util.find_library("atomic") is None:
        pytest.skip("Playwright cannot start: install the package libatomic1 (as root: deploy/setup.sh dev)")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=[*sandbox, "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()
