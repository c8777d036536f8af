"""What the page on the teleprompter says is what the product does."""

from __future__ import annotations

import re

from live.domain.offer import Offer
from live.domain.script import read_script, write_markdown
from live.domain.script_launch import BAG_SAMPLE, FLASH_SAMPLE, PROMPT_SAMPLE, read_launch
from tests.docs.pages import ROOT, read

GUIDE = read("how-to/teleprompter.md")
WORDS = ROOT / "live" / "web" / "static" / "prompter" / "words" / "zh-CN.js"
EGG = Offer(id="egg", number=1, title="土鸡蛋 30 枚", price_fen=3990, quota=100)


def test_the_example_reads_without_a_fault_and_is_written_the_same() -> None:
    [example] = re.findall(r"```markdown\n(.*?)```", GUIDE, re.DOTALL)
    script, faults = read_script(example, [EGG])
    assert faults == ()
    assert [section.kind.value for section in script.sections] == [
        "opening", "offer", "flash", "bag", "poll", "talk", "closing",
    ]  # fmt: skip
    assert write_markdown(script, [EGG]).replace("\n\n", "\n") == example


def test_every_rule_stands_there_with_its_name_and_its_sentence_the_most_urgent_first() -> None:
    told = re.findall(r'name: "([^"]+)",\s*rule: "([^"]+)"', read(WORDS))
    listed = re.findall(r"^\| (\S+) \| ([^|]+。) \|$", GUIDE, re.MULTILINE)
    assert len(told) == 13
    assert listed == told


def test_every_way_of_launching_that_is_shown_can_be_read() -> None:
    shown = re.findall(r"\| `(> (?:扣|秒杀|福袋)[^`]+)` \|", GUIDE)
    assert len(shown) == 3
    for line in (*shown, PROMPT_SAMPLE, FLASH_SAMPLE, BAG_SAMPLE):
        assert read_launch([line.removeprefix("> ")], has_offer=True).faults == ()


def test_every_further_word_of_a_bag_can_be_read() -> None:
    words = re.findall(r"“([^”]+)”", GUIDE.split("后面还能加")[1].splitlines()[0])
    assert len(words) == 3
    assert read_launch([f"福袋 鸡蛋 价值9.9元 {' '.join(words)}"], has_offer=False).faults == ()
