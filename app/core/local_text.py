"""Content written by people in one or more languages, with the original marked (decisions.md, Language)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.text import clean


@dataclass(frozen=True)
class Text:
    """One text and the language it is really in, which may not be the page's."""

    value: str
    lang: str

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True)
class LocalText:
    """{language: text} with the language it was first written in."""

    original: str
    texts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, original: str, **texts: str) -> "LocalText":
        """`LocalText.of("it", it="Ciao", en="Hello")`; texts are cleaned, empty ones left out."""
        cleaned = {language: clean(text) for language, text in texts.items()}
        return cls(original, {language: text for language, text in cleaned.items() if text})

    def within(self, language: str) -> Text:
        """The text in this language, else the original, else any: shown with the language it is in."""
        for candidate in (language, self.original, *self.texts):
            if candidate in self.texts:
                return Text(self.texts[candidate], candidate)
        return Text("", self.original)

    def edited(self, language: str, text: str) -> "LocalText":
        """The same with another text in one language; an empty text takes it away.

        >>> LocalText.of("it", it="Ciao", en="Hello").edited("it", "Salve").texts
        {'it': 'Salve', 'en': 'Hello'}
        """
        edited = LocalText.of(self.original, **{**self.texts, language: text})
        return edited if edited.original in edited.texts else LocalText(language, edited.texts)

    def __bool__(self) -> bool:
        return bool(self.texts)

    def to_json(self) -> dict[str, Any]:
        """The stored form."""
        return {"original": self.original, "texts": dict(self.texts)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "LocalText":
        """Read the stored form."""
        return cls(str(stored["original"]), dict(stored["texts"]))
