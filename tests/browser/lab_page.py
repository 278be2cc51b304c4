"""What the tests of the lab do with its page."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

CHOOSE = """async ([list, title]) => {
  const button = (text) => [...document.querySelectorAll("button")].find((e) => e.textContent.includes(text))
  while (!button(list)) await new Promise(requestAnimationFrame)
  button(list).click()
  while (!button(title)) await new Promise(requestAnimationFrame)
  button(title).click()
}"""
READY = '.sigmascope-player[data-ready="true"]'


def ready(page):
    player = page.locator(READY)
    expect(player).to_be_visible()
    return player


def state(page):
    """The player's clock: (update, playing, updates)."""
    data = page.locator(READY).evaluate("e => ({...e.dataset})")
    return float(data["time"]), data["playing"] == "true", int(data["updates"])


def query(page):
    said = {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}
    return {key: value for key, value in said.items() if (key, value) != ("panels", "all")}


def wait_for_query(page, **wanted):
    wanted = {key.replace("__", "."): value for key, value in wanted.items()}
    _wait(page, wanted, lambda: wanted.items() <= query(page).items())


def wait_for_change(page, name):
    """Wait until the address says `name`, whatever its value."""
    _wait(page, name, lambda: name in query(page))


def _wait(page, wanted, is_there):
    for _ in range(600):
        if is_there():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{wanted} is not in {page.url}")


def button(page, name):
    return page.locator(READY).get_by_role("button", name=name, exact=True)


def field(page, name):
    """The input of the knob that the address calls `name`."""
    return page.locator(f".st-key-scene-{name.replace('.', '-')} input")


def set_number(page, name, value):
    field(page, name).fill(value)
    field(page, name).press("Enter")


def choose_scene(page, title):
    """Open the gallery and choose in one breath, as soon as there is a card; then the gallery is closed."""
    page.evaluate(CHOOSE, ["Scenes to try", title])
    expect(page.get_by_role("button", name=title)).to_have_count(0)
