"""Datelines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.dateline import parse_dateline, parse_plain_dateline

REST = "The council met on Monday to speak about the bridge over the river."
UNSPACED = "市議会は月曜日に川にかかる橋について話し合うために集まり、決定は来週に持ち越された。"


@pytest.mark.parametrize(
    ("opening", "text", "place", "agency"),
    [
        ("LISBON (Bugle) - ", "LISBON (Bugle)", "LISBON", "Bugle"),
        ("LISBON, May 3 (Bugle) - ", "LISBON, May 3 (Bugle)", "LISBON", "Bugle"),
        ("LISBON, May 3, 2020 (Bugle) – ", "LISBON, May 3, 2020 (Bugle)", "LISBON", "Bugle"),
        ("LISBON, Portugal (Bugle) — ", "LISBON, Portugal (Bugle)", "LISBON", "Bugle"),
        ("LISBON, Portugal — ", "LISBON, Portugal", "LISBON", None),
        ("LISBON — ", "LISBON", "LISBON", None),
        ("LISBON - ", "LISBON", "LISBON", None),
        ("LISBON: ", "LISBON", "LISBON", None),
        ("NEW YORK -- ", "NEW YORK", "NEW YORK", None),
        ("ST. LOUIS (Bugle) — ", "ST. LOUIS (Bugle)", "ST. LOUIS", "Bugle"),
        ("LISBON/PORTO (Bugle) - ", "LISBON/PORTO (Bugle)", "LISBON/PORTO", "Bugle"),
        ("Berlin (dpa) - ", "Berlin (dpa)", "Berlin", "dpa"),
        ("Bad Homburg (dpa/lhe) - ", "Bad Homburg (dpa/lhe)", "Bad Homburg", "dpa/lhe"),
        ("Madrid, 3 may (EFE).- ", "Madrid, 3 may (EFE)", "Madrid", "EFE"),
        ("(ANSA) - ROMA, 20 GEN - ", "(ANSA) - ROMA, 20 GEN", "ROMA", "ANSA"),
        ("МОСКВА, 3 мая — ", "МОСКВА, 3 мая", "МОСКВА", None),
        ("МОСКВА, 3 мая. /ТАСС/. ", "МОСКВА, 3 мая. /ТАСС/", "МОСКВА", "ТАСС"),
        ("ALTDORF-WEST. ", "ALTDORF-WEST", "ALTDORF-WEST", None),
        ("KASSEL SÜD. ", "KASSEL SÜD", "KASSEL SÜD", None),
        ("MORELIA, Mich. (EFE).- ", "MORELIA, Mich. (EFE)", "MORELIA", "EFE"),
        ("ZÜRICH – ", "ZÜRICH", "ZÜRICH", None),
        ("PARIS (3 May) - ", "PARIS (3 May)", "PARIS", None),
        ("OURO VELHO (MG) - ", "OURO VELHO (MG)", "OURO VELHO", None),
        ("ميناء الزيتون - وكالات: ", "ميناء الزيتون - وكالات", "ميناء الزيتون", "وكالات"),
    ],
)
def test_datelines(opening: str, text: str, place: str, agency: str | None) -> None:
    dateline = parse_dateline(opening + REST)
    assert dateline is not None
    assert (dateline.text, dateline.place, dateline.agency) == (text, place, agency)
    assert (opening + REST)[dateline.end :] == REST


@pytest.mark.parametrize(
    ("opening", "place", "agency"),
    [
        ("【東京=山田太郎】", "東京", None),
        ("[ソウル 3日 通信] ", "ソウル", None),
        ("新华社北京5月3日电", "北京", "新华社"),
    ],
)
def test_datelines_of_unspaced_scripts(opening: str, place: str, agency: str | None) -> None:
    dateline = parse_dateline(opening + UNSPACED)
    assert dateline is not None
    assert (dateline.place, dateline.agency) == (place, agency)


@pytest.mark.parametrize(
    "block",
    [
        "",
        REST,
        "LISBON — short",
        "Lisbon - " + REST,
        "Picture (16.08.2024) - " + REST,
        "UPDATE: " + REST,
        "BREAKING - " + REST,
        "NATO - the alliance of thirty states met on Monday to speak about it.",
        "IBM — which has its seat in New York — met on Monday to speak about it.",
        "Q: " + REST,
        "NATO. " + REST,
        "ACHTUNG. " + REST,
        "LISBON. 2024 was a good year for all who live beside the river, it said.",
        "NOTE: " + REST,
        "Москва - столица и самый большой город страны, в нём живут миллионы.",
        "A — " + REST,
        "(Bugle) " + REST,
        "WELL-KNOWN people met on Monday to speak about the bridge over the river.",
        "2020 - " + REST,
        "“LISBON — " + REST,
    ],
)
def test_other_openings(block: str) -> None:
    assert parse_dateline(block) is None


@given(st.text(max_size=200))
def test_any_block(block: str) -> None:
    dateline = parse_dateline(block)
    assert dateline is None or (dateline.place.strip() and 0 < dateline.end < len(block))


@pytest.mark.parametrize(
    ("opening", "others", "place"),
    [
        ("Harlow – ", ["A bridge in Harlow"], "Harlow"),
        ("Harlow. ", ["Eine Brücke bei Harlow"], "Harlow"),
        ("PORT HARLOW. ", ["Un ponte a Port Harlow"], "PORT HARLOW"),
        ("हरनपुर: कल ", ["हरनपुर गांव में नया पुल"], "हरनपुर"),
        ("Harlow – ", ["The Harlow bridge"], None),
        ("At last. ", ["It came at last"], None),
        ("Question. ", ["No question"], None),
    ],
)
def test_an_unmarked_place_stands_elsewhere_too(
    opening: str, others: list[str], place: str | None
) -> None:
    found = parse_plain_dateline(opening + REST, others)
    assert (found and found.place) == place


@pytest.mark.parametrize(
    ("block", "authors"),
    [
        ("【東京=山田太郎】" + REST, ("山田太郎",)),
        ("新华社北京5月3日电（记者王小明、李华）" + REST, ("王小明", "李华")),
        ("LISBON (Bugle) - " + REST, ()),
    ],
)
def test_reporters_in_and_behind_a_dateline(block: str, authors: tuple[str, ...]) -> None:
    found = parse_dateline(block)
    assert found is not None
    assert found.authors == authors
