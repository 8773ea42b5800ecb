"""Questions and answers in turn."""

from __future__ import annotations

import pytest

from pipeline.cleaning.evidence import gather
from pipeline.cleaning.interview import LEAST_QUESTIONS, interviews
from pipeline.cleaning.learned import learned_labeller
from pipeline.cleaning.page import page_from_text
from schemas.roles import TEXT_ROLES
from tests.cleaning.helpers import NO_HINTS

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
    return [(run.start, run.stop) for run in interviews(page, 0, len(page))]


def turns(count: int) -> list[str]:
    return [line for turn in TURNS[:count] for line in turn]


@pytest.mark.parametrize("count", range(len(TURNS) + 1))
def test_it_takes_some_questions_to_make_an_interview(count: int) -> None:
    found = runs("The bridge of stones", *turns(count))
    assert found == ([(1, 1 + 2 * count)] if count >= LEAST_QUESTIONS else [])


def test_answers_have_paragraphs_and_the_last_one_ends() -> None:
    lines = [*turns(3), ANSWER, ANSWER, *TURNS[3], ANSWER, "Read more", ANSWER]
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
