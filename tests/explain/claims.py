"""What an event of a timeline claims, worked out anew from the run."""

import re

import numpy as np

from engine.window import contains
from explain.events import Event
from spec.sentences import Sentence, fill
from ui.text import translate

NO_NUMBER = re.compile(r"\b(nan|inf|None)\b|∞")
WIDE = re.compile(r"[⺀-鿿＀-￯　-〿]")


def in_chinese(sentence):
    values = {key: in_chinese(v) if isinstance(v, Sentence) else v for key, v in sentence.values.items()}
    return fill(translate("zh", sentence.template), values)


def width(text):
    """The width of a Chinese text in characters; two Latin letters or digits stand in the place of one."""
    wide = len(WIDE.findall(text))
    return wide + (len(text) - wide) / 2


def in_the_page(text):
    return translate("zh", text)


def check_words(event, in_page):
    """A caption, its detail and its mark are short in both languages, and without a number that is none.

    in_page: the same event with the names of runs in Chinese. A name may be of any length; a caption leaves room for
    one of five words or ten characters.
    """
    named = event.caption.template == "{run}: {caption}"
    check_text(event.caption, in_page.caption, *((20, 35) if not named else (99, 99)))
    if named:
        check_text(event.caption.values["caption"], in_page.caption.values["caption"], 15, 25)
    check_text(event.detail, in_page.detail, 25, 45)
    check_text(event.mark, in_page.mark, 3, 6)


def check_text(english, chinese, words, characters):
    english, chinese = str(english), in_chinese(chinese)
    assert len(english.split()) <= words, english
    assert width(chinese) <= characters, chinese
    assert english != chinese
    assert not NO_NUMBER.search(english + chinese), english


def own_axes(trajectory, vectors):
    """Vectors, one an update, on the axes along which the run divides."""
    if trajectory.angle is None:
        return vectors
    cos, sin = np.cos(trajectory.angle), np.sin(trajectory.angle)
    with np.errstate(all="ignore"):
        return np.einsum("ijt,tj->ti", np.array([[cos, sin], [-sin, cos]]), vectors)


class Claims:
    """Checks of events against the run of which they speak."""

    def __init__(self, surface, trajectory):
        self.surface, self.t = surface, trajectory
        self.steps, self.slopes = (
            own_axes(trajectory, v) for v in (np.diff(trajectory.theta, axis=0), trajectory.grad[:-1])
        )
        self.sides = np.array([high - low for low, high in surface.window])

    def check(self, event: Event):
        text = f"{event.caption.values.get('caption', event.caption)} {event.detail}"
        assert 0 <= event.update <= self.t.updates
        point = self.t.theta[event.update]
        assert event.place == (tuple(point.tolist()) if np.isfinite(point).all() else None)
        if event.kind not in ("start", "stage") and event.axis is not None and self.is_constant(event.axis):
            assert "memory" not in text
            assert "σ" not in text
        if event.kind == self.t.outcome.ending:
            assert event.update == self.t.outcome.update
            assert np.isfinite(self.t.loss[-1]) or "now" not in text
            assert not np.isfinite(self.t.loss[-1]) or "no finite number" not in text
        elif event.kind != "start":
            with np.errstate(all="ignore"):
                getattr(self, event.kind)(event.update, event.axis, text)

    def is_constant(self, axis):
        return bool((self.t.sigma[:, axis] == self.t.sigma[0, axis]).all())

    def last_known(self, update):
        known = self.t.sharpness[:update][~np.isnan(self.t.sharpness[:update])]
        return known[-1] if len(known) else -np.inf

    def clips(self, u, axis, text):
        told, size = re.search(r"clipped: (\S+) is cut to (\S+)\.", text), abs(self.t.grad[u, axis])
        if all(re.fullmatch(r"[\d.,]+", number) for number in told.groups()):
            cut_from, cut_to = (float(number.replace(",", "")) for number in told.groups())
            np.testing.assert_allclose(cut_from, size, rtol=6e-3)
            assert size > cut_to * (1 - 6e-3)
        times = re.search(r"in ([\d,]+) updates?, last in ([\d,]+)", text)
        count, last = (int(number.replace(",", "")) for number in times.groups())
        assert 1 <= count <= last - u + 1

    def touches(self, u, axis, text):
        held = self.t.held
        assert held[u - 1, axis]
        assert not held[: u - 1].any()
        (update,) = re.search(r"first at update ([\d,]+),", text).groups()
        assert int(update.replace(",", "")) == u
        (count,) = re.search(r"after ([\d,]+) updates?", text).groups()
        assert int(count.replace(",", "")) == held.any(axis=1).sum()

    def crosses(self, u, axis, text):
        assert self.t.sharpness[u] > self.t.limit >= self.last_known(u)
        assert ("very first" in text) == (u == 0)
        since = re.search(r"at update (\d+)|since update (\d+)", text)
        if since:
            s = int(since[1] or since[2])
            assert s < u
            assert not (self.t.sharpness[s:u] > self.t.limit).any()
            assert ("memory" not in text) or self.t.sigma[u, axis] < self.t.sigma[s, axis]
            assert ("rate rose" not in text) or self.t.lr[u] > self.t.lr[s]
            self.grown(text, axis, s, u)
        if "nothing shows yet" in text:
            assert (np.abs(self.steps[u : u + 5, axis]) < 0.01 * self.sides[axis]).all()

    def grown(self, text, axis, low, high):
        """A factor that is told is that of the step sizes."""
        told = re.search(r"(?:grown|shrunk) (\S+)-fold", text)
        factor = self.t.rate[high, axis] / self.t.rate[low, axis]
        if told and factor < 1e300:  # beyond, floats do not hold it
            np.testing.assert_allclose(float(told[1]), factor, rtol=6e-3)

    def seen(self, u, axis, text):
        step = self.steps[:, axis]
        assert step[u] * step[u - 1] < 0
        assert abs(step[u]) > abs(step[u - 1])
        assert abs(step[u]) >= 0.01 * self.sides[axis]

    def back(self, u, axis, text):
        assert self.t.sharpness[u] <= self.t.limit < self.last_known(u)
        since = re.search(r"Since update (\d+)", text)
        if since:
            w = int(since[1])
            assert w < u
            self.grown(text, axis, u, w)
            assert ("σ" not in text) or self.t.sigma[u, axis] > self.t.sigma[w, axis]
            assert ("learning rate has fallen" not in text) or self.t.lr[u] < self.t.lr[w]
        if "grew huge" in text:
            assert np.nanmax(np.abs(self.slopes[:u, axis])) > 0

    def rises(self, u, axis, text):
        assert self.t.loss[u + 1] > self.t.loss[u]
        if text.startswith("For the first time"):
            noise = 1e-12 * np.maximum.accumulate(np.abs(self.t.loss))[:-1]
            assert not (np.diff(self.t.loss) > noise)[:u].any()
        step = self.t.theta[u + 1] - self.t.theta[u]
        slope = np.array([float(g) for g in self.surface.gradient_array(*self.t.theta[u])]) @ step
        assert ("downhill" not in text) or slope < 0
        assert ("uphill" not in text) or slope > 0

    def leaves(self, u, axis, text):
        inside = contains(self.surface, *self.t.theta.T)
        assert inside[u - 1]
        assert not inside[u]
        low, high = self.surface.window[axis]
        assert not low <= self.t.theta[u, axis] <= high
        again = re.search(r"back at update (\d+)", text)
        assert not inside[u : int(again[1])].any() if again else not inside[u:].any()
        assert not again or inside[int(again[1])]

    def quiet(self, u, axis, text):
        g = np.abs(self.slopes[:, axis])
        assert (g[u : u + 10] < 0.01 * g[: u + 1].max()).all()
        assert ("still large" not in text) or self.t.sigma[u, axis] >= 10 * g[u]

    def fades(self, u, axis, text):
        sigma, g = self.t.sigma[:, axis], np.abs(self.slopes[:, axis])
        assert sigma[u] < 0.2 * sigma[:u].max()
        assert g[u - 9 : u + 1].max() < 0.2 * g[: u + 1].max()
        self.grown(text, axis, int(sigma[:u].argmax()), u)

    def crawls(self, u, axis, text):
        assert (np.ptp(self.t.theta[u:], axis=0) <= 0.01 * self.sides * (1 + 1e-9)).all()
        assert self.t.grad[u, axis] != 0
        assert ("hardly moves at all" in text) == (u == 0)

    def near(self, u, axis, text):
        minima = [(p.x, p.y) for p in self.surface.critical_points if p.kind == "minimum"]
        away = [(np.abs(self.t.theta[u - 1 :] - p) <= 0.01 * self.sides).all(axis=1) for p in minima]
        assert any(close[1:].all() and not close[0] for close in away)

    def lowest(self, u, axis, text):
        assert self.t.loss[u] == np.nanmin(self.t.loss)
        assert not self.t.loss[-1] <= self.t.loss[u]

    def closest(self, u, axis, text):
        assert self.t.sharpness[u] <= self.t.limit
        assert self.t.sharpness[u] == np.max(self.t.sharpness[np.isfinite(self.t.sharpness)])

    def no_limit(self, u, axis, text):
        assert self.t.limit is None

    def decay(self, u, axis, text):
        share = self.t.lr[u] * self.t.weight_decay
        assert share > 2 if "alone" in text else self.t.sharpness[u] > self.t.limit * (1 - share / 2)

    def slides(self, u, axis, text):
        assert ("goes off" in text) == (self.t.outcome.ending == "diverged")

    def stuck(self, u, axis, text):
        step = np.diff(self.t.theta[u:], axis=0)
        assert (np.einsum("ti,ti->t", step[1:], step[:-1]) < 0).mean() >= 0.9

    def warm_up(self, u, axis, text):
        assert 0 < self.t.lr[0] / self.t.lr[u] < 1 or self.t.lr[0] == 0 < self.t.lr[u]

    def stage(self, u, axis, text):
        if "fallen to" in text:
            assert self.t.lr[u] <= 0.1 * self.t.lr[:u].max()
        else:
            assert self.t.lr[u] > self.t.lr[u - 1] if "rises" in text else self.t.lr[u] < self.t.lr[u - 1]

    def no_rate(self, u, axis, text):
        assert not self.t.lr[u:].any()
        assert u == 0 or self.t.lr[u - 1] > 0
