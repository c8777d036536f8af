"""Where the papers of a cycle are, seen from each other: served by the service, or side by side in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from live.reports.fulfilment.labels import Names


@dataclass(frozen=True, kw_only=True, slots=True)
class Links:
    """Relative addresses, so that they hold under any address and any prefix.

    `other_names` is the same labels with names the other way; None where there are none. Before a draw's id, `draws` is
    the address of its proof; None where no service is behind the page.
    """

    report: str
    purchase: str
    picklist: str
    labels_58mm: str
    labels_a4: str
    workbook: str
    other_names: str | None = None
    draws: str | None = None


def links_from_report(session_id: str) -> Links:
    """From `/reports/{session}`."""
    below = quote(session_id, safe="")
    return Links(
        report=below,
        purchase=f"{below}/purchase",
        picklist=f"{below}/picklist",
        labels_58mm=f"{below}/labels?format=58mm",
        labels_a4=f"{below}/labels?format=a4",
        workbook=f"{below}/fulfilment.xlsx",
        draws="../draw/",
    )


def links_from_paper(session_id: str, label_format: str = "", names: Names = Names.MASKED) -> Links:
    """From `/reports/{session}/…`. Labels lead to the same labels with names the other way."""
    kept = f"&names={names.value}" if label_format and names is Names.FULL else ""
    other = Names.FULL if names is Names.MASKED else Names.MASKED
    return Links(
        report=f"../{quote(session_id, safe='')}",
        purchase="purchase",
        picklist="picklist",
        labels_58mm=f"labels?format=58mm{kept}",
        labels_a4=f"labels?format=a4{kept}",
        workbook="fulfilment.xlsx",
        other_names=f"labels?format={label_format}&names={other.value}" if label_format else None,
    )


FILES = Links(
    report="report.html",
    purchase="purchase.html",
    picklist="picklist.html",
    labels_58mm="labels-58mm.html",
    labels_a4="labels-a4.html",
    workbook="fulfilment.xlsx",
)
"""The names of the files that the command writes, seen from each other."""
