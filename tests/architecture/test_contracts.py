"""The import contracts of pyproject.toml hold."""

import subprocess
import sys

from tests.architecture.source import ROOT

RUN = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def test_every_import_contract_is_kept() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    advice = "Import downwards only; a lower feature tells upper ones by a signal. pyproject.toml holds the contracts.\n"
    assert done.returncode == 0, advice + done.stdout + done.stderr
