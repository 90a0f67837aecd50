"""The drawings of the pages, on a grid of 24: lines in the colour of the words beside them.

A drawing never stands for a word: screen readers pass over it, and without it every page says the same.
"""

from collections.abc import Mapping

from markupsafe import Markup

ICONS: Mapping[str, str] = {
    "report": "M5 3h14v18H5zM9 16v-4M12 16V8M15 16v-6",
    "stack": "M4 8l8-4 8 4-8 4zM4 12l8 4 8-4M4 16l8 4 8-4",
    "gauge": "M4 18a8 8 0 1 1 16 0M12 18l4-6",
    "add": "M12 5v14M5 12h14",
    "ask": "M8.5 9a3.5 3.5 0 1 1 5.2 3c-1.2.7-1.7 1.4-1.7 2.6M12 18.5v.5",
    "bag": "M5 8h14l-1 13H6zM9 8V6a3 3 0 0 1 6 0v2",
    "bring": "M12 4v11M7 10l5 5 5-5M4 20h16",
    "barrier": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM7 12h10",
    "bell": "M4 19h16M6 16a6 6 0 0 1 12 0zM12 10V7M10 7h4",
    "book": "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11M9 8h6",
    "card": "M3 6h18v12H3zM3 10h18M7 15h4",
    "check": "M4 12.5l5 5L20 6.5",
    "clock": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM12 7v5l3.5 2",
    "count": "M4 6l2 2 3-4M4 13l2 2 3-4M4 20h5M12 6h8M12 13h8M12 20h8",
    "dice": "M5 4h14v16H5zM9 8h.01M15 8h.01M12 12h.01M9 16h.01M15 16h.01",
    "door": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
    "eye": "M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6z",
    "forward": "M5 12h14M13 6l6 6-6 6",
    "leaf": "M5 20c0-9 5-15 15-16 0 10-5 15-12 15M5 20c2-5 5-8 9-10",
    "key": "M8 15a4 4 0 1 0 0-8a4 4 0 1 0 0 8zM12 11h9v4M17 11v3",
    "medal": "M12 3a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM8.5 14L7 21l5-2.5L17 21l-1.5-7",
    "mistake": "M6 6l12 12M18 6L6 18",
    "page": "M6 3h8l4 4v14H6zM14 3v4h4",
    "plate": "M3 7h18v11H3zM8 7l4-4l4 4M7 11h10M7 14h6",
    "pair": "M8 11a3 3 0 1 0 0-6a3 3 0 1 0 0 6zM2 19c0-4 3-5 6-5M12 16l3 3 6-7",
    "question": "M4 4h16v12H11l-5 4v-4H4zM9.7 8.4a2.3 2.3 0 1 1 3.3 2.1c-.7.4-1 .8-1 1.6M12 13.9v.2",
    "people": "M9 11a3.5 3.5 0 1 0 0-7a3.5 3.5 0 1 0 0 7zM2 20c0-4 3-6 7-6s7 2 7 6M16 4.5a3.5 3.5 0 0 1 0 6.5"
    "M18 14.5c2.5.7 4 2.5 4 5.5",
    "person": "M12 11a4 4 0 1 0 0-8a4 4 0 1 0 0 8zM4 21c0-4.5 3.5-7 8-7s8 2.5 8 7",
    "print": "M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z",
    "scales": "M12 4v16M8 20h8M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z",
    "turn": "M19 8a8 8 0 1 0 1 6M20 4v5h-5",
    "scan": "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
    "settings": "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4",
    "slip": "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
    "star": "M12 3l2.7 5.8 6.3.7-4.7 4.3 1.3 6.2-5.6-3.1L6.4 20l1.3-6.2L3 9.5l6.3-.7z",
    "sweep": "M19 3l-7 9M8 11l7 5-2 5H4c0-4 1-7 4-10zM8 16v5M11 17l-1 4",
    "speech": "M4 5h16v11H10l-5 4v-4H4z",
    "table": "M4 5h16v14H4zM4 10h16M4 14.5h16M10 10v9",
    "wall": "M4 4h16v12H4zM12 16v5M8 21h8M8 8h8M8 12h5",
}
"""Each drawing by its name, as the path of its lines."""

_DRAWN = Markup(
    '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
)


def icon(name: str) -> Markup:
    """Return a drawing for a page; raises KeyError for a name that has none.

    Example:
        ``{{ icon('check') }}已月结``
    """
    return _DRAWN.format(ICONS[name])
