"""One of each of what is on the picture: flash deals, draws, polls, a shown comment; and an order of each kind."""

from __future__ import annotations

from live.domain import draws
from live.domain import stage_commands as s
from live.domain.flash import FlashSale, FlashState
from live.domain.giveaway import DrawRules, Entry, Giveaway, GiveawayState
from live.domain.poll import Poll, PollOption, PollState, Vote
from live.domain.shown import Shown, ShownAs
from tests.domain.factories import EVENING_MS, viewer

SEED, SALT = "5e" * 32, "5a" * 32
RULES = DrawRules(
    kind="lucky_bag", title="今晚福袋", prize="铁锅一口", prize_value_fen=9900, winners=1, keyword="锅到福到"
)
FLASH = FlashSale(
    id="f-1",
    session_id="s1",
    offer_id="egg",
    price_fen=990,
    regular_price_fen=3990,
    quota=3,
    per_viewer_limit=1,
    state=FlashState.ANNOUNCED,
    announced_ms=EVENING_MS,
    starts_ms=EVENING_MS + 10_000,
    ends_ms=EVENING_MS + 70_000,
)
GIVEAWAY = Giveaway(
    id="g-1",
    session_id="s1",
    rules=RULES,
    state=GiveawayState.OPEN,
    opened_ms=EVENING_MS,
    closes_ms=EVENING_MS + 60_000,
    seed=SEED,
    salt=SALT,
    commitment=draws.commitment(bytes.fromhex(SEED)),
)
ENTRY = Entry(id="e" * 32, giveaway_id="g-1", viewer=viewer(), entered_ms=EVENING_MS)
POLL = Poll(
    id="p-1",
    session_id="s1",
    question="明天上什么？",
    options=(PollOption(key="1", label="草莓"), PollOption(key="2", label="荔枝")),
    state=PollState.OPEN,
    opened_ms=EVENING_MS,
    closes_ms=EVENING_MS + 60_000,
)
VOTE = Vote(poll_id="p-1", voter=viewer().key, key="1", at_ms=EVENING_MS)
SHOWN = Shown(
    id="w-1",
    shown_as=ShownAs.BUBBLE,
    comment_id="m-1",
    platform="wechat_channels",
    name="张姐",
    text="上次的特别甜",
    answer=None,
    shown_ms=EVENING_MS,
    until_ms=EVENING_MS + 15_000,
)


def flash_deal(
    *, price_fen: int = 990, quota: int = 3, limit: int | None = None, seconds: int = 60, countdown: int = 10
) -> s.StartFlashSale:
    """秒杀 of the egg offer."""
    return s.StartFlashSale(
        flash_id="f-1",
        offer_id="egg",
        price_fen=price_fen,
        quota=quota,
        per_viewer_limit=limit,
        seconds=seconds,
        countdown_seconds=countdown,
    )


def lucky_bag(rules: DrawRules = RULES, *, seconds: int = 60) -> s.OpenGiveaway:
    """福袋 with a seed that tests know."""
    return s.OpenGiveaway(giveaway_id="g-1", rules=rules, seconds=seconds, seed=SEED, salt=SALT)


def question(seconds: int = 60) -> s.OpenPoll:
    """明天上什么？"""
    return s.OpenPoll(poll_id="p-1", question="明天上什么？", options=(("1", "草莓"), ("2", "荔枝")), seconds=seconds)


STAGE_COMMANDS: list[s.StageCommand] = [
    flash_deal(),
    s.PauseFlashSale(offer_id="egg"),
    s.ResumeFlashSale(offer_id="egg"),
    s.ExtendFlashSale(offer_id="egg", seconds=60),
    s.StopFlashSale(offer_id="egg"),
    lucky_bag(),
    s.DrawGiveaway(giveaway_id="g-1"),
    s.RedrawGiveaway(giveaway_id="g-1", forfeited=("e" * 32,)),
    s.ClaimGiveaway(giveaway_id="g-1", entry_id="e" * 32),
    s.BringRandomness(giveaway_id="g-1", round=7, randomness="ab" * 32),
    question(),
    s.ClosePoll(poll_id="p-1"),
    s.ShowComment(comment_id="m-1", seconds=15),
    s.HideComment(),
    s.ShowOrderCode(shown=True),
    s.BlockViewer(comment_id="m-1"),
    s.UnblockViewer(viewer_key=viewer().key),
]
"""An order of each kind."""
