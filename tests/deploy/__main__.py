"""`python -m tests.deploy [name ...]`: each deployment is set up, looked at in Chromium, and reported on a line."""

import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.app import ROOT, Server, chromium, free_port, running
from tests.deploy.proxies import CADDY, HAPROXY, NGINX

READY = '.sigmascope-player[data-ready="true"]'
SCENE = "?v=1&surface=rosenbrock&steps=300&a=adam&a.lr=0.02&panels=all"
WITHOUT_POWER = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""What starts a program so that it may write only where the modes of files say so, also for root."""


@contextmanager
def proxied(program: str, template: str, servers: str, **values: str) -> Iterator[str]:
    """Put a proxy with a certificate of its own before some servers; yield its address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"]
        make += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
        subprocess.run(make, check=True, capture_output=True)
        (folder / "both.pem").write_text((folder / "cert.pem").read_text() + (folder / "key.pem").read_text())
        settings = folder / "settings"
        certificate = f"ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;"
        usual = {"path": "/", "strip": "", "more": "", "tls": "ssl", "certificate": certificate}
        settings.write_text(template.format(folder=folder, port=port, servers=servers, **usual | values))
        commands = {
            "nginx": ["-c", str(settings)],
            "caddy": ["run", "--adapter", "caddyfile", "--config", str(settings)],
            "haproxy": ["-f", str(settings)],
        }
        with running(program, *commands[program], port=port):
            yield f"https://127.0.0.1:{port}"


@contextmanager
def tree(**how: int) -> Iterator[Path]:
    """Yield a copy of the project that nobody may write, or that was made under another umask."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        copy = Path(name) / "project"
        names = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
        for file in names:
            (copy / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, copy / file)
        for path in [copy, *copy.rglob("*")]:
            path.chmod(how["folders"] if path.is_dir() else how["files"])
        yield copy
        for path in [copy, *filter(Path.is_dir, copy.rglob("*"))]:
            path.chmod(0o755)


def looks_right(browser: Browser, url: str, path: str = "/", **options: object) -> str:
    """Return what is wrong with a page of the app at an address, "" if nothing is."""
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1440, "height": 900}, **options)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.goto(f"{url}{path}{SCENE}")
        page.wait_for_selector(READY)
        field = page.get_by_role("spinbutton", name="Updates T").first
        field.fill("120")
        field.press("Enter")
        page.wait_for_selector('.sigmascope-player[data-updates="120"]')
        page.goto(f"{url}{path}lecture?chapter=4")
        page.wait_for_selector(READY)
    except Exception as error:
        return str(error).splitlines()[0]
    finally:
        context.close()
    return ""


Case = Callable[[Browser, ExitStack], str]
CASES: dict[str, Case] = {}


def case(title: str) -> Callable[[Case], Case]:
    """Add a deployment to those that are tried."""

    def add(function: Case) -> Case:
        CASES[title] = function
        return function

    return add


@case("another working directory")
def _elsewhere(browser: Browser, stack: ExitStack) -> str:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.headless=true"]
    os.chdir("/")
    stack.callback(os.chdir, ROOT)
    stack.enter_context(running(*command, f"--server.port={port}", port=port))
    return looks_right(browser, f"http://localhost:{port}")


@case("a tree that cannot be written")
def _read_only(browser: Browser, stack: ExitStack) -> str:
    root = stack.enter_context(tree(folders=0o555, files=0o444))
    return looks_right(browser, stack.enter_context(Server(root=root, before=WITHOUT_POWER)).url)


@case("a tree made under umask 077")
def _private(browser: Browser, stack: ExitStack) -> str:
    root = stack.enter_context(tree(folders=0o700, files=0o600))
    return looks_right(browser, stack.enter_context(Server(root=root)).url)


@case("two servers from one tree")
def _two(browser: Browser, stack: ExitStack) -> str:
    one, other = (stack.enter_context(Server()) for _ in range(2))
    return looks_right(browser, one.url) or looks_right(browser, other.url)


@case("server.baseUrlPath")
def _base(browser: Browser, stack: ExitStack) -> str:
    server = stack.enter_context(Server("--server.baseUrlPath=tools/sigma", base="/tools/sigma"))
    return looks_right(browser, server.url, "/tools/sigma/")


@case("Caddy with TLS")
def _caddy(browser: Browser, stack: ExitStack) -> str:
    server = stack.enter_context(Server())
    return looks_right(browser, stack.enter_context(proxied("caddy", CADDY, server.url)))


@case("HAProxy with TLS, two servers, a cookie")
def _haproxy(browser: Browser, stack: ExitStack) -> str:
    servers = [stack.enter_context(Server()) for _ in range(2)]
    lines = [f"  server s{i} {server.url.removeprefix('http://')} cookie s{i}" for i, server in enumerate(servers)]
    return looks_right(browser, stack.enter_context(proxied("haproxy", HAPROXY, "\n".join(lines))))


def _nginx(stack: ExitStack, count: int = 1, **values: str) -> str:
    servers = [stack.enter_context(Server()) for _ in range(count)]
    lines = " ".join(f"server {server.url.removeprefix('http://')};" for server in servers)
    return stack.enter_context(proxied("nginx", NGINX, lines, **values))


@case("nginx with TLS")
def _plain_nginx(browser: Browser, stack: ExitStack) -> str:
    return looks_right(browser, _nginx(stack))


@case("nginx that strips a prefix")
def _stripped(browser: Browser, stack: ExitStack) -> str:
    return looks_right(browser, _nginx(stack, path="/tools/sigma/", strip="/"), "/tools/sigma/")


@case("nginx that does not pass the line")
def _blocked(browser: Browser, stack: ExitStack) -> str:
    return looks_right(browser, _nginx(stack, more="location /line { return 403; }"))


@case("nginx, two servers, no stickiness of the line")
def _scattered(browser: Browser, stack: ExitStack) -> str:
    return looks_right(browser, _nginx(stack, count=2))


@case("a page of another site, in an iframe")
def _framed(browser: Browser, stack: ExitStack) -> str:
    return _in_frame(browser, stack)


@case("the same where third-party cookies are blocked")
def _cookieless(_: Browser, stack: ExitStack) -> str:
    with ThreadPoolExecutor(1) as pool:  # Playwright has one browser of its kind a thread
        return pool.submit(_without_cookies, stack).result()


def _without_cookies(stack: ExitStack) -> str:
    with chromium("--test-third-party-cookie-phaseout") as strict, ExitStack() as inner:
        return _in_frame(strict, inner)


def _shown(browser: Browser, stack: ExitStack, folder: Path) -> Page:
    """Return a page of another site, whose files are in a folder."""
    port = free_port()
    command = (sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder))
    stack.enter_context(running(*command, port=port))
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    stack.callback(context.close)
    page = context.new_page()
    page.goto(f"http://localhost:{port}/")
    return page


def _in_frame(browser: Browser, stack: ExitStack) -> str:
    """Return what is wrong with the app in a page of another site, "" if nothing is: also after a link in it."""
    server = stack.enter_context(Server())
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    html = f'<iframe src="{server.url}/lecture?chapter=1&embed=true" style="width: 100%; height: 800px"></iframe>'
    (folder / "index.html").write_text(html)
    page = _shown(browser, stack, folder)
    frame = page.frame_locator("iframe")
    frame.locator(READY).wait_for()
    sidebar = frame.get_by_test_id("stSidebar").bounding_box()
    if sidebar is not None and sidebar["width"] >= 1 and sidebar["x"] >= 0:
        return f"a sidebar at {sidebar}"
    if frame.get_by_role("link", name="Catalogue", exact=True).count():
        return "links to all pages"
    frame.get_by_role("link", name="Open this scene in the lab").first.click()
    frame.locator('.sigmascope-stage[data-layout="story"]').wait_for()
    frame.locator(READY).wait_for()
    url = page.frames[1].url
    return "" if "embed=true" in url and "surface=" in url else f"embed=true or the scene is not in {url}"


@case("a slide of reveal.js")
def _on_a_slide(browser: Browser, stack: ExitStack) -> str:
    """The frame loads when its slide comes, and again, from its address alone, when one comes back to it."""
    server = stack.enter_context(Server())
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(folder), "sphinx-revealjs"]
    subprocess.run(pip, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    shutil.unpack_archive(wheel, folder, "zip")
    (reveal,) = folder.glob("**/dist/reveal.js")
    at = reveal.parent.relative_to(folder)
    frame = f'<iframe data-src="{server.url}/{SCENE}&embed=true" width="100%" height="600"></iframe>'
    slides = f"<section>One</section><section>{frame}</section><section>Three</section>" + "<section>More</section>" * 6
    (folder / "index.html").write_text(
        f'<link rel="stylesheet" href="{at}/reveal.css"><div class="reveal"><div class="slides">{slides}</div></div>'
        f'<script src="{at}/reveal.js"></script><script>Reveal.initialize()</script>'
    )
    page = _shown(browser, stack, folder)
    for move in ("Reveal.slide(1)", "Reveal.slide(7)", "Reveal.slide(1)"):
        page.evaluate(move)
        page.wait_for_timeout(1000)
    inside = page.frame_locator("iframe")
    inside.locator(READY).wait_for()
    inside.locator(".sigmascope-play").click()
    inside.locator('.sigmascope-player[data-playing="true"]').wait_for()
    return ""


@case("Python 3.11, the oldest dependencies")
def _oldest(browser: Browser, stack: ExitStack) -> str:
    return _with_interpreter(browser, stack, "python3.11", oldest=True)


@case("Python 3.13, the newest dependencies")
def _newest(browser: Browser, stack: ExitStack) -> str:
    return _with_interpreter(browser, stack, "python3.13", oldest=False)


def interpreter(name: str) -> str:
    """Return the path of an interpreter that runs. Raises FileNotFoundError if there is none."""
    managed = Path.home().glob(f".pyenv/versions/{name.removeprefix('python')}.*/bin/{name}")
    for path in filter(None, (shutil.which(name), *map(str, managed))):
        if subprocess.run([path, "-c", ""], check=False, capture_output=True).returncode == 0:
            return path
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)


def _with_interpreter(browser: Browser, stack: ExitStack, name: str, oldest: bool) -> str:
    """Return what is wrong with the app in an environment of its own, "" if nothing is."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    subprocess.run([interpreter(name), "-m", "venv", folder], check=True, capture_output=True)
    wanted = (ROOT / "requirements.txt").read_text().split()
    if oldest:
        wanted = [re.sub(r">=([^,]+).*", r"==\1", line) for line in wanted]
    python = str(folder / "bin" / "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
    subprocess.run(pip, check=True, capture_output=True)
    return looks_right(browser, stack.enter_context(Server(python=python)).url)


def main(names: list[str]) -> int:
    """Try the deployments of these names, all by default; return how many failed."""
    failed = 0
    with chromium() as browser:
        for title, try_out in CASES.items():
            if names and not any(name in title for name in names):
                continue
            with ExitStack() as stack:
                try:
                    problem = try_out(browser, stack)
                except FileNotFoundError as error:
                    problem = f"not tried: {error.filename} is not on this machine"
                except Exception as error:
                    problem = repr(error).splitlines()[0]
            failed += bool(problem) and not problem.startswith("not tried")
            sys.stdout.write(f"{title}: {problem or 'works'}\n")
            sys.stdout.flush()
    return failed


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
