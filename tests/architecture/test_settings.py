"""A setting that nobody can read about does not exist."""

import re
from dataclasses import fields

from app.config import Settings
from tests.architecture.source import listing, read

NOT_FROM_THE_ENVIRONMENT = {"testing"}


def test_every_setting_is_in_the_readme() -> None:
    names = [field.name.upper() for field in fields(Settings) if field.name not in NOT_FROM_THE_ENVIRONMENT]
    silent = [name for name in names if not re.search(rf"`{name}[`=]", read("README.md"))]
    assert not silent, listing(silent, "Describe each setting in README.md as `NAME`, with its default:")
