"""Take the pictures of the page, docs/page-*.png, with a real browser: `python -m docs.make_pages`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tests.browsers import DESK, PHONE, chromium, served

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


class Picture(NamedTuple):
    """Say of which page a picture is, on what screen, and how it is brought there."""

    name: str
    path: str
    size: dict[str, int]
    height: int
    dark: bool = False
    sign: str = ""


PICTURES = (
    Picture("weeks", "weeks", DESK, 1010),
    Picture("dark", "weeks", DESK, 1010, dark=True),
    Picture("where", "where", DESK, 900),
    Picture("phone", "weeks", PHONE, 900),
    Picture("danger", "log", PHONE, 900, sign="chest_pain"),
)


def take(browser: Any, base: str, picture: Picture) -> None:
    """Take one picture, in somewhat more points than the screen has."""
    scheme = "dark" if picture.dark else "light"
    context = browser.new_context(viewport=picture.size, color_scheme=scheme, device_scale_factor=1.25)
    page = context.new_page()
    page.goto(f"{base}/{picture.path}")
    if picture.sign:
        page.click(f"input[name=sign][value={picture.sign}]")  # An emergency waits for no Save.
        page.wait_for_url("**/danger")
    page.wait_for_load_state("networkidle")
    clip = {"x": 0, "y": 0, "width": picture.size["width"], "height": picture.height}
    page.screenshot(path=ROOT / "docs" / f"page-{picture.name}.png", full_page=True, clip=clip)
    context.close()


def main() -> None:
    """Serve the first example, keep its plan, and take the pictures."""
    case = (ROOT / "examples" / "plantar_fascia_calf_needled.toml").read_text(encoding="utf-8")
    with TemporaryDirectory() as folder, chromium() as browser, served(Path(folder), {"henry": case}, NOW) as origin:
        page = browser.new_page()
        page.goto(f"{origin}/patients")
        page.click("tbody a")
        page.click("text=Keep this plan")
        page.wait_for_url("**/weeks")
        base = page.url.removesuffix("/weeks")
        page.close()
        for picture in PICTURES:
            take(browser, base, picture)


if __name__ == "__main__":
    main()
