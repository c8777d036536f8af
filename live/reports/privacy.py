"""What a report must not show of a person: telephone and identity numbers that they wrote into the public chat."""

from __future__ import annotations

import re

_DIGIT = r"[\d零〇一幺二两三四五六七八九]"
_GAP = r"[\s\-—–·.]?"
_IDENTITY = r"(?<!\d)\d{17}[\dXxＸｘ](?!\d)"
_MOBILE = rf"(?<!\d)(?:\+?86{_GAP})?(?:[1１一幺]{_GAP}[3-9３-９三四五六七八九](?:{_GAP}{_DIGIT}){{9}})(?!\d)"
_LANDLINE = rf"(?<!\d)[0０]\d{{2,3}}{_GAP}\d{{7,8}}(?!\d)"
_PERSONAL_NUMBER = re.compile(f"{_IDENTITY}|{_MOBILE}|{_LANDLINE}")


def mask_numbers(text: str) -> str:
    """Mask mobile, landline and identity numbers: "打我13812345678" → "打我138****78".

    Full-width digits, Chinese numerals and a space or dash between the digits are seen through.
    """
    return _PERSONAL_NUMBER.sub(_mask, text)


def _mask(found: re.Match[str]) -> str:
    number = found.group()
    return f"{number[:3]}****{number[-2:]}"
