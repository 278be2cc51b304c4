"""How far long work is, on a bar."""

from streamlit.delta_generator import DeltaGenerator

from engine.simulate import Progress


def part_of(bar: DeltaGenerator, part: int, parts: int, size: int, text: str | None = None) -> Progress:
    """Return what tells a bar how much of the `size` of part number `part` of `parts` is done."""

    def report(done: int) -> None:
        bar.progress(min((part * size + done) / (parts * size), 1.0), text)

    return report
