"""Lines that ask the reader for something in words of their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.appeal import appeal_of
from pipeline.cleaning.evidence import gather
from pipeline.cleaning.page import page_from_text
from pipeline.cleaning.phrases import fold
from schemas.roles import Role


def role(line: str) -> Role | None:
    claim = appeal_of(line, fold(line))
    return None if claim is None else claim.role


@pytest.mark.parametrize(
    "line",
    [
        "Tales of the harbour, twice a week, right at your door: join 900 others on our bulletin",
        "Begin your Sunday with us: the Quayside podcast drops at nine.",
        "Follow the ferry live: tap here to reach our channel",
        "Chaque samedi, la mer vous écrit : inscrivez-vous, notre lettre ne coûte rien",
        "Recevez nos alertes Marées",
        "Unser Hafen-Briefing: jeden Montag das Wichtigste kostenlos ins Postfach",
        "Únete a nuestro canal y sabrás antes que nadie cómo está el mar",
        "Toda sexta, o melhor do porto no seu celular: assine nosso boletim",
        "Ogni venerdì il mare in due minuti: iscriviti alla nostra newsletter",
        "Elke vrijdag het havennieuws: meld je aan voor onze nieuwsbrief",
        "Co piątek wieści z portu: zapisz się do naszego biuletynu",
    ],
)
def test_prompts(line: str) -> None:
    assert role(line) is Role.NEWSLETTER_PROMPT


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe for $2 a month and read on.",
        "Abonnez-vous pour 1 € le premier mois.",
        "Jetzt testen: 4 Wochen lesen für 1 €, danach 9 € im Monat.",
        "The Quay is paid for by its readers. Spare £2 a month and it will go on.",
    ],
)
def test_prices(line: str) -> None:
    assert role(line) is Role.PAYWALL


@pytest.mark.parametrize(
    "line",
    [
        "Seen something on the quay? Text our desk on 555-0199 or come by.",
        "Know more about the ferry? Write to us: quay@example.com",
        "Wer etwas gesehen hat: Schreiben Sie uns an hafen@example.org",
        "Hai visto la nave? Scrivici a porto@example.it o chiama la redazione",
        "Widziałeś prom? Napisz do nas: port@example.pl",
        "Hai una foto della nave? Mandacela al 555 0199 000, la pubblichiamo con il tuo nome",
    ],
)
def test_calls_to_write(line: str) -> None:
    assert role(line) is Role.PROMOTION


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Witnesses are asked to call the police on 555-0199.",
        "Tell us more, the judge said.",
        "The paper sends its newsletter to 4,000 readers every Friday.",
        "The minister posted the figures on her Telegram channel on Monday.",
        "Two in three subscribers told the institute that they never open the newsletter.",
        "The app costs $9.99 a month, and users may cancel whenever they like.",
        "Der Kanal zwischen den beiden Seen wird ab Montag gesperrt.",
        "El canal reabrirá en marzo, dijo el alcalde de nuestra ciudad.",
        "La lettre du ministre est arrivée mardi à la mairie.",
        "Our town has waited for the bridge for nine years, you said.",
        "Join our newsletter " + "and tell us all about the tides " * 10,
    ],
)
def test_other_lines(line: str) -> None:
    assert role(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "POLL Should the ferry run at night? Yes 61% No 33% Not sure 6% Vote",
        "Soll die Fähre nachts fahren? Ja 61 % Nein 39 %",
    ],
)
def test_polls(line: str) -> None:
    assert role(line) is Role.WIDGET


@pytest.mark.parametrize(
    "line",
    [
        "Who wins? The ferry has 40% of the passengers and the bus 30% of them.",
        "– Nasz newsletter nas nie utrzyma, a prenumerata to żart – mówi redaktor tygodnika.",
        "Small papers fear for us. – Our newsletter will not feed us – says the editor.",
    ],
)
def test_figures_and_speech_ask_nothing(line: str) -> None:
    assert role(line) is None


def test_what_is_quoted_does_not_count() -> None:
    asks = "Sign up today, our newsletter is free and yours to keep"
    lines = [asks, f'The page began with "{asks}" in red letters, and nobody did.', f"- {asks}"]
    said, told, listed = gather(page_from_text("\n".join(lines)))
    assert said.appeal is not None or said.phrase is not None
    assert told.appeal is None
    assert listed.appeal is None


@given(st.text(max_size=200))
def test_any_line(line: str) -> None:
    claim = appeal_of(line, fold(line))
    assert claim is None or claim.score < 1
