"""Italian and Arabic say everything: nothing missing, nothing fuzzy, the same placeholders."""

import re
import subprocess
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.architecture.source import ROOT, listing, read

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every text of the code and the templates, collected as `make translations` does."""
    file: Path = tmp_path_factory.mktemp("texts") / "messages.pot"
    subprocess.run([ROOT / "deploy" / "translations.sh", "extract", file], cwd=ROOT, check=True)
    with file.open("rb") as stream:
        return read_po(stream)


def forms(message: Message) -> list[str]:
    """The texts of a message: one, or one for each plural form."""
    texts = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return [str(text or "") for text in texts]


def placeholders(texts: list[str]) -> set[str]:
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def faults(source: Message, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with the translation of one message."""
    translated = catalogue.get(source.id, source.context)
    name = repr(source.id)
    if translated is None or not all(forms(translated)):
        yield f"{name} is not translated"
        return
    if translated.fuzzy:
        yield f"{name} is fuzzy"
    if source.pluralizable and len(forms(translated)) != catalogue.num_plurals:
        yield f"{name} needs {catalogue.num_plurals} plural forms"
    wanted = placeholders([str(text) for text in (source.id if source.pluralizable else [source.id])])
    if placeholders(forms(translated)) != wanted:
        yield f"{name} has the placeholders {sorted(placeholders(forms(translated)))}, wanted {sorted(wanted)}"


@pytest.mark.parametrize("language", ["it", "ar"])
def test_the_catalogue_is_complete(language: str, collected: Catalog) -> None:
    text = read(f"app/translations/{language}/LC_MESSAGES/messages.po")
    catalogue = read_po(StringIO(text), locale=language)
    found = [fault for message in collected if message.id for fault in faults(message, catalogue)]
    assert not found, listing(
        found[:40], f"{len(found)} texts to mend in {language}; run make translations, then translate:"
    )


def test_a_wrong_translation_is_seen() -> None:
    catalogue = Catalog(locale="it")
    catalogue.add("Open until %(time)s", "Aperto")
    catalogue.add("Closed", "")
    assert list(faults(Message("Open until %(time)s"), catalogue)) != []
    assert list(faults(Message("Closed"), catalogue)) == ["'Closed' is not translated"]
    assert list(faults(Message("Unknown"), catalogue)) == ["'Unknown' is not translated"]
