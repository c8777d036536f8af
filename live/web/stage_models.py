"""Commands about the picture as others send them: flash deals, draws, polls, and what is shown there."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from live.domain.shown import ShownAs  # noqa: TC001  # pydantic reads it at run time
from live.web.command_fields import Id, Line, Model, Name, Price, Quantity, unique
from nlp.options import folded

Seconds = Annotated[int, Field(ge=1, le=3600)]
Keyword = Annotated[Name, Field(max_length=20)]


class StartFlashSale(Model):
    """Announce a flash deal: it starts after the countdown and ends after `seconds`, both by the service's clock."""

    type: Literal["start_flash_sale"]
    offer_id: Id
    price: Price
    quota: Quantity
    per_viewer_limit: Quantity | None = None
    seconds: Seconds
    countdown_seconds: Annotated[int, Field(ge=0, le=300)] = 10


class StopFlashSale(Model):
    """End a flash deal now; the offer sells at its own price again."""

    type: Literal["stop_flash_sale"]
    offer_id: Id


class PauseFlashSale(Model):
    """Hold a running flash deal; the time left stands still."""

    type: Literal["pause_flash_sale"]
    offer_id: Id


class ResumeFlashSale(Model):
    """Go on with a paused flash deal."""

    type: Literal["resume_flash_sale"]
    offer_id: Id


class ExtendFlashSale(Model):
    """Give a flash deal more time, more units, or both."""

    type: Literal["extend_flash_sale"]
    offer_id: Id
    seconds: Annotated[int, Field(ge=0, le=3600)] = 0
    quantity: Annotated[int, Field(ge=0, le=1_000_000)] = 0

    @model_validator(mode="after")
    def _gives_something(self) -> ExtendFlashSale:
        if not (self.seconds or self.quantity):
            raise PydanticCustomError("nothing_more", "没有写加多少：seconds 加时间，quantity 加数量，至少写一个")
        return self


class EligibilityModel(Model):
    """Who may enter a draw, beside everybody being in once."""

    must_have_reserved: bool = False
    not_won_within_days: Annotated[int, Field(ge=1, le=3650)] | None = None


class ClaimModel(Model):
    """How, and within how many hours of the drawing, a prize is claimed."""

    hours: Annotated[int, Field(ge=1, le=24 * 90)] = 48
    how: Annotated[Line, Field(min_length=1, max_length=200)] = "到自提点出示提货码"


class OpenGiveaway(Model):
    """Publish the rules of a draw, and take entries until `seconds` are over."""

    type: Literal["open_giveaway"]
    title: Name
    prize: Annotated[Name, Field(max_length=100)]
    prize_value: Price
    winners: Annotated[int, Field(ge=1, le=1000)]
    keyword: Keyword
    seconds: Seconds
    eligibility: EligibilityModel = EligibilityModel()
    claim: ClaimModel = ClaimModel()
    kind: Literal["lucky_bag"] = "lucky_bag"


class DrawGiveaway(Model):
    """Close the list now; the winners follow as soon as the witness is there, within ten seconds."""

    type: Literal["draw_giveaway"]
    giveaway_id: Id


class RedrawGiveaway(Model):
    """Draw again for prizes that nobody took."""

    type: Literal["redraw_giveaway"]
    giveaway_id: Id
    forfeited: Annotated[list[Id], Field(min_length=1, max_length=1000)]
    reason: Annotated[Line, Field(max_length=200)] = ""


class ClaimGiveaway(Model):
    """A winner has come for their prize."""

    type: Literal["claim_giveaway"]
    giveaway_id: Id
    entry: Id


class PollOptionModel(Model):
    """What may be voted for."""

    key: Annotated[Name, Field(max_length=10)]
    label: Annotated[Name, Field(max_length=40)]


class OpenPoll(Model):
    """Ask the room a question."""

    type: Literal["open_poll"]
    question: Name
    options: Annotated[
        list[PollOptionModel],
        Field(min_length=2, max_length=12),
        unique("选项的 key ", lambda option: folded(option.key)),
        unique("选项的叫法", lambda option: folded(option.label)),
    ]
    seconds: Seconds

    @model_validator(mode="after")
    def _tells_options_apart(self) -> OpenPoll:
        """A key that is another option's label would be a vote for both."""
        names = Counter(name for option in self.options for name in {folded(option.key), folded(option.label)})
        shared = [name for name, times in names.items() if times > 1]
        if shared:
            raise PydanticCustomError("shared_option", "“{name}”同时是两个选项的叫法，请改一个", {"name": shared[0]})
        return self


class ClosePoll(Model):
    """End a poll before its time."""

    type: Literal["close_poll"]
    poll_id: Id


class ShowComment(Model):
    """Put a comment of this session on the picture, in the place of the one before."""

    type: Literal["show_comment"]
    comment_id: Id
    shown_as: Annotated[ShownAs | None, Field(alias="as")] = None
    answer: Annotated[Line, Field(min_length=1, max_length=100)] | None = None
    seconds: Annotated[int, Field(ge=1, le=600)] = 15


class HideComment(Model):
    """Take the comment off the picture."""

    type: Literal["hide_comment"]


class ShowOrderCode(Model):
    """Put the code of the order page on the picture."""

    type: Literal["show_order_code"]


class HideOrderCode(Model):
    """Take the code of the order page off the picture, unless a silent source keeps it there."""

    type: Literal["hide_order_code"]


class BlockViewer(Model):
    """Let the comments of a comment's writer do nothing from here on."""

    type: Literal["block_viewer"]
    comment_id: Id


class UnblockViewer(Model):
    """Take a block back."""

    type: Literal["unblock_viewer"]
    viewer_key: Annotated[Line, Field(min_length=1, max_length=300)]


StageModel = (
    StartFlashSale
    | StopFlashSale
    | PauseFlashSale
    | ResumeFlashSale
    | ExtendFlashSale
    | OpenGiveaway
    | DrawGiveaway
    | RedrawGiveaway
    | ClaimGiveaway
    | OpenPoll
    | ClosePoll
    | ShowComment
    | HideComment
    | ShowOrderCode
    | HideOrderCode
    | BlockViewer
    | UnblockViewer
)
"""Every command about the picture."""
