"""What a link shows where it is pasted: title, one true sentence, a picture; and oEmbed, which puts the scene there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from charts.colours import worn
from charts.preview import HEIGHT, WIDTH, preview
from charts.theme import LIGHT
from engine.labels import short_labels
from engine.presets import try_it
from engine.scenario import Scenario
from engine.trajectory import ENDINGS, Trajectory
from engine.url import decode, explicit
from explain.lecture.chapters import CHAPTERS
from explain.network.description import description
from explain.timeline import telling_run, timeline
from network.study import STUDIES
from spec.shared import shared
from surfaces.slice_path import SlicePath
from ui.assets import server_path
from ui.limits import POSTER_QUERY, PREVIEW_UPDATES, PREVIEWS_KEPT, STORIES_KEPT
from ui.pages import PAGES
from ui.parameters import CHAPTER
from ui.scene import OTHERS
from ui.text import say_sentence_in, translate
from ui.trajectories import trajectory
from ui.workers import work

PICTURE, OEMBED = "preview.jpg", "oembed"
"""Addresses below the app's root."""

OF_NETWORKS = frozenset(page.name for page in PAGES if page.form == "study")
"""The last parts of the addresses of pages that train a network."""

MEASURED = try_it(SlicePath)
"""What is pictured of it, since to train it takes too long: a measured slice of such a network."""

HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9a-fA-F:]+\](:\d+)?")
EMBEDDED = 960, 720
"""Pixels of a scene in another page, if that does not say."""

DAY = 86_400


@dataclass(frozen=True)
class Place:
    """Where the app is, as one who asks for a page sees it: `https://host/prefix/`, and the page's last name."""

    root: str
    name: str

    @classmethod
    def of(cls, scope: Mapping[str, object], headers: Headers) -> "Place | None":
        """Return the place of a request, None where its host is no host."""
        host = headers.get("host", "")
        if not HOST.fullmatch(host):
            return None
        said = headers.get("x-forwarded-proto", "").partition(",")[0].strip()
        scheme = said if said in ("http", "https") else str(scope.get("scheme", "http"))
        before, _, name = str(scope["path"]).rpartition("/")
        return cls(f"{scheme}://{host}{quote(before)}/", name)


def scene_of(query: Mapping[str, str]) -> Scenario:
    """Return the scene of a page: the chapter's where the query names one, else its own."""
    number = query.get(CHAPTER.name, "")
    if number in set(map(str, range(1, len(CHAPTERS) + 1))):
        return CHAPTERS[int(number) - 1].scene
    return decode(query, OTHERS)[0]


def head(place: Place | None, title: str, query: Mapping[str, str], code: str, name: str = "") -> str:
    """Return what stands in a page for those who only look at its head: Open Graph's and oEmbed's.

    title: what the page asks or tells; of a page that only shows a scene, nothing. name: the last part of its address.
    """
    is_network = name in OF_NETWORKS
    scene = MEASURED if is_network else scene_of(query)
    said = {"og:title": title or title_of(scene, code), "og:site_name": "Sigmascope", "og:type": "website"}
    about = partial(say_sentence_in, code, description(STUDIES.decode(query, OTHERS)[0]))
    said["og:description"] = about() if is_network else sentence(scene, code)
    shown = explicit(scene) if is_network else query
    link = ""
    if place:
        here = f"{place.root}{place.name}{'?' if query else ''}{urlencode(query)}"
        said |= {"og:url": here, "og:image": f"{place.root}{PICTURE}?{urlencode(shown)}"}
        said |= {"og:image:width": str(WIDTH), "og:image:height": str(HEIGHT), "twitter:card": "summary_large_image"}
        embed = f"{place.root}{OEMBED}?{urlencode({'url': here})}"
        link = f'<link rel="alternate" type="application/json+oembed" href="{escape(embed)}">'
    return link + "".join(f'<meta property="{name}" content="{escape(text)}">' for name, text in said.items())


def title_of(scenario: Scenario, code: str) -> str:
    """Return what runs in a scene, and where."""
    say = partial(translate, code)
    return f"{', '.join(short_labels(scenario, say))} · {say(scenario.surface.title)}"


@shared(STORIES_KEPT)
def sentence(scenario: Scenario, code: str) -> str:
    """Return how the run ends that a scene is about; of a scene too long to be run for that, what it is."""
    runs = _runs(scenario)
    if not runs:
        return translate(code, scenario.surface.summary)
    events = timeline(scenario, runs, partial(translate, code))
    of_run = [event for event in events if event.run == telling_run(events)]
    last = next((event for event in of_run if event.kind in ENDINGS), of_run[-1])
    return f"{say_sentence_in(code, last.caption)} {say_sentence_in(code, last.detail)}".strip()


def _runs(scenario: Scenario) -> tuple[Trajectory, ...]:
    if scenario.steps * len(scenario.runs) > PREVIEW_UPDATES:
        return ()
    return tuple(trajectory(scenario, run) for run in scenario.runs)


@shared(PREVIEWS_KEPT, size=len)
def _jpeg(scenario: Scenario) -> bytes:
    return preview(scenario, _runs(scenario), worn(LIGHT, scenario.runs))


def _picture(request: Request) -> Response:
    """Answer in a thread: a picture costs a third of a second at most, and waits for its turn."""
    if len(request.url.query) > POSTER_QUERY:
        return Response("The address is too long.", 414)
    scene = scene_of(dict(request.query_params))
    file = work(lambda _: _jpeg(scene))
    return Response(file, media_type="image/jpeg", headers={"cache-control": f"public, max-age={DAY}"})


def _oembed(request: Request) -> Response:
    """Answer as oEmbed 1.0 does (type rich) for an address of this app."""
    url = urlsplit(request.query_params.get("url", "")[: 2 * POSTER_QUERY])
    if request.query_params.get("format", "json") != "json":
        return Response("Only JSON is spoken here.", 501)
    if url.scheme not in ("http", "https") or url.netloc != request.headers.get("host"):
        return Response("This is no address of this app.", 404)
    query = dict(parse_qsl(url.query, keep_blank_values=True))
    is_network = url.path.rstrip("/").rpartition("/")[2] in OF_NETWORKS
    shown = explicit(MEASURED) if is_network else query
    width, height = (
        _size(request.query_params.get(f"max{name}"), most)
        for name, most in zip(("width", "height"), EMBEDDED, strict=True)
    )
    source = f"{url.scheme}://{url.netloc}{quote(url.path)}?{urlencode(query | {'embed': 'true'})}"
    frame = f'<iframe src="{escape(source)}" width="{width}" height="{height}" style="border: 0" title="Sigmascope">'
    root = f"{url.scheme}://{url.netloc}{quote(url.path.rpartition('/')[0])}/"
    return JSONResponse(
        {
            "version": "1.0",
            "type": "rich",
            "provider_name": "Sigmascope",
            "title": "Network" if is_network else title_of(scene_of(query), "en"),
            "html": f"{frame}</iframe>",
            "width": width,
            "height": height,
            "thumbnail_url": f"{root}{PICTURE}?{urlencode(shown)}",
            "thumbnail_width": WIDTH,
            "thumbnail_height": HEIGHT,
        }
    )


def _size(said: str | None, most: int) -> int:
    return min(int(said), most) if said and said.isascii() and said.isdigit() and int(said[:9]) > 0 else most


def preview_routes() -> list[Route]:
    """Return what the server has to know for those who look at a link."""
    return [Route(server_path(PICTURE), _picture), Route(server_path(OEMBED), _oembed)]
