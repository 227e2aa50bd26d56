"""Adding a language is adding a catalogue: tried with one whose every text stands between marks."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from app.core import i18n
from tests import engines

CODE = "uk"
BEGIN, END = "⟦", "⟧"
# What stands on every page and belongs to no language: names, addresses, licences, codes.
OURS = re.compile(
    r"Isole di Wendy|CC BY 4.0|Outlook|OpenStreetMap|Comune di Milano|EUPL|WCAG|[\w.+-]+@[\w.-]+|/[\w/-]+"
)
STATIC = ("/about", "/privacy", "/accessibility", "/offline", "/sign-in", "/does-not-exist")


def marked(text: str) -> str:
    return f"{BEGIN}{text}{END}"


def pseudo_catalogue(source: Path) -> Catalog:
    """Every text of a catalogue between marks, in as many plural forms as the language has."""
    with source.open("rb") as file:
        known = read_po(file)
    made = Catalog(locale=CODE)
    for message in known:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            forms = [marked(message.id[0]), *[marked(message.id[1])] * (made.num_plurals - 1)]
            made.add(message.id, tuple(forms), context=message.context)
        else:
            made.add(message.id, marked(str(message.id)), context=message.context)
    return made


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, spatialite_url: str) -> Iterator[FlaskClient]:
    """A site with one more catalogue in its folder, and nothing else changed."""
    folder = tmp_path / "translations"
    shutil.copytree(i18n.TRANSLATIONS, folder)
    own = folder / CODE / "LC_MESSAGES"
    own.mkdir(parents=True)
    with (own / "messages.mo").open("wb") as file:
        write_mo(file, pseudo_catalogue(folder / "it/LC_MESSAGES/messages.po"))
    monkeypatch.setattr(i18n, "TRANSLATIONS", folder)
    i18n.languages.cache_clear()
    with engines.running_app(engines.settings_for(tmp_path, spatialite_url)) as app:
        app.test_client_class = FlaskClient  # the checking one knows the three languages
        yield app.test_client()
    i18n.languages.cache_clear()


def texts(html: str) -> list[str]:
    """What a person reads: text outside scripts, styles and what must not be translated."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    found: list[str] = []

    def walk(node, skip: bool) -> None:
        name = node.tag if isinstance(node.tag, str) else "script"
        skip = skip or name in {"script", "style", "svg", "template"} or node.get("translate") == "no"
        if not skip and node.text:
            found.append(node.text)
        if not skip:
            found.extend(node.get(name) or "" for name in ("aria-label", "placeholder", "title", "alt"))
        for child in node:
            walk(child, skip)
            if not skip and child.tail:
                found.append(child.tail)

    walk(tree.find("body"), False)
    return [text.strip() for text in found if re.search(r"[^\W\d_]", text)]


def untranslated(html: str) -> list[str]:
    """Texts with letters that no catalogue gave; what a sentence holds between its marks is its own."""
    left = []
    for text in texts(html):
        rest = OURS.sub("", text)
        if re.search(r"[^\W\d_]{2,}", rest) and BEGIN not in text and END not in text:
            left.append(text)
    return left


@pytest.mark.parametrize("path", STATIC)
def test_no_text_of_the_interface_is_outside_the_catalogues(pseudo: FlaskClient, path: str) -> None:
    answer = pseudo.get(path, query_string={"lang": CODE})
    html = answer.get_data(as_text=True)
    assert '<html lang="uk" dir="ltr"' in html
    assert untranslated(html) == []


def test_lists_are_in_the_new_language_too(pseudo: FlaskClient) -> None:
    for path in ("/", "/events"):
        html = pseudo.get(path, query_string={"lang": CODE}).get_data(as_text=True)
        assert untranslated(html) == [], path


def test_the_switch_offers_it_by_its_own_name(pseudo: FlaskClient) -> None:
    html = pseudo.get("/about?lang=it").get_data(as_text=True)
    assert re.search(r'lang="uk"[^>]*>Українська<', html)


def test_a_browser_that_asks_for_it_gets_it(pseudo: FlaskClient) -> None:
    html = pseudo.get("/about", headers={"Accept-Language": "uk-UA,uk;q=0.9,en;q=0.5"}).get_data(as_text=True)
    assert '<html lang="uk"' in html


def test_machines_may_ask_for_it(pseudo: FlaskClient) -> None:
    feed = pseudo.get("/feeds/network.ics?lang=uk")
    assert feed.status_code == 200
    assert BEGIN in feed.get_data(as_text=True)
