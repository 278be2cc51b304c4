"""Makes the pictures of README and docs from the app: `python -m docs.make_pictures`."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.browser.app import Server, chromium
from tests.browser.lab_page import READY

PICTURES = Path(__file__).parent / "pictures"
ROSENBROCK = "?v=1&surface=rosenbrock&a=gd&a.lr=0.001&b=momentum&b.lr=0.0005&c=adam&c.lr=0.05"
ROTATED = "?v=1&surface=valley&surface.kappa=100&surface.angle=45&steps=300&a=adam&a.lr=0.05&b=gd&b.lr=0.015"
RMSPROPS = "?v=1&surface=lecture&steps=60&a=rmsprop-lee&a.lr=0.1&b=rmsprop&b.lr=0.1"
BLOW_OUT = "?v=1&surface=lecture&steps=760&a=adagrad-rms&a.lr=1"
BLOW_OUTS = "?v=1&surface=lecture&steps=3000&a=adagrad-rms&a.lr=1"
MOMENTUM = "/maps?surface=himmelblau&steps=500&a=momentum&a.lr=0.014&map=basins"
FRAMES = range(0, 1001, 25)
FILMS = {"laptop": (1280, 800, 5), "phone": (390, 844, 12), "stage": (1024, 768, 6)}
"""Of a first visit: the size of the screen, and how many pictures stand in a row of the sheet."""

SMOOTH = ("network", "maps")
"""What needs its 256 colours for one smooth ground."""

SHOT, LONGEST, WIDEST = 500, 90, 1800
"""Milliseconds between two pictures of a film, how many there are at most, and how wide a sheet of them is."""


def main() -> None:
    """Write every picture."""
    PICTURES.mkdir(exist_ok=True)
    with Server() as server, chromium() as browser:
        for name, path, width, height, scheme in (
            ("first-screen", "/?t=712", 1280, 800, "light"),
            ("first-screen-dark", "/?t=712", 1280, 800, "dark"),
            ("first-screen-phone", "/", 390, 844, "light"),
            ("lab", "/?panels=all", 1440, 900, "light"),
            ("lab-dark", "/" + ROSENBROCK + "&panels=all", 1440, 900, "dark"),
            ("lab-wide", "/" + ROTATED + "&panels=all", 1920, 1080, "light"),
            ("lab-phone", "/?panels=all", 390, 844, "light"),
            ("lab-phone-dark", "/" + ROSENBROCK, 390, 844, "dark"),
            ("surface", "/" + ROSENBROCK + "&view=3d&panels=all", 1440, 900, "light"),
            ("phase", "/" + BLOW_OUT + "&view=phase&panels=all", 1440, 900, "dark"),
            ("maps", MOMENTUM, 1440, 900, "light"),
            ("network", "/network?t=400", 1440, 900, "light"),
            ("chapter", "/lecture?chapter=4", 1440, 900, "light"),
            ("chapter-chinese", "/lecture?chapter=7&lang=zh", 390, 844, "dark"),
        ):
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            _open(page, server.url + path)
            _keep(page.screenshot(), name)
            page.close()
        for name, path in (("blow-outs", BLOW_OUTS), ("rmsprops", RMSPROPS), ("rotated-valley", ROTATED)):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            _open(page, server.url + "/" + path + "&panels=all")
            _keep(page.locator(READY).screenshot(), name)
            page.close()
        page = browser.new_page(viewport={"width": 1180, "height": 800}, device_scale_factor=0.75)
        _open(page, server.url)
        _animate(page, PICTURES / "play.gif")
        for name, (width, height, columns) in FILMS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(server.url)
            if name == "stage":
                page.locator(".sigmascope-present").click()
            _keep(_film(page, columns), f"first-visit-{name}")
            page.close()


def _film(page: Page, columns: int) -> bytes:
    """Return a sheet of pictures of a first visit: two before it is played, then all until it has ended."""
    player, shots = page.locator(READY), []
    player.wait_for()
    for number in range(LONGEST):
        shots.append(Image.open(io.BytesIO(page.screenshot())))
        if number == 1:
            page.keyboard.press("k")
        if player.get_attribute("data-ended") == "true" and player.get_attribute("data-playing") == "false":
            break
        page.wait_for_timeout(SHOT)
    width = WIDEST // columns
    height = width * shots[0].height // shots[0].width
    sheet = Image.new("RGB", (columns * width, -(-len(shots) // columns) * height))
    for number, shot in enumerate(shots):
        sheet.paste(shot.resize((width, height)), (number % columns * width, number // columns * height))
    file = io.BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()


def _keep(picture: bytes, name: str) -> None:
    """Write a picture with as many colours as a screenshot needs."""
    shot = Image.open(io.BytesIO(picture)).convert("RGB")
    method = Image.Quantize.MEDIANCUT if name in SMOOTH else Image.Quantize.MAXCOVERAGE
    few = shot.quantize(256, method, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(READY)
    if "/network" in address:
        page.wait_for_selector(".st-key-network-page table", timeout=120_000)
    if "/maps" in address:
        page.wait_for_selector(".st-key-map-results table", timeout=120_000)
    page.wait_for_timeout(1000)


def _animate(page: Page, path: Path) -> None:
    player = page.locator(READY)
    slider = player.locator(".sigmascope-scrub")
    pictures = []
    for update in FRAMES:
        slider.fill(str(update))
        page.wait_for_timeout(60)
        picture = Image.open(io.BytesIO(player.screenshot()))
        pictures.append(picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128))
    pictures[0].save(
        path, save_all=True, append_images=pictures[1:], duration=[90] * (len(pictures) - 1) + [2500], loop=0
    )


if __name__ == "__main__":
    main()
