"""The language of a text."""

from __future__ import annotations

import pytest

from pipeline.cleaning.language import Language, identify, writes_day_first
from tests.cleaning.helpers import BRIDGE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BRIDGE[0], "en"),
        ("Der Rat hat am Montag beschlossen, die eiserne Brücke für Lastwagen zu sperren.", "de"),
        (
            "Le conseil a décidé lundi de fermer le pont de fer aux camions dès le mois de juin.",
            "fr",
        ),
        (
            "El consejo decidió el lunes cerrar el puente de hierro a los camiones desde junio.",
            "es",
        ),
        (
            "O conselho decidiu na segunda-feira fechar a ponte de ferro aos caminhões em junho.",
            "pt",
        ),
        ("Il consiglio ha deciso lunedì di chiudere il ponte di ferro ai camion da giugno.", "it"),
        ("De raad besloot maandag de ijzeren brug vanaf juni te sluiten voor vrachtwagens.", "nl"),
        ("Совет решил в понедельник закрыть железный мост для грузовиков с первого июня.", "ru"),
        ("市議会は月曜日、六月から鉄橋をトラックに対して閉鎖することを決めた。", "ja"),
        ("市议会周一决定从六月起禁止卡车通过铁桥，因为检查发现了两条裂缝。", "zh"),
    ],
)
def test_languages(text: str, code: str) -> None:
    found = identify(text)
    assert found is not None
    assert found.code == code
    assert 0.5 < found.score <= 1


@pytest.mark.parametrize("text", ["", "Short text", "1234567890 " * 20, "!" * 500])
def test_too_few_letters_are_no_language(text: str) -> None:
    assert identify(text) is None


def test_only_the_start_counts() -> None:
    assert identify(" ".join(BRIDGE) * 2) == identify(" ".join(BRIDGE) * 2 + " Der Rat hat" * 50)


@pytest.mark.parametrize(
    ("language", "is_first"),
    [
        (Language("pt", 1.0), True),
        (Language("pt", 0.5), False),
        (Language("en", 1.0), False),
        (Language("zh", 1.0), False),
        (None, False),
    ],
)
def test_how_languages_write_days(language: Language | None, is_first: bool) -> None:
    assert writes_day_first(language) is is_first
