from __future__ import annotations

import re

from live.reports.fulfilment.qr import qr_picture
from live.service.codes import ALPHABET, LENGTH, pickup_codes

CODE = pickup_codes(b"a secret")("s1", "kuaishou/id/u-1")


def test_a_code_fits_the_smallest_symbol_with_its_quiet_zone() -> None:
    assert 'viewBox="0 0 29 29"' in qr_picture(CODE)
    assert (len(CODE), set(CODE) <= set(ALPHABET)) == (LENGTH, True)


def test_the_picture_is_squares_and_nothing_else() -> None:
    assert re.findall(r"<(\w+)", qr_picture(CODE)) == ["svg", "path"]
    assert CODE not in qr_picture(CODE)


def test_another_code_is_another_picture() -> None:
    assert qr_picture(CODE) == qr_picture(CODE) != qr_picture(CODE[::-1])
