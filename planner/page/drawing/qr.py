"""A QR code as SVG, for the address of a calendar that another device can reach."""

from __future__ import annotations

from html import escape

from markupsafe import Markup


def qr_svg(text: str, label: str) -> Markup:
    """Return a text as a QR code (error level M, with its quiet margin), black on white in every theme."""
    import segno  # noqa: PLC0415 (only a calendar that others reach needs it)

    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=4))
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    size = len(rows)
    return Markup(  # noqa: S704 (our own drawing, its label escaped)
        f'<svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="{escape(label)}" '
        f'shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{path}" fill="#000"/></svg>'
    )
