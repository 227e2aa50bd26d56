"""Templates parse, and every text a person reads in them goes through gettext."""

import re
from pathlib import PurePosixPath

import pytest
from jinja2 import Environment

from tests.architecture.source import listing, paths, read

# Names are the same in every language.
NAMES = {"Isole", "di", "Wendy", "Comune", "Milano", "CC", "BY", "ODbL", "OpenStreetMap", "Google", "Apple", "Outlook", "Leaflet", "RSS", "Atom", "JSON",
         "CSV", "QR", "API", "OpenAPI", "GeoJSON", "PDF", "km", "min"}  # fmt: skip
EXPRESSION = "\0"
SPOKEN_ATTRIBUTE = re.compile(r"""\s(?:aria-label|alt|title|placeholder)=(["'])(?P<text>.*?)\1""", re.DOTALL)
UNSPOKEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
ATTRIBUTE = re.compile(r"""[\w-]+=(?:"[^"]*"|'[^']*')""")  # a block may hold attributes of its parent's tag
WORD = re.compile(r"[^\W\d_]{2,}")
ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
TEMPLATES = paths("templates/")


@pytest.mark.parametrize("path", TEMPLATES)
def test_the_template_parses(path: str) -> None:
    ENVIRONMENT.parse(read(path), filename=path)


def literal_words(source: str) -> list[str]:
    """Words of a template that are shown as they stand, outside gettext."""
    tokens = list(ENVIRONMENT.lex(source))
    data = "".join(
        value if kind == "data" else EXPRESSION if kind.endswith("_end") else "" for _, kind, value in tokens
    )
    visible = UNSPOKEN.sub(" ", re.sub(r"&\w+;", " ", data))
    spoken = [match["text"] for match in SPOKEN_ATTRIBUTE.finditer(visible)]
    return [
        word
        for text in [*spoken, ATTRIBUTE.sub(" ", TAG.sub(" ", visible))]
        for word in WORD.findall(text)
        if word not in NAMES
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('<p class="a">{{ _("Open") }}</p>', []),
        ("<p>Open now</p>", ["Open", "now"]),
        ('<img alt="Map" src="x">', ["Map"]),
        ('<a {% if x %}class="on"{% endif %} href="{{ url }}">{{ n }} → Isole di Wendy</a>', []),
        ('{% block attributes %}data-event="{{ id }}"{% endblock %}', []),
        ("{# note #}<script type='application/ld+json'>{\"name\": 1}</script>", []),
    ],
)
def test_literal_words_are_seen(source: str, words: list[str]) -> None:
    assert literal_words(source) == words


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.endswith(".html")])
def test_every_text_goes_through_gettext(path: str) -> None:
    words = literal_words(read(path))
    assert not words, listing(
        words, f'Write {{{{ _("…") }}}} around these words in {path}, or add a name to NAMES:'
    )


def test_pages_and_mails_of_a_feature_stand_under_its_name() -> None:
    """One name, four places: whoever knows the feature finds its pages."""
    features = {PurePosixPath(path).parts[1] for path in paths() if path.startswith("app/")}
    shared = {"components", "emails", "errors"}
    folders = [PurePosixPath(path).parts for path in paths() if path.startswith("templates/")]
    strange = {parts[1] for parts in folders if len(parts) > 2} - features - shared
    strange |= {
        f"emails/{parts[2]}" for parts in folders if parts[1] == "emails" and parts[2] not in features
    }
    assert not strange, listing(
        sorted(strange), "Name the folder after the feature in app/ that shows its pages:"
    )
