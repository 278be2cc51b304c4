"""No English is left on a Chinese page but names, symbols and what is cited, in a real Chromium."""

import re

import pytest
from playwright.sync_api import expect

from charts.maps.views import KINDS
from explain.maps import MAP_QUESTIONS
from explain.network.questions import NETWORK_QUESTIONS
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from schedules.base import WarmUp
from spec.knobs import knobs_of
from surfaces import SURFACES
from tests.browser.lab_page import ready, set_number
from tests.messages import collected, translated
from ui.text import FOLDERS

pytestmark = [pytest.mark.browser, pytest.mark.long]

ENTRIES = [*SURFACES.values(), *OPTIMIZERS.values(), *SCHEDULES.values()]
NAMES = """
Sigmascope Ackley Beale Booth Branin Goldstein Price Himmelblau Matyas McCormick Rastrigin Rosenbrock Styblinski Tang
Keras PyTorch NumPy Transformer TensorFlow Addons optax torch optim Noam Nesterov
Adam AdamW Adamax NAdam RAdam AMSGrad Adagrad Adadelta AdaBelief Adan RMSProp RMSprop Rprop SignSGD Yogi Lion amsgrad
AdEMAMix ADOPT Barzilai Borwein Grams MARS Polyak Prodigy Shampoo SGD SOAP Sophia BFGS timm schedulefree
nadam ReLU Shift Home End PageUp PageDown edit on MB
"""
LAST_MAP = f":nth-match(.st-key-map-questions button, {len(MAP_QUESTIONS)})"
MATHEMATICS = """
sin cos ln cosh tanh sqrt diag sign clip min max mean alpha beta delta epsilon eps eta mu psi rho sigma hat True still
"""
KNOBS = {part for owner in (WarmUp, *ENTRIES) for name in knobs_of(owner) for part in name.split("_")}
LISTED = collected() - translated(FOLDERS["zh"]).keys()
"""What has no translation yet, which tests/test_translations.py lists."""

WORD = re.compile(r"[A-Za-z]{2,}")
STAYS = {*NAMES.split(), *MATHEMATICS.split(), *KNOBS, "noise", "batch", "seed", "lr", *WORD.findall(" ".join(LISTED))}
TEXTS = """() => {
  const foreign = "script, style, noscript, code, .katex-mathml, .mathnormal, a[href^=http], "
    + "[data-testid=stFileUploaderDropzone], [data-testid=stIconMaterial], [data-testid=stExpanderIcon], "
    + "[data-testid=stSkipToContent]"
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const texts = [...document.querySelectorAll("[data-title]")].map((element) => element.dataset.title)
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode
    if (!parentElement.closest(foreign)) texts.push(textContent)
  }
  return texts
}"""
"""What the page says, but for Streamlit's own words, code, products of symbols, icons (ligatures) and citations."""


@pytest.mark.parametrize(
    ("path", "sign"),
    [
        (
            "/?v=1&surface=lecture&noise=0.1&a=rmsprop&b=adam&c=radam&c.sched=one-cycle&c.warmup=5&lang=zh",
            ".sigmascope-map .modebar-btn",
        ),
        ("/?v=1&surface=slice&steps=50&a=adam&b=radam&panels=all&lang=zh", ".st-key-lens table"),
        ("/lecture?chapter=7&lang=zh", ".sigmascope-map .modebar-btn"),
        (
            "/network?width=8&steps=100&a=gd&a.lr=500&b=radam&panels=all&lang=zh",
            f":nth-match(.st-key-questions button, {len(NETWORK_QUESTIONS)})",
        ),
        (
            "/lesson_net?width=8&steps=100&a=adam&b=radam&lets=optimizer&edit=on&lang=zh",
            "[data-testid=stSidebar] .katex",
        ),
        *(
            (f"/maps?map={kind}&surface=himmelblau&steps=50&cells=16&a=adam&b=radam&lang=zh", LAST_MAP)
            for kind in KINDS
        ),
        ("/catalogue?entry=adam&lang=zh", f":nth-match(.st-key-catalogue img, {len(ENTRIES)})"),
    ],
    ids=["lab", "slice", "lecture", "network", "network lesson", *KINDS, "catalogue"],
)
def test_no_english_is_left(server, open_page, path, sign):
    page = open_page(server.url + path)
    expect(page.locator(sign).first).to_be_attached(timeout=120_000)
    page.wait_for_timeout(500)
    words = {word for text in said(page) for word in WORD.findall(text)}
    assert {"Sigmascope", "Adam"} <= words
    assert words - STAYS == set()
    formulas = page.locator(".katex-html .text").all_text_contents()
    assert formulas
    assert not [text for text in formulas if {*WORD.findall(text)} - {*NAMES.split()} and text not in LISTED]


def test_the_place_for_files_is_chinese_by_its_style(server, open_page):
    page = open_page(f"{server.url}/?surface=slice&steps=50&a=adam&panels=all&lang=zh")
    place = page.locator("[data-testid=stFileUploaderDropzone]")
    for part, text in (
        ("button p", "上传"),
        ("[data-testid=stFileUploaderDropzoneInstructions] span", "每个最多 5 MB"),
    ):
        shown = place.locator(part).first
        expect(shown).to_be_attached()
        assert shown.evaluate("element => getComputedStyle(element).fontSize") == "0px"
        assert shown.evaluate("element => getComputedStyle(element, '::after').content") == f'"{text}"'


def test_plotly_s_notice_is_chinese_and_its_numbers_are_written_as_all_others(server, open_page):
    page = open_page(f"{server.url}/?lang=zh", first_screen=True)
    ready(page)
    box = page.locator(".sigmascope-map .nsewdrag").bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    expect(page.locator(".sigmascope-map .hoverlayer")).to_contain_text(re.compile(r"损失 \d[.\d]*×10⁶"))
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 250, steps=8)
    page.mouse.up()
    expect(page.locator(".notifier-note").first).to_have_text("×双击可恢复原来的视图")


SHOWN = """(element) => {
  const { content, fontSize } = getComputedStyle(element, "::after")
  return [getComputedStyle(element).fontSize, fontSize === "0px" ? "" : JSON.parse(content)]
}"""


def test_streamlit_s_menu_and_stop_are_chinese(server, open_page):
    page = open_page(f"{server.url}/?lang=zh")
    ready(page)
    page.get_by_test_id("stMainMenu").get_by_role("button").click()
    items = page.get_by_test_id(re.compile("^stMainMenuItem-theme|^stMainMenuItemLabel"))
    expect(items).to_have_count(5)
    words = ["系统", "浅色", "深色", "打印", "录制屏幕"]
    assert [item.evaluate(SHOWN) for item in items.all()] == [["0px", word] for word in words]
    page.keyboard.press("Escape")
    set_number(page, "steps", "1000000")
    stop = page.get_by_test_id("stStatusWidget").get_by_role("button")
    expect(stop).to_be_visible()
    assert stop.evaluate(SHOWN) == ["0px", "停止"]


def said(page):
    cited = [entry.source.citation for entry in ENTRIES]
    return [text for text in page.evaluate(TEXTS) if text not in cited]
