"""The wheel, built, installed into a fresh environment and used there, from a folder with modules of a person's own."""

import os
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from engine.simulate import simulate
from engine.url import decode
from tests.browser.app import ROOT, free_port
from tests.browser.lab_page import READY

pytestmark = [pytest.mark.browser, pytest.mark.long]

SCENE = "surface=rosenbrock&a=adam&a.lr=0.02&steps=300"
OWN = ("optimizers", "surfaces", "engine", "ui", "pages", "lab", "app")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The programs of an environment that has nothing but the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    command = [folder / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", str(wheel)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "bin"


@pytest.fixture
def elsewhere(tmp_path):
    """A folder in which a person has modules that are called as our rooms are."""
    for name in OWN:
        (tmp_path / f"{name}.py").write_text("MINE = True\n")
    return tmp_path


def run(program, *arguments, folder, status=0):
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    command = [str(program), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == status, done.stderr
    return done


def test_the_wheel_is_small_and_one_package(wheel):
    assert wheel.stat().st_size < 2e6
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        about = message_from_string(packed.read(next(n for n in names if n.endswith("/METADATA"))).decode())
    assert {name.partition("/")[0] for name in names if ".dist-info" not in name} == {"sigmascope"}
    assert {"sigmascope/py.typed", "sigmascope/player/js/player.js", "sigmascope/.streamlit/config.toml"} <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if "tests" in name or "__pycache__" in name]
    assert about["Name"] == "sigmascope"
    assert len(about.get_all("Classifier")) >= 5
    needed = [line for line in about.get_all("Requires-Dist") if "extra ==" not in line]
    assert len(needed) == len((ROOT / "requirements.txt").read_text().split())


def test_it_is_used_from_python_beside_modules_of_the_same_names(installed, elsewhere):
    code = (
        "import optimizers, surfaces, engine, sys\n"
        "import sigmascope\n"
        f"scene = sigmascope.scene({SCENE!r})\n"
        "assert optimizers.MINE and surfaces.MINE and engine.MINE\n"
        "assert '<iframe' in scene._repr_html_()\n"
        "print(scene['a'].theta.shape, repr(float(scene['a'].loss[-1])))"
    )
    done = run(installed / "python", "-c", code, folder=elsewhere)
    made, _ = decode(dict(part.split("=") for part in SCENE.split("&")))
    (trajectory,) = simulate(made)
    assert done.stdout.split() == ["(301,", "2)", repr(float(trajectory.loss[-1]))]


def test_the_command_makes_files(installed, elsewhere):
    for kind in ("html", "png", "npz", "ipynb"):
        run(installed / "sigmascope", "render", SCENE, "-o", f"out.{kind}", folder=elsewhere)
    with np.load(elsewhere / "out.npz") as found:
        assert found["a.theta"].shape == (301, 2)
    assert (elsewhere / "out.html").read_text().startswith("<!doctype html>")
    with Image.open(elsewhere / "out.png") as picture:
        assert picture.size == (1280, 720)
    refused = run(installed / "sigmascope", "render", SCENE, "-o", "out.mp4", folder=elsewhere, status=2)
    assert refused.stderr.count("\n") == 1
    assert "only a browser can make .mp4" in refused.stderr


def test_the_command_opens_the_lab(installed, elsewhere, open_page):
    assert len(run(installed / "sigmascope", "--help", folder=elsewhere).stdout.splitlines()) <= 24
    port = free_port()
    command = [installed / "sigmascope", SCENE, f"--port={port}", "--no-browser"]
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    with subprocess.Popen(
        command, cwd=elsewhere, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as server:
        try:
            address = server.stdout.readline().strip()
            assert address == f"http://localhost:{port}/?{SCENE}"
            page = open_page("about:blank", first_screen=True)
            for _ in range(100):
                try:
                    page.goto(address.replace("localhost", "127.0.0.1"))
                    break
                except Exception:
                    page.wait_for_timeout(200)
            page.locator(READY).wait_for()
            expect(page.locator(READY)).to_have_attribute("data-updates", "300")
            page.goto("about:blank")
        finally:
            server.terminate()


def test_the_source_archive_builds_the_same_wheel(wheel, tmp_path):
    pip = [sys.executable, "-m", "pip"]
    subprocess.run([*pip, "install", "-q", "--target", str(tmp_path / "tools"), "setuptools"], check=True)
    code = "import sys; sys.path.insert(0, 'install'); import backend; print(backend.build_sdist(sys.argv[1]))"
    options = {"cwd": ROOT, "env": os.environ | {"PYTHONPATH": str(tmp_path / "tools")}}
    made = subprocess.check_output([sys.executable, "-c", code, str(tmp_path)], text=True, **options)
    with tarfile.open(tmp_path / made.strip()) as packed:
        packed.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()
    subprocess.run([*pip, "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(source)], check=True)
    (again,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert set(first.namelist()) == set(second.namelist())
