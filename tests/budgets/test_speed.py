"""How soon a page stands on a slow phone: times are noted against their goals, and only the worst is refused.

Ran by `make check-web` alone: a busy machine must not fail other people's work.
"""

import json
import os
import shutil
import statistics
import subprocess
from pathlib import Path

import pytest

from tests.budgets.conftest import Note
from tests.budgets.measuring import COMPUTER, PHONE, Visitor
from tests.budgets.pages import FIRST, MAP_PAGES, PUBLIC, Site

pytestmark = pytest.mark.timed
# Slow 4G as Lighthouse names it: 150 ms there and back, 1.6 Mbit/s down, 0.75 up, a processor four times slower.
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SLOWER_CPU = 4
ROUNDS = 3
WORST = {"LCP s (goal 1.0)": 1.5, "CLS (goal 0)": 0.05, "TBT ms (goal 50)": 200}
LIGHTHOUSE = (
    Path(__file__).resolve().parents[2] / ".venv" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
)
WATCHING = """
window.seen = { lcp: 0, cls: 0, tbt: 0 };
const watch = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
watch("largest-contentful-paint", (entry) => { window.seen.lcp = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) window.seen.cls += entry.value; });
watch("longtask", (entry) => { window.seen.tbt += Math.max(0, entry.duration - 50); });
"""


@pytest.mark.parametrize("name", PUBLIC)
def test_a_page_stands_soon_and_still_on_a_slow_phone(
    visitor: Visitor, site: Site, note: Note, name: str
) -> None:
    rounds = [_load(visitor, site.base + site.paths[name]) for _ in range(ROUNDS)]
    for (what, worst), values in zip(WORST.items(), zip(*rounds, strict=True), strict=True):
        figure = statistics.median(values)
        note(name, what, f"{figure:.0f}" if "ms" in what else f"{figure:.2f}")
        assert figure <= worst, f"{what}: {values}"


def _load(visitor: Visitor, address: str) -> tuple[float, float, float]:
    """LCP in seconds, CLS, TBT in milliseconds of a first visit; the server has been asked for the page before."""
    visit, line = visitor.window(viewport=PHONE)
    visit.page.add_init_script(WATCHING)
    line.send("Network.emulateNetworkConditions", SLOW_4G)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
    visit.page.goto(address)
    visit.page.wait_for_load_state("networkidle")
    seen = visit.page.evaluate("() => window.seen")
    visitor.close()
    visitor.contexts.clear()
    return seen["lcp"] / 1000, seen["cls"], seen["tbt"]


@pytest.mark.parametrize("name", [each for each in PUBLIC if each in MAP_PAGES])
def test_nothing_shifts_on_a_wide_window_either(visitor: Visitor, site: Site, name: str) -> None:
    visit, _line = visitor.window(viewport=COMPUTER)
    visit.page.add_init_script(WATCHING)
    visit.page.goto(site.base + site.paths[name])
    visit.page.wait_for_load_state("networkidle")
    assert visit.page.evaluate("() => window.seen.cls") <= WORST["CLS (goal 0)"]


@pytest.mark.parametrize("name", [*FIRST, "map", "programme", "rooms", "times", "course form"])
def test_lighthouse_on_a_phone(site: Site, note: Note, tmp_path: Path, name: str) -> None:
    if not LIGHTHOUSE.exists():
        pytest.skip("Lighthouse is not installed (deploy/setup.sh web needs npm)")
    report = tmp_path / "report.json"
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    flags = [
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        "--chrome-flags=--headless=new --no-sandbox",
    ]
    command = [str(LIGHTHOUSE), site.base + site.paths[name], *flags]
    subprocess.run(
        command, check=True, timeout=240, capture_output=True, env=os.environ | {"CHROME_PATH": chromium}
    )
    found = json.loads(report.read_text("utf-8"))
    scores = {key: round(100 * (each["score"] or 0)) for key, each in found["categories"].items()}
    note(name, "Lighthouse (goal 100/100/100/100)", "/".join(map(str, scores.values())))
    note(
        name,
        "its LCP s (goal 1.0)",
        f"{found['audits']['largest-contentful-paint']['numericValue'] / 1000:.2f}",
    )
    failed = [key for key, each in found["audits"].items() if each["score"] == 0]
    made_up = {"is-crawlable"}  # the demo asks not to be indexed
    assert scores["performance"] >= 95
    assert scores["accessibility"] == 100, failed
    assert scores["best-practices"] == 100, failed
    assert scores["seo"] == 100 or set(failed) & made_up, failed
