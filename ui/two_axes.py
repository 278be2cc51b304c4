"""What two dimensions cannot say: what is known of networks' millions of axes, with a scene for what can be seen."""

from collections.abc import Sequence

import streamlit as st

from engine.scenario import Scenario
from explain.two_axes import ALONG_GRADIENT, ALONG_RANDOM, LAYERS, NOISE, SADDLE
from ui.frame import Frame
from ui.links import open_in_lab, to_the_network
from ui.text import say


def two_axes(frame: Frame) -> None:
    """Draw the page."""
    frame.open()
    frame.close()
    with st.container(key="two-axes", width=900):
        st.title(say("What two dimensions cannot say"), anchor=False)
        st.markdown(
            say(
                "Everything here is seen on two parameters. Much of it holds for millions, and the network page shows "
                "what. Some things need more axes than two: these are some of them, and where to read on."
            )
        )
        for title, text, source, scenes in _claims():
            st.header(title, anchor=False)
            st.markdown(text)
            with st.container(horizontal=True, gap="small"):
                for label, scene in scenes:
                    open_in_lab(scene, label)
                st.caption(source)
        st.header(say("The way on"), anchor=False)
        to_the_network()
    frame.end()


def _claims() -> Sequence[tuple[str, str, str, Sequence[tuple[str, Scenario]]]]:
    """Return each claim: its title, what is known, its source, and scenes with what they are called."""
    return (
        (
            say("Muon needs a matrix"),
            say(
                "Muon makes all singular values of the step of a weight matrix equal. A vector is a matrix with one "
                "column and has one singular value, its length: on two parameters Muon is momentum divided by its own "
                "length. So it is explained here and not raced."
            ),
            "[J. Liu et al., Muon is Scalable for LLM Training, 2025](https://arxiv.org/abs/2502.16982)",
            (),
        ),
        (
            say("Layers have two sides"),
            say(
                "Shampoo and SOAP keep one matrix for the rows of a layer and one for its columns, so that the "
                "matrices stay small. On two parameters there is one side, and one matrix sees everything; what is "
                "lost by keeping two small ones instead of the whole cannot be seen."
            ),
            "[V. Gupta, T. Koren, Y. Singer, Shampoo, 2018](https://arxiv.org/abs/1802.09568)",
            ((say("One matrix in a turned valley"), LAYERS),),
        ),
        (
            say("Noise has millions of axes"),
            say(
                "Here noise lies within 45 degrees of the gradient's line in half of all updates, so it often helps or "
                "hinders. Among millions of axes it is nearly always at right angles to any one direction, and far "
                "longer than the gradient: it widens a path more than it turns it."
            ),
            "[S. McCandlish et al., An Empirical Model of Large-Batch Training, 2018]"
            "(https://arxiv.org/abs/1812.06162)",
            ((say("Noise on two axes"), NOISE),),
        ),
        (
            say("Saddles are everywhere"),
            say(
                "With two axes a saddle is a rare place with one way down. With many axes nearly every place without a "
                "slope at a high loss is a saddle, and a method that is drawn to places without a slope, as Newton's, "
                "ends at one."
            ),
            "[Y. Dauphin et al., Identifying and attacking the saddle point problem, 2014]"
            "(https://arxiv.org/abs/1406.2572)",
            ((say("Newton's method at a saddle"), SADDLE),),
        ),
        (
            say("A random slice looks flat"),
            say(
                "Of the directions of a network few are sharp, and two random ones miss them nearly always. The same "
                "loss is many times as curved along its gradient and its sharpest direction. A picture of a slice is "
                "true of that slice alone."
            ),
            "[H. Li et al., Visualizing the Loss Landscape of Neural Nets, 2018](https://arxiv.org/abs/1712.09913)",
            ((say("Along random directions"), ALONG_RANDOM), (say("Along the gradient"), ALONG_GRADIENT)),
        ),
    )
