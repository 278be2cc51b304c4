"""A network's training as a Jupyter notebook that stands alone: the digits, the network, its rules, and figures."""

from base64 import b85encode
from collections.abc import Callable, Sequence

from engine.around import with_a_momentum
from engine.labels import labels
from engine.scenario import Run
from explain.events import accounts
from explain.network.description import description
from explain.network.story import network_timeline
from export.excerpt import bare_module, definition
from export.notebook import bound, code_cell, text_cell
from export.snippets import clip_code, momentum_code, moved_code, moves_code, rates_code, rule_code
from network import curvature, digits, model
from network.study import Study
from network.training import SHARES, Training, _batches
from spec.markdown import literal, quiet
from spec.sentences import Sentence

HEAD = """import io
from base64 import b85decode
from collections import namedtuple
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

Floats = np.ndarray
# Optical recognition of handwritten digits, E. Alpaydin and C. Kaynak, UCI, doi 10.24432/C50P49, CC BY 4.0
FILE = io.BytesIO(b85decode("{packed}"))"""

SEEN = """def seen(theta, sigma, mu, vectors):
    sigma = np.broadcast_to(np.asarray(sigma, float), theta.shape)
    rate = np.where(sigma > 0.0, mu / np.where(sigma > 0.0, sigma, 1.0), 0.0)
    found = sharpness(network.hessian(theta, task.data[0]), rate, vectors)
    value, held_out = (network.value(theta, data) for data in task.data)
    right = network.accuracy(theta, task.data[1])
    quantiles = [np.quantile(values, {shares}) for values in (sigma, rate)]
    return found.vectors, (value, held_out, right, found.value, *quantiles)"""

LOOP = """def train(rates):
{held}    theta, losses, looks = network.start(task.seed), [], {{}}
    state, vectors = init(np.zeros_like(theta)), np.random.default_rng(task.seed).standard_normal((1, theta.size))
    for t, batch in enumerate(_batches(task)):
        with np.errstate(all="ignore"):
            mu, (loss, g) = rates[t], network.gradient(theta, batch)
            losses.append(loss)
            if not np.isfinite(loss):
                break
{before}            m, sigma, state = update(g, state, t, mu)
            if t in closely:
                vectors, looks[t] = seen(theta, sigma, mu, vectors)
{moved}
    return {{"loss": np.array(losses), "t": np.array(list(looks)), "looks": list(zip(*looks.values())), "theta": theta}}


runs[{name!r}] = train(rates)"""

CURVES = """titles = ["loss", "held-out digits read rightly", "sharpness of diag(mu / sigma) H", "median of mu / sigma"]
figure = make_subplots(2, 2, subplot_titles=titles)
for number, (name, run) in enumerate(runs.items()):
    colour = ["#3b4cc0", "#b85c00", "#2a7f62", "#8e44ad"][number % 4]
    loss, held_out, right, sharp, sigma, rate = map(np.array, run["looks"])
    drawn = [(None, run["loss"]), (run["t"], right), (run["t"], sharp), (run["t"], rate[:, 2])]
    for place, (x, y) in enumerate(drawn):
        figure.add_scatter(x=x, y=y, name=name, mode="lines", line_color=colour, row=place // 2 + 1, col=place % 2 + 1,
                           showlegend=place == 0)
    if limits[name] is not None:
        figure.add_hline(limits[name], line_color=colour, line_dash="dot", row=2, col=1)
figure.update_yaxes(type="log", row=1, col=1)
figure.update_yaxes(type="log", row=2, col=2)
figure.update_layout(height=640)
figure.show()"""

WEIGHTS = """for name, run in runs.items():
    units = network.layers(run["theta"])[0][0].T.reshape(-1, 8, 8)
    figure = make_subplots(-(-len(units) // 8), 8)
    for number, unit in enumerate(units):
        figure.add_heatmap(z=unit[::-1], colorscale="RdBu", zmid=0.0, showscale=False, row=number // 8 + 1,
                           col=number % 8 + 1)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    title = f"what each unit of the first layer looks for: {name}"
    figure.update_layout(title=title, height=90 * -(-len(units) // 8) + 90)
    figure.show()"""


def network_notebook(
    study: Study,
    trainings: Sequence[Training],
    address: str,
    say: Callable[[str], str],
    speak: Callable[[Sentence], str],
) -> str:
    """Return the notebook (nbformat 4.5) of a study, as JSON: it trains the network anew, by the rules written out.

    address: a link to the study. say: translates a text of the catalogues; speak: says a sentence.
    """
    names = labels(study, say)
    start, *events = network_timeline(study, trainings, say)
    packed = b85encode(digits.FILE.read_bytes()).decode()
    cells = [
        text_cell(f"# {literal(speak(description(study)))}", f"[Sigmascope](<{address}>)"),
        code_cell(HEAD.format(packed=packed)),
        code_cell(bare_module(digits, without=("FILE", "Floats"))),
        code_cell(bare_module(model, without=("Activation", "Loss"))),
        code_cell(bare_module(curvature, without=("Product",))),
        code_cell("\n\n\n".join([_facts(study), definition(_batches), SEEN.format(shares=SHARES)])),
        text_cell(speak(quiet(start.account))),
    ]
    for index, (name, run) in enumerate(zip(names, study.runs, strict=True)):
        told = [f"- {speak(quiet(account))}" for account in accounts(event for event in events if event.run == index)]
        cells.append(text_cell(f"## {literal(name)}", f"$${run.optimizer.latex}$$", "\n".join(told)))
        cells.append(code_cell(_run(run, name, trainings[index])))
    return bound([*cells, code_cell(CURVES), code_cell(WEIGHTS)])


def _facts(study: Study) -> str:
    task, network = study.task, study.network
    made = f"Network({network.hidden!r}, {network.activation!r}, {network.loss!r})"
    return "\n".join(
        [
            f"network, steps = {made}, {task.steps}",
            f"task = SimpleNamespace(steps=steps, batch={task.batch}, seed={task.seed}, data=digits({task.seed}))",
            f"closely = set(np.linspace(0, steps - 1, {task.looks}).round().astype(int).tolist())",
            "runs, limits = {}, {}",
        ]
    )


def _run(run: Run, name: str, training: Training) -> str:
    """Write out one run, and keep what is recorded of it."""
    moved = "\n".join(f"        {line}" for part in moved_code(run.optimizer) for line in part.splitlines())
    moves = moves_code(run)
    held = "".join(f"    global {line.split()[0]}\n" for line in moves)
    before = "".join(f"        {line}\n" for line in (*clip_code(run), *moves))
    return "\n\n\n".join(
        [
            f"lr, clip = {run.lr!r}, {run.clip.value!r}\nlimits[{name!r}] = {training.limit!r}",
            rule_code(with_a_momentum(run.optimizer, run.schedule)),
            rates_code(run),
            *filter(None, [momentum_code(run)]),
            LOOP.format(moved=moved, name=name, held=held, before=before),
        ]
    )
