"""The rules that hold for every page: structure, labels, own host only, nothing inline, nothing untranslated."""

import gettext
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

TRANSLATIONS = Path(__file__).resolve().parents[1] / "app" / "translations"
DIRECTIONS = {"it": "ltr", "en": "ltr", "ar": "rtl"}
UNLABELLED_TYPES = {"hidden", "submit", "button", "reset", "image"}
DATA_SCRIPT_TYPES = {"application/json", "application/ld+json"}
LOADING = {
    "script",
    "link",
    "img",
    "iframe",
    "source",
    "video",
    "audio",
    "track",
    "embed",
    "object",
    "use",
    "image",
    "input",
}
LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch", "apple-touch-icon"}
UNSPOKEN = {"script", "style", "template", "bdi", "textarea"}
SPOKEN_ATTRIBUTES = ("aria-label", "alt", "title", "placeholder")
LEAKS = (
    (re.compile(r"\{\{|\}\}|\{%"), "template code"),
    (re.compile(r"\bNone\b"), "None"),
    (re.compile(r"lazy_gettext|LazyString|LocalText\("), "the name of a Python object"),
    (re.compile(r"%\(\w+\)[sd]"), "an unfilled placeholder"),
    (re.compile(r"<[\w.]+ (object|at 0x)"), "a Python object"),
)


@dataclass(frozen=True)
class Page:
    """One HTML page as a browser's parser sees it."""

    source: str
    root: Element
    parse_errors: tuple[str, ...]
    headers: Mapping[str, str]
    host: str

    @classmethod
    def parse(cls, source: str, *, headers: Mapping[str, str], host: str) -> "Page":
        """Parse leniently, remembering what was wrong."""
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root = parser.parse(source)
        errors = tuple(f"line {position[0]}: {name} {detail}" for position, name, detail in parser.errors)
        return cls(source, root, errors, {name.lower(): value for name, value in headers.items()}, host)

    @cached_property
    def elements(self) -> list[Element]:
        """Every element in document order (comments have no name and are left out)."""
        return [element for element in self.root.iter() if not is_comment(element)]

    def all(self, *names: str) -> list[Element]:
        """Elements of these names."""
        return [element for element in self.elements if local_name(element) in names]

    @cached_property
    def ids(self) -> Counter[str]:
        """How often each id is used."""
        return Counter(element.attrib["id"] for element in self.elements if "id" in element.attrib)

    @property
    def language(self) -> str:
        """What <html lang> says."""
        return self.root.attrib.get("lang", "")

    @cached_property
    def spoken(self) -> list[str]:
        """Texts in the page's own language that a person reads or hears."""
        return [text for text in map(normal, _spoken(self.root, self.language)) if text]


def is_comment(element: Element) -> bool:
    """html5lib gives a comment a function in place of its name."""
    return callable(element.tag)


def local_name(element: Element) -> str:
    """The element's name without the SVG or MathML namespace."""
    return str(element.tag).rsplit("}", 1)[-1]


def normal(text: str) -> str:
    """One space between words."""
    return " ".join(text.split())


def text_of(element: Element) -> str:
    """All text inside."""
    return normal("".join(element.itertext()))


def _spoken(element: Element, language: str) -> Iterator[str]:
    """Leave out code, other languages and texts marked as names (translate=no, bdi)."""
    if is_comment(element) or local_name(element) in UNSPOKEN:
        return
    if element.attrib.get("lang", language) != language or element.attrib.get("translate") == "no":
        return
    yield from (element.attrib[name] for name in SPOKEN_ATTRIBUTES if name in element.attrib)
    if local_name(element) == "input" and element.attrib.get("type") in {"submit", "button", "reset"}:
        yield element.attrib.get("value", "")
    yield element.text or ""
    for child in element:
        yield from _spoken(child, language)
        yield child.tail or ""


# ---- the rules: each yields one sentence per fault -----------------------------------------------------
def document(page: Page) -> Iterator[str]:
    """Doctype, language, direction, title, one h1, a marked main, well-formed HTML."""
    if not page.source.lstrip().lower().startswith("<!doctype html>"):
        yield "does not start with <!doctype html>"
    if page.language not in DIRECTIONS:
        yield f"<html lang={page.language!r}> is none of {sorted(DIRECTIONS)}"
    elif page.root.attrib.get("dir", "ltr") != DIRECTIONS[page.language]:
        yield f"<html dir> must be {DIRECTIONS[page.language]} in {page.language}"
    titles = [text_of(title) for title in page.root.findall("head/title")]
    if len(titles) != 1 or not titles[0]:
        yield f"needs one <title> with text, has {titles}"
    headings = [text_of(heading) for heading in page.all("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"needs exactly one <h1> with text, has {headings}"
    mains = [main.attrib.get("data-page", "") for main in page.all("main")]
    if len(mains) != 1 or not re.fullmatch(r"[a-z_]+\.[a-z_]+", mains[0]):
        yield f'needs one <main data-page="feature.function">, has {mains}'
    yield from (f"HTML error at {error}" for error in page.parse_errors[:5])


def labels(page: Page) -> Iterator[str]:
    """Every field a person can see has a label; every button, link and picture has a name."""
    labelled = {label.attrib.get("for") for label in page.all("label") if text_of(label)}
    wrapped = {id(field) for label in page.all("label") if text_of(label) for field in label.iter()}
    for field in page.all("input", "select", "textarea"):
        if field.attrib.get("type") in UNLABELLED_TYPES or _has_aria_name(field):
            continue
        if field.attrib.get("id") not in labelled and id(field) not in wrapped:
            yield f"the {local_name(field)} named {field.attrib.get('name')!r} has no label"
    for control in page.all("button", "a"):
        pictured = any(normal(image.attrib.get("alt", "")) for image in control.iter("img"))
        if not (text_of(control) or pictured or _has_aria_name(control)):
            yield f"a {local_name(control)} has no name: {dict(control.attrib)}"
    for image in page.all("img"):
        if "alt" not in image.attrib:
            yield f"the image {image.attrib.get('src')!r} has no alt"


def _has_aria_name(element: Element) -> bool:
    return bool(element.attrib.get("aria-label") or element.attrib.get("aria-labelledby"))


def references(page: Page) -> Iterator[str]:
    """Ids are unique, and what points to an id finds it."""
    yield from (f"the id {name!r} is used {times} times" for name, times in page.ids.items() if times > 1)
    for element in page.elements:
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in element.attrib.get(attribute, "").split():
                if name not in page.ids:
                    yield f"{attribute}={name!r} points to no id"


def own_host(page: Page) -> Iterator[str]:
    """Nothing that loads by itself comes from another host."""
    for element in page.elements:
        if local_name(element) not in LOADING:
            continue
        if local_name(element) == "link" and not LOADING_LINKS & set(
            element.attrib.get("rel", "").lower().split()
        ):
            continue
        for address in _loaded_addresses(element):
            if urlsplit(address).netloc not in {"", page.host}:
                yield f"loads {address!r} from another host"


def _loaded_addresses(element: Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        plain = name.rsplit("}", 1)[-1].removeprefix("xlink:")
        if plain in {"src", "href", "data", "poster"}:
            yield value
        elif plain == "srcset":
            yield from (candidate.split()[0] for candidate in value.split(",") if candidate.strip())


def nothing_inline(page: Page) -> Iterator[str]:
    """The page holds under default-src 'self': no inline script, style or handler."""
    for element in page.elements:
        name = local_name(element)
        if name == "style":
            yield "has a <style> element: put it into the sheet"
        if (
            name == "script"
            and "src" not in element.attrib
            and element.attrib.get("type") not in DATA_SCRIPT_TYPES
        ):
            yield "has an inline <script>: put it into a module under static/js"
        for attribute, value in element.attrib.items():
            if attribute == "style" or attribute.startswith("on"):
                yield f"<{name} {attribute}=…> is inline: use a class or a module"
            if value.strip().lower().startswith("javascript:"):
                yield f"<{name} {attribute}> holds a javascript: address"


def security_headers(page: Page) -> Iterator[str]:
    """The promises that travel in headers."""
    policy = page.headers.get("content-security-policy", "")
    if "default-src 'self'" not in policy:
        yield f"Content-Security-Policy lacks default-src 'self': {policy!r}"
    if "unsafe-" in policy:
        yield f"Content-Security-Policy allows something unsafe: {policy!r}"
    if page.headers.get("referrer-policy") != "same-origin":
        yield f"Referrer-Policy must be same-origin, is {page.headers.get('referrer-policy')!r}"


def leaks(page: Page) -> Iterator[str]:
    """Nothing of the machinery shows through."""
    for text in page.spoken:
        for pattern, what in LEAKS:
            if pattern.search(text):
                yield f"shows {what}: {text[:80]!r}"


def translated(page: Page) -> Iterator[str]:
    """No English text of the interface where the catalogue knows its translation."""
    known = untranslated_texts(page.language)
    yield from (f"shows {text!r} untranslated in {page.language}" for text in page.spoken if text in known)


@cache
def untranslated_texts(language: str) -> frozenset[str]:
    """English texts that this language says otherwise; empty where there is no compiled catalogue."""
    file = TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo"
    if not file.exists():
        return frozenset()
    with file.open("rb") as stream:
        catalogue: dict[object, str] = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]  # no public way to list
    pairs = [(normal(key), normal(text)) for key, text in catalogue.items() if isinstance(key, str) and key]
    said = {text for _, text in pairs}
    return frozenset(
        key for key, text in pairs if text and key != text and key not in said and "%(" not in key
    )


RULES: tuple[Callable[[Page], Iterator[str]], ...] = (
    document, labels, references, own_host, nothing_inline, security_headers, leaks, translated,
)  # fmt: skip


def faults(page: Page) -> Iterator[str]:
    """Every fault of the page by every rule."""
    for rule in RULES:
        yield from rule(page)
