"""Names of registers in capitals, as one would write them in Italian: "P.TA GENOVA F.S." is "P.ta Genova FS".

Registers write everything in capitals; people do not. A name that is not all capitals is left as it is.
"""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL = _words(
    "a ad ai al all alla alle allo agli con d da dai dal dall dalla dalle dallo dagli de dei del dell della delle dello "
    "degli di e ed et in nei nel nell nella nelle nello negli per su sui sul sull sulla sulle y von van du des"
)
_KEPT = _words("SRL SNC SAS SPA SS IRCCS INRCA ASST ATS ASL CTO ACLI ARCI WEMI CAF CAM UPT")
_ROMAN = re.compile(r"(?=[IVXLC]{2,})C{0,3}(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})\Z")
_ABBREVIATION_ENDS = _words("RE TA TI LE ZA ZZA SO GO RA SSA TRO CO NE LLO")
_ACCENTED = {"A": "à", "E": "è", "I": "ì", "O": "ò", "U": "ù"}
# The apostrophe of these is an elision, not an accent that a register could not write.
_TRUE_APOSTROPHES = _words("CA PO DE DA DEI NE MO CO VA FRA FRÀ")
_WORD = re.compile(r"[^\W\d_]+(?:['’](?!\w))?", re.UNICODE)
# How the registers of stops and quarters spell what a map shows in another way.
_SPELT = tuple(
    (re.compile(pattern), spelt)
    for pattern, spelt in (
        (r"\bQT 8\b", "QT8"),
        (r"\bF\.S\.(?!\w)", "FS"),
        (r"\bPTA\b", "P.TA"),
        (r"\bQRE\b", "Q.RE"),
        (r"\bPZA\b", "P.ZA"),
        (r"\b(SS?)\.(?=[A-Z]{2})", r"\1. "),
    )
)
_OWN_SPELLING = {"Fieramilanocity": "FieraMilanoCity", "Nolo": "NoLo"}


def is_shouting(text: str) -> bool:
    """Whether a text is all in capitals, so that its case says nothing.

    >>> is_shouting("CORSO VERCELLI"), is_shouting("Farmacia Vercelli"), is_shouting("QT8")
    (True, False, False)
    """
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 3 and all(not letter.islower() for letter in letters)


def from_capitals(text: str) -> str:
    """A name in capitals as it is written elsewhere; a name in mixed case comes back unchanged.

    >>> from_capitals("RONCHETTO SUL NAVIGLIO - Q.RE LODOVICO IL MORO")
    'Ronchetto sul Naviglio - Q.re Lodovico il Moro'
    >>> from_capitals("NIGUARDA - CA' GRANDA"), from_capitals("CITTA' STUDI"), from_capitals("XXII MARZO")
    ("Niguarda - Ca' Granda", 'Città Studi', 'XXII Marzo')
    >>> (
    ...     from_capitals("A.F.M. N. 48"),
    ...     from_capitals("LAFARMACIA.DELL'ORSO MILANO"),
    ...     from_capitals("MANCA SNC"),
    ... )
    ('A.F.M. N. 48', "Lafarmacia.dell'Orso Milano", 'Manca SNC')
    """
    if not is_shouting(text):
        return text
    return _WORD.sub(lambda match: _word(match, text), text)


def display_name(name: str) -> str:
    """A name to show on the map: without doubled blanks, and what registers shorten spelt as signs have it.

    >>> display_name("P.TA GENOVA F.S."), display_name("S.AMBROGIO"), display_name("QT 8")
    ('P.ta Genova FS', 'S. Ambrogio', 'QT8')
    """
    shown = " ".join(name.split())
    if shown != shown.upper():
        return shown
    for pattern, spelt in _SPELT:
        shown = pattern.sub(spelt, shown)
    shown = from_capitals(shown)
    return " ".join(_OWN_SPELLING.get(word, word) for word in shown.split(" "))


def short_name(name: str) -> str:
    """The first of several joined names, which is how people call the quarter.

    >>> short_name("BAGGIO - Q.RE DEGLI OLMI - Q.RE VALSESIA")
    'Baggio'
    """
    return display_name(name.split(" - ", maxsplit=1)[0])


def stop_name(name: str) -> str:
    """A stop's name without the line or railway that tells its platforms apart.

    >>> stop_name("CADORNA FN M2"), stop_name("LOTTO FIERAMILANOCITY"), stop_name("SESTO 1 MAGGIO FS")
    ('Cadorna', 'Lotto', 'Sesto 1º Maggio')
    """
    shown = re.sub(r"(?: (?:M\d|FS|FN|FNM|FieraMilanoCity))+$", "", display_name(name))
    return re.sub(r"\b1 Maggio\b", "1º Maggio", shown)


def _word(match: re.Match[str], text: str) -> str:
    word = match[0]
    bare = word.rstrip("'’")
    before, after = text[: match.start()], text[match.end() :]
    if bare in _KEPT or _ROMAN.match(bare) or _has_no_vowel(bare):
        return word
    if bare in _ABBREVIATION_ENDS and re.search(r"(\b\w|\bPROF|\bDR)\.\Z", before):
        return word.lower()
    if word != bare:
        return _with_final_apostrophe(word, bare)
    if before and _is_small(bare, before, after):
        return word.lower()
    return word.capitalize()


def _with_final_apostrophe(word: str, bare: str) -> str:
    """CITTA' stands for città where a typewriter had no accents; CA' is a word of its own."""
    if bare in _TRUE_APOSTROPHES or bare[-1] not in _ACCENTED:
        return word.capitalize()
    return bare[:-1].capitalize() + _ACCENTED[bare[-1]] if len(bare) > 1 else word.lower()


def _is_small(bare: str, before: str, after: str) -> bool:
    """Articles and prepositions inside a name, and elided ones before an apostrophe (dell'Orso)."""
    if bare in {"IL", "LO", "LA", "I", "GLI"}:
        return not after.startswith(".") and not re.search(r"[-–(/.]\s*\Z", before)
    is_elided = after.startswith(("'", "’"))
    if bare.lower() in {"l", "d", "c"} and not is_elided:
        return False
    if bare.lower() in {"l", "un"} and is_elided:
        return True
    return bare.lower() in _SMALL and not after.startswith(".") and not re.search(r"[-–(/]\s*\Z", before)


def _has_no_vowel(bare: str) -> bool:
    """Initials such as QT or BG; DR and ST are words that were shortened."""
    return 1 < len(bare) < 5 and not set(bare) & set("AEIOUYÀÈÉÌÒÙ") and bare not in {"DR", "ST", "STR", "MR"}
