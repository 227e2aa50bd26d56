"""Typed words of ?q=: with the written words that they may be slips of, where somebody knows them.

The index of words stands in a room above; it registers here at start.
"""

from collections.abc import Callable, Sequence

Variants = dict[str, tuple[str, ...]]
_source: list[Callable[[Sequence[str]], Variants]] = []


def register_variants(source: Callable[[Sequence[str]], Variants]) -> None:
    """Give words their variants; the last one wins."""
    _source[:] = [source]


def variants_of(words: Sequence[str]) -> list[tuple[str, ...]]:
    """For each word the folded texts that count as it, the word itself first."""
    known = _source[0](words) if _source and words else {}
    return [(word, *(one for one in known.get(word, ()) if one != word)) for word in words]
