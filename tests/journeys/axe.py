"""axe-core looks at the page in the browser: no violation may be left (WCAG 2.2 A and AA, and its best practices)."""

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text()


def assert_clean(page: Page) -> None:
    """Fail with what axe finds on this page as it is now."""
    page.wait_for_load_state("networkidle")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("axe.run()")
    complaints = [
        f"{violation['id']}: {violation['help']} at {[node['target'] for node in violation['nodes']][:3]}"
        for violation in found["violations"]
    ]
    assert not complaints, f"{page.url}\n" + "\n".join(complaints)
