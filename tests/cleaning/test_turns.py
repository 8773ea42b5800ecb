"""Questions and answers, times and entries."""

from __future__ import annotations

import pytest

from pipeline.cleaning.evidence import gather
from pipeline.cleaning.learned import learned_labeller
from pipeline.cleaning.page import page_from_text
from pipeline.cleaning.turns import (
    LEAST_QUESTIONS,
    LEAST_TIMES,
    in_live_blogs,
    is_time,
    speeches,
    turns,
)
from schemas.roles import TEXT_ROLES
from tests.cleaning.helpers import BRIDGE, NO_HINTS, WHALE

ANSWER = "We built the bridge by hand, with stones from the river, and it took us four winters."
TURNS = [
    ("Why did you build it by hand?", ANSWER),
    ("And how long did it take?", "Four winters. In summer the river is too low for the boats."),
    ("Who paid for it?", "Nobody did, so we sold the boats when we had finished."),
    ("„Was haben Sie gelernt?“", "Dass der Fluss im Winter mehr Geduld hat als wir."),
    ("橋はまだありますか？", "まだあります。毎朝、橋を渡って仕事に行きます。"),
]


def runs(*lines: str) -> list[tuple[int, int]]:
    page = gather(page_from_text("\n".join(lines)))
    return [(run.start, run.stop) for run in turns(page, 0, len(page))]


def exchange(count: int) -> list[str]:
    return [line for turn in TURNS[:count] for line in turn]


@pytest.mark.parametrize("count", range(len(TURNS) + 1))
def test_it_takes_some_questions_to_make_an_interview(count: int) -> None:
    found = runs("The bridge of stones", *exchange(count))
    assert found == ([(1, 1 + 2 * count)] if count >= LEAST_QUESTIONS else [])


def test_answers_have_paragraphs_and_the_last_one_ends() -> None:
    lines = [*exchange(3), ANSWER, ANSWER, *TURNS[3], ANSWER, "Read more", ANSWER]
    assert runs(*lines) == [(0, 11)]


def test_questions_far_apart_are_headings() -> None:
    far = [line for turn in TURNS for line in (*turn, *[ANSWER] * 7)]
    assert runs(*far) == []


def test_questions_without_answers_are_a_list() -> None:
    assert runs(*(question for question, _ in TURNS), "Read more") == []


PORTUGUESE = """\
A ponte das quatro pedras
Por Inês Valadar
A pedreira fica atrás da casa, e é preciso atravessar o quintal de Benta Louredo para a ver. Ela
Por que uma ponte de pedra?
A madeira apodrece. A pedra espera. O rio leva tudo o que não sabe esperar.
E todas têm a mesma altura?
Não. Uma é mais baixa, por causa das lontras. O engenheiro achou que era erro.
Quem pagou?
Ninguém. Vendemos dois barcos.
O que aprendeu?
Que o rio tem mais paciência do que nós. A gente é que tem pressa.
A câmara usou o seu desenho?
Usou na placa, sem avisar. Soube pela minha vizinha. Não reclamei, o traço estava certo.
Há quem diga que é só vaidade.
Claro que é. Uma ponte é sempre uma vaidade que serve para alguma coisa.
E agora?
Antes de se despedir, ela mostra com o cabo da enxada o lugar da quinta pedra, que ainda não existe.
Agora quero fazer o caminho até lá. São só mais duzentos metros.
"""


def test_an_interview_stays_whole_in_a_language_that_the_model_hardly_knows() -> None:
    page = page_from_text(PORTUGUESE)
    labels = learned_labeller().label(page, NO_HINTS)
    left_out = [
        PORTUGUESE[block.start : block.end]
        for block, label in zip(page.blocks[2:], labels[2:], strict=True)
        if label.role not in TEXT_ROLES
    ]
    assert left_out == []


@pytest.mark.parametrize(
    "time", ["14h40", "9:05", "11.30 Uhr", "2:05 p.m.", "14:40 GMT", "• 07:15"]
)
def test_times_of_day(time: str) -> None:
    (line,) = gather(page_from_text(time))
    assert is_time(line)


@pytest.mark.parametrize("text", ["14", "3.14159", "14:40 the bridge closes", "84-79", "12:345"])
def test_other_numbers_are_no_times(text: str) -> None:
    (line,) = gather(page_from_text(text))
    assert not is_time(line)


@pytest.mark.parametrize("count", range(5))
def test_times_with_entries_are_a_live_blog(count: int) -> None:
    entries = [line for hour in range(count) for line in (f"{14 - hour}h40", ANSWER)]
    found = runs("The storm, hour by hour", *entries)
    assert found == ([(1, 1 + 2 * count)] if count >= LEAST_TIMES else [])


def test_the_times_of_a_live_blog_are_its_subheadings() -> None:
    seen = (
        "The bridge is closed",
        "The river has left its bed",
        "Two roofs are gone",
        "No train runs",
    )
    entries = [
        f"{14 - hour}h40\n{what}, says the prefect. He asked everybody near number {hour} to stay "
        "in and to keep the windows shut until the wind has turned, which may last until evening."
        for hour, what in enumerate(seen)
    ]
    page = page_from_text("\n".join(["The storm, hour by hour", ANSWER, *entries]))
    labels = learned_labeller().label(page, NO_HINTS)
    assert [label.role for label in labels[2:]] == ["subheading", "body"] * len(seen)


@pytest.mark.parametrize(
    "form",
    [
        "{}",
        "{} (IST)",
        "{} WIB",
        "{} PM | The gate is closed",
        "{} The gate is closed",
        "[{}] The gate is closed",
        "{} Uhr: Das Tor ist zu",
    ],
)
def test_entries_of_a_live_blog_may_have_titles(form: str) -> None:
    entries = [line for hour in ("10:02", "11:15", "16.48") for line in (form.format(hour), ANSWER)]
    assert runs("The bridge of stones", *entries) == [(1, 7)]


def test_a_title_may_stand_between_time_and_entry() -> None:
    entries = [
        line
        for hour in ("21:40 (IST)", "20:22 (IST)", "19:48 (IST)", "17:15 (IST)")
        for line in (hour, f"Gate number {hour[:2]} is closed", ANSWER)
    ]
    assert runs("The bridge of stones", *entries) == [(1, 13)]


def test_the_entries_of_a_live_blog_are_no_stories() -> None:
    hours = ("9:45 PM", "7:20 PM", "4:05 PM", "1:30 PM", "8:50 AM")
    titles = (
        "Signal lifted",
        "Two boats missing",
        "Classes off",
        "Mayor asks for rice",
        "Landfall",
    )
    entries = [
        line
        for hour, title, text in zip(hours, titles, (*BRIDGE[:2], *WHALE[:3]), strict=True)
        for line in (f"{hour} | {title}", text)
    ]
    page = page_from_text("\n".join(["The storm, hour by hour", ANSWER, *entries]))
    assert {label.story for label in learned_labeller().label(page, NO_HINTS)} == {0}
    assert in_live_blogs(gather(page)) == set(range(2, 12))
    behind = page_from_text("\n".join([*(block.text for block in page.blocks), *WHALE]))
    assert in_live_blogs(gather(behind)) == set(range(2, 12))


@pytest.mark.parametrize(
    "line",
    [
        "4.96 / 5.0",
        "10,000 boats",
        "2024 in boats",
        "35:10 The gate",
        "10:02 gates were closed on Monday, when the river was too high for any boat, it said.",
    ],
)
def test_other_lines_that_begin_with_a_number_open_no_entry(line: str) -> None:
    assert runs(*[part for _ in range(4) for part in (line, ANSWER)]) == []


def spoken(*lines: str) -> list[int]:
    found = gather(page_from_text("\n".join(lines)))
    return sorted(speeches(found, 0, len(found)))


TALK = [
    "BUGLE: You had eleven shops and gave them up, all in one year and without a word to anybody.",
    "Konrad Wessling: Because of the van. I stood at the lights and could not say which was mine.",
    "BUGLE: What does your bread cost?",
    "Wessling: Eight crowns and forty; for those who cannot pay it hangs on a hook by the door.",
] * 4


def test_who_speaks_again_and_again_is_part_of_a_talk() -> None:
    assert spoken("Bread that nobody misses", *TALK) == list(range(1, 17))
    assert spoken(*TALK[:6], "Advertisement", *TALK[6:]) == [*range(6), *range(7, 17)]


@pytest.mark.parametrize(
    "lines",
    [
        TALK[:6],
        [line.replace("Wessling", f"Guest{number}") for number, line in enumerate(TALK)],
        ["Place: Oslo", "Price: 10 crowns"] * 6,
        ["Photo: Ann Lee", "Tags: bread, shops"] * 6,
        ["The mayor said on Monday: the shop of the baker will stay open for the whole winter."]
        * 9,
    ],
)
def test_other_labels_are_no_speakers(lines: list[str]) -> None:
    assert spoken(*lines) == []


@pytest.mark.parametrize("live", ["Live", "Live updates", "En direct", "Минута за минутой"])
def test_a_page_that_says_so_and_has_stamps_is_a_live_blog(live: str) -> None:
    entries = [
        line
        for hour, text in zip((9, 8, 7, 6), (*BRIDGE[:2], *WHALE[:2]), strict=True)
        for line in (
            f"{hour}h ago",
            f"Tue 4 Mar 2025 at {hour}:38am",
            "What we know",
            text,
            "Share",
        )
    ]
    page = gather(page_from_text("\n".join([live, "Flood passes the town", *entries])))
    found = in_live_blogs(page)
    expected = set(range(2, 21)) if live != "Минута за минутой" else set()
    assert found == expected
