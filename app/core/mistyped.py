"""Addresses that were probably meant: "ada@gmial.com" is "ada@gmail.com". A list of our own; nothing is looked up."""

from rapidfuzz.distance import OSA

# Where families of the network have their mail, and what resembles these but is somebody's own.
KNOWN = (
    "gmail.com", "hotmail.it", "hotmail.com", "libero.it", "yahoo.it", "yahoo.com", "outlook.it", "outlook.com",
    "icloud.com", "virgilio.it", "tiscali.it", "alice.it", "live.it", "live.com", "fastwebnet.it", "protonmail.com",
    "proton.me", "googlemail.com", "inwind.it", "email.it", "poste.it", "tim.it", "me.com", "mac.com", "msn.com",
    "gmx.com", "gmx.de", "gmx.net", "web.de", "yahoo.fr", "yahoo.es", "yahoo.co.uk", "hotmail.fr", "hotmail.es",
    "hotmail.co.uk", "orange.fr", "free.fr", "wanadoo.fr", "mail.com", "mail.ru", "yandex.ru", "ukr.net", "qq.com",
    "163.com", "comune.milano.it", "unimi.it", "unimib.it", "polimi.it", "unicatt.it", "unibocconi.it", "iulm.it",
    "email.com", "mail.it", "libera.it",
)  # fmt: skip
_SHORT, _JUDGED = 8, 4  # letters: of a domain that may hold one slip only, of a name that may be questioned
_HABITS = {"gmail.it": "gmail.com", "icloud.it": "icloud.com", "libero.com": "libero.it"}
_SLIPS_OF_ENDS = {
    "com": {"con", "cim", "cm", "vom", "xom", "comm", "coom", "ocm", "cmo", "co", "om", "clm", "cpm"},
    "it": {"ti", "ut", "ot", "i", "itt", "iit", "lt", "t"},
}


def meant_address(address: str) -> str | None:
    """The address that was probably meant, or None where this one may well be right.

    One slip of the keyboard, two in longer domains; a domain that is known itself is never questioned.

    >>> meant_address("ada@gmial.com"), meant_address("Ada@Libero.ti"), meant_address("ada@gmail.com")
    ('ada@gmail.com', 'Ada@libero.it', None)
    >>> meant_address("ada@mail.it"), meant_address("ada@nidoverde.org"), meant_address("ada")
    (None, None, None)
    """
    name, at, domain = address.strip().rpartition("@")
    domain = domain.casefold()
    if not at or domain in KNOWN:
        return None
    meant = _HABITS.get(domain) or _nearest(domain)
    return f"{name}@{meant}" if meant else None


def _nearest(domain: str) -> str | None:
    distances = {known: OSA.distance(domain, known) for known in KNOWN}
    best = min(distances, key=lambda known: (distances[known], KNOWN.index(known)))
    allowed = 1 if len(best) <= _SHORT else 2
    return best if distances[best] <= allowed and not _is_another(domain, best) else None


def _is_another(domain: str, known: str) -> bool:
    """Short names are easily somebody's own, and so is the same name with another end that exists: live.nl, mail.it."""
    (name, _, end), (known_name, _, known_end) = domain.partition("."), known.partition(".")
    if name == known_name:
        return end not in _SLIPS_OF_ENDS.get(known_end, ())
    return len(known_name) < _JUDGED
