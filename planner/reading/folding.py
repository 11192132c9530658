"""Titles as they are compared: one kind of quotes, dashes and multiplication signs, no accents, no emoji, no case."""

from __future__ import annotations

import unicodedata

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("’‘`´′ʹ", "'"),
        **dict.fromkeys("“”„″ʺ", '"'),
        **dict.fromkeys("–—‐‑‒−", "-"),
        **dict.fromkeys("×✕✖⨯", "x"),
        **dict.fromkeys("•·●▪◦", "•"),
        "½": ".5",
        "¼": ".25",
        "¾": ".75",
        "ß": "ss",
        "\u00a0": " ",
        "\u200b": "",
        "\u200d": "",
        "\ufe0f": "",
        "\r": "\n",
    }
)


def plain_title(text: str) -> str:
    """Return a title without accents and emoji, its signs made alike; case and line breaks stay."""
    apart = unicodedata.normalize("NFKD", text.translate(_ALIKE))
    kept = (sign for sign in apart if not unicodedata.combining(sign))
    return "".join(" " if unicodedata.category(sign) in {"So", "Cs", "Co", "Sk"} else sign for sign in kept)


def folded_title(text: str) -> str:
    """Return a title as its words are compared: plain, and without regard to case."""
    return plain_title(text).casefold()
