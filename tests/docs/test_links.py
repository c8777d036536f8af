from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.docs.pages import PAGES, ROOT, anchors, inline, links, name_of, read
from tests.pages.activity_screenshots import of_docs
from tests.pages.counter_screenshots import mornings
from tests.pages.make_screenshots import DOCS as PICTURES
from tests.pages.make_screenshots import shots
from tests.pages.overlay_gallery import DOCS as OF_THE_PICTURE
from tests.pages.prompter_screenshots import looks
from tests.pages.start_screenshots import settings
from tests.pages.team_screenshots import twos
from tests.pages.viewer_screenshots import scenes

HOSTS = {
    "127.0.0.1",
    "shop.example",
    "keepachangelog.com",
    "qyapi.weixin.qq.com",
    "api.deepseek.com",
    "dashscope.aliyuncs.com",
}
"""The only servers that the documents name: this machine, an example, the form of the changelog, the robots of
WeCom, and two that have language models."""

PICTURE_FORMATS = {".png", ".jpg"}

_ADDRESS = re.compile(r"\b(?:https?|wss?)://[\w.:@-]+", re.ASCII)
_FOLDERS = ("config/", "docs/", "live/", "nlp/", "overlays/", "tests/", ".ci/")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = [link for link in links(read(page)) if not leads_somewhere(page, link)]
    assert not dead, f"{name_of(page)} points to what is not there"


def leads_somewhere(page: Path, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme:
        return parts.hostname in HOSTS
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.exists():
        return False
    return not parts.fragment or unquote(parts.fragment) in anchors(read(target))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_names_a_server_that_is_not_on_the_list(page: Path) -> None:
    hosts = {urlsplit(address).hostname for address in _ADDRESS.findall(read(page))}
    assert hosts <= HOSTS | {None}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    named = [code.partition("::")[0] for code in inline(read(page)) if code.startswith(_FOLDERS)]
    missing = [name for name in named if "{" not in name and not list(ROOT.glob(name.rstrip("/")))]
    assert not missing, f"{name_of(page)} names what is not there"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_test_that_is_cited_is_there(page: Path) -> None:
    for code in inline(read(page)):
        file, found, test = code.partition("::")
        if found and file.startswith("tests/"):
            assert re.search(rf"^(async )?def {test}\(", read(ROOT / file), re.MULTILINE), f"{name_of(page)}: {code}"


def test_every_picture_is_one_that_the_script_takes() -> None:
    taken = {shot.name for shot in shots() if shot.docs} | {scene.name for scene in scenes() if scene.docs}
    taken |= {morning.name for morning in mornings() if morning.docs} | of_docs() | set(OF_THE_PICTURE)
    taken |= {look.name for look in looks() if look.docs} | {setting.name for setting in settings() if setting.docs}
    taken |= {two.name for two in twos() if two.docs}
    shown = {Path(link) for page in PAGES for link in links(read(page)) if Path(link).suffix in PICTURE_FORMATS}
    assert {path.stem for path in shown} <= taken
    assert {path.stem for path in PICTURES.iterdir()} == taken, "run: python -m tests.pages.make_screenshots"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, ahead = {ROOT / "README.md"}, [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        found = {
            (page.parent / urlsplit(link).path).resolve() for link in links(read(page)) if not urlsplit(link).scheme
        }
        fresh = {target for target in found if target in PAGES} - reached
        reached |= fresh
        ahead += fresh
    lost = [name_of(page) for page in PAGES if page not in reached and page.parent.name != "decisions"]
    assert not lost, "no page links to these"
