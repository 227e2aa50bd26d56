"""Register names as one would write them in Italian."""

import pytest

from geo.naming import display_name, from_capitals, is_shouting, short_name, stop_name


@pytest.mark.parametrize(
    ("register", "shown"),
    [
        ("P.TA GENOVA F.S.", "P.ta Genova FS"),
        ("PTA ROMANA", "P.ta Romana"),
        ("S.AMBROGIO", "S. Ambrogio"),
        ("VILLA S.G.", "Villa S.G."),
        ("CITTA' STUDI", "Città Studi"),
        ("MONLUE' - PONTE LAMBRO", "Monluè - Ponte Lambro"),
        ("NIGUARDA - CA' GRANDA", "Niguarda - Ca' Granda"),
        ("Q.RE GALLARATESE", "Q.re Gallaratese"),
        ("XXII MARZO", "XXII Marzo"),
        ("VIA VI FEBBRAIO", "Via VI Febbraio"),
        ("DE ANGELI", "De Angeli"),
        ("CASSINA DE PECCHI", "Cassina de Pecchi"),
        ("VIA DELL'ARTE", "Via dell'Arte"),
        ("SANT'AGOSTINO", "Sant'Agostino"),
        ("VIALE DELLE MEDAGLIE D'ORO", "Viale delle Medaglie d'Oro"),
        ("VIA GIOSUE' CARDUCCI", "Via Giosuè Carducci"),
        ("RONCHETTO SUL NAVIGLIO - Q.RE LODOVICO IL MORO", "Ronchetto sul Naviglio - Q.re Lodovico il Moro"),
        ("VIA MONDOVI', 2", "Via Mondovì, 2"),
        ("FNM-FS", "FNM-FS"),
        ("QT 8", "QT8"),
        ("TRENNO  ", "Trenno"),
        ("MAZZINI-DUOMO", "Mazzini-Duomo"),
        ("", ""),
        ("12", "12"),
        ("'", "'"),
        ("D'", "D'"),
        ("Già scritto BENE", "Già scritto BENE"),
    ],
)
def test_capitals_become_names(register: str, shown: str) -> None:
    assert display_name(register) == shown


@pytest.mark.parametrize(
    ("register", "shown"),
    [
        ("CADORNA FN M1", "Cadorna"),
        ("DUOMO M3", "Duomo"),
        ("GARIBALDI FS", "Garibaldi"),
        ("LOTTO FIERAMILANOCITY", "Lotto"),
        ("SESTO 1 MAGGIO FS", "Sesto 1º Maggio"),
        ("QT8", "QT8"),
        ("FS", "FS"),
    ],
)
def test_platforms_of_one_station_share_its_name(register: str, shown: str) -> None:
    assert stop_name(register) == shown


def test_a_quarter_is_called_by_its_first_name() -> None:
    assert short_name("BAGGIO - Q.RE DEGLI OLMI - Q.RE VALSESIA") == "Baggio"


@pytest.mark.parametrize(
    ("shouted", "written"),
    [
        ("MONLUE' - PONTE LAMBRO", "Monluè - Ponte Lambro"),
        ("GIARDINI P.TA VENEZIA", "Giardini P.ta Venezia"),
        ("MAGENTA - S. VITTORE", "Magenta - S. Vittore"),
        ("OSPEDALE A. ZAPPATONI-CASSANO D'ADDA", "Ospedale A. Zappatoni-Cassano d'Adda"),
        ("SANT'AGOSTINO", "Sant'Agostino"),
        ("PAPA GIOVANNI XXIII", "Papa Giovanni XXIII"),
        ("Già scritto bene, DJ", "Già scritto bene, DJ"),
        ("QT 8", "QT 8"),
    ],
)
def test_a_name_in_capitals_gets_its_small_letters_back(shouted: str, written: str) -> None:
    assert from_capitals(shouted) == written


def test_short_initials_do_not_shout() -> None:
    assert not is_shouting("BG")
