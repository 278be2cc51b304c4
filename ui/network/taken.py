"""What can be taken away of a network's training."""

from dataclasses import replace
from functools import partial

from charts.network.views import Studied
from explain.lesson import Lesson
from explain.network.description import description
from explain.network.questions import question_of_study
from explain.network.story import network_timeline
from export.film.shot import network_shot
from export.network_notebook import network_notebook
from export.network_tables import network_csv, network_npz, study_json
from export.sheet import Sheet, network_tables
from network.study import STUDIES
from spec.sentences import Sentence
from ui.lesson_address import address_of_lesson
from ui.network.offline import offline_study
from ui.network.words import endings_of
from ui.pages import NETWORK, NETWORK_LESSONS
from ui.parameters import LETS
from ui.sheets import on_paper, picture_of
from ui.taken import CSV, HTML, IPYNB, JSON, NPZ, File, Filmed, Taken, both_sheets
from ui.text import say_sentence_in, translate


def study_taken(shown: Studied, few: tuple[str, ...], link: str, code: str) -> Taken:
    """Return what can be taken away of a study; few: the charts beside the slice that are shown."""
    study, trainings = shown.study, shown.trainings
    say, speak = partial(translate, code), partial(say_sentence_in, code)
    make = partial(network_notebook, study, trainings, link, say, speak)
    filmed = Filmed(
        (study, shown.cut and shown.cut.cutting, sum(training.updates for training in trainings)),
        study.runs,
        partial(network_shot, shown),
        partial(network_timeline, study, trainings),
    )
    return Taken(
        name="sigmascope-network",
        lesson=(NETWORK_LESSONS, STUDIES.encode(study) | address_of_lesson(Lesson("", lets=frozenset(LETS.default)))),
        film=filmed if shown.cut else None,
        pages=(File("html", HTML, partial(offline_study, shown, few, link, code)),),
        sheets=both_sheets(partial(study_sheets, shown, link, code), code) if shown.cut else (),
        numbers=(
            File("csv", CSV, partial(network_csv, study, trainings)),
            File("npz", NPZ, partial(network_npz, study, trainings)),
            File("json", JSON, partial(study_json, study, link)),
        ),
        columns=(
            Sentence("Every update of every run, and what was seen at each look: losses, sharpness, σ, step size."),
        ),
        notebook=File("ipynb", IPYNB, make),
    )


def study_sheets(shown: Studied, link: str, code: str, is_answered: bool) -> str:
    """Return a study on paper."""
    study, speak = shown.study, partial(say_sentence_in, code)
    asked = question_of_study(study)
    lesson = Lesson(translate(code, NETWORK.title), (speak(description(study)),))
    if asked:
        ask, line, answer = (speak(asked.sentence(text)) for text in (asked.ask, asked.line, asked.answer))
        lesson = replace(lesson, text=(*lesson.text, line), ask=ask, after=answer)
    picture = picture_of(partial(network_shot, shown), study.runs, code, is_answered)
    tables = network_tables(study, shown.trainings, partial(translate, code))
    endings = endings_of(study, shown.trainings, code)
    return on_paper([Sheet(lesson, tables, picture, (), endings, is_answered, link)], code)
