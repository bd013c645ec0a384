#!/usr/bin/env python3
"""test-pages.py CHROMIUM SCREENSHOTS PAGE... DIRECTORY: looks at pages in a browser, and at charts.

SCREENSHOTS is a directory for pictures, or empty. Exits with 1 if anything is not as it should be.
"""
import os
import sys
import urllib.parse
import xml.etree.ElementTree as XML

from devtools import Browser, Tab

failures = []


def expect(condition, sentence):
    if not condition:
        failures.append(sentence)
        print("FAILED: " + sentence)


# Texts of a drawing that leave its frame, or lie on each other by more than a pixel.
MISPLACED = """
[...document.querySelectorAll('.plot svg')].filter(svg => svg.clientWidth > 0).flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
  const out = boxes.filter(([, b]) => b.left < frame.left - 2 || b.right > frame.right + 2
    || b.top < frame.top - 2 || b.bottom > frame.bottom + 2).map(([t]) => 'outside: ' + t);
  const over = boxes.flatMap(([t, a], i) => boxes.slice(i + 1).filter(([, b]) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4).map(([u]) => t + ' on ' + u));
  return out.concat(over);
})
"""
VISIBLE = "[...document.querySelectorAll('.plot svg')].find(svg => svg.clientWidth > 0)"


def looks(tab, name):
    """What holds of every page however it is shown."""
    width = tab.evaluate("document.documentElement.scrollWidth")
    expect(width <= tab.width, f"{name}: {width} pixels wide on a screen of {tab.width}")
    expect(tab.evaluate("document.querySelectorAll('script').length") == 1, name + ": a script more")
    misplaced = tab.evaluate(MISPLACED)
    expect(not misplaced, f"{name}: words in charts are misplaced: {misplaced}")
    small = tab.evaluate("""[...document.querySelectorAll('.plot svg text')]
      .filter(t => t.getBoundingClientRect().height > 0 && t.getBoundingClientRect().height < 11).length""")
    expect(small == 0, f"{name}: {small} words in charts are too small to read")
    if tab.width >= 1280:  # Laws with their intervals are wider than any page; those scroll.
        cut = tab.evaluate("""[...document.querySelectorAll('.table')]
          .filter(t => t.scrollWidth > t.clientWidth).map(t => t.getAttribute('aria-label'))
          .filter(label => !label.startsWith('laws: '))""")
        expect(not cut, f"{name}: tables are cut at the right: {cut}")


def hover(tab, name):
    place = tab.evaluate(f"""(() => {{ const svg = {VISIBLE};
      svg.scrollIntoView({{block: 'center'}});
      const b = svg.querySelector('[data-at]').getBoundingClientRect();
      return [b.left + b.width / 2, b.top + b.height / 2]; }})()""")
    tab.mouse("mouseMoved", *place)
    shown = "[...document.querySelectorAll('.tip')].filter(t => !t.hidden).map(t => t.textContent)"
    tips = tab.evaluate(shown)
    expect(len(tips) == 1 and "bits per byte" in tips[0], f"{name}: pointing shows {tips}")
    box = tab.evaluate("""(() => { const b = [...document.querySelectorAll('.tip')].find(t => !t.hidden)
      ?.getBoundingClientRect(); return b ? [b.left, b.right] : [0, 0]; })()""")
    expect(box[0] >= 0 and box[1] <= tab.width, f"{name}: the tip leaves the screen: {box}")
    tab.mouse("mouseMoved", 1, 1)
    expect(tab.evaluate(shown) == [], name + ": the tip stays")


def keyboard(tab, name):
    tips = "[...document.querySelectorAll('.tip')].filter(t => !t.hidden).map(t => t.textContent)"
    tab.press("Tab", 9)
    for _ in range(60):
        if tab.evaluate("document.activeElement.matches('.plot svg')"):
            break
        tab.press("Tab", 9)
    first = tab.evaluate(tips)
    expect(len(first) == 1, f"{name}: focus shows {first}")
    tab.press("ArrowRight", 39)
    second = tab.evaluate(tips)
    alone = tab.evaluate("document.activeElement.querySelectorAll('[data-at]').length") == 1
    expect(len(second) == 1 and (second != first or alone), f"{name}: the arrow key shows {second}")
    tab.press("Escape", 27)
    expect(tab.evaluate(tips) == [], name + ": escape leaves the tip")


def legend(tab, name):
    count = """[...document.querySelectorAll('figure')].find(f => f.querySelector('.legend'))
      .querySelectorAll('.plot [data-series="0"]')"""
    visible = f"[...{count}].filter(e => e.getClientRects().length > 0).length"
    before = tab.evaluate(visible)
    if not tab.evaluate("document.querySelector('.legend button') !== null"):
        return expect(False, name + ": the legend has no buttons; does the script run?")
    place = tab.evaluate("""(() => { const b = document.querySelector('.legend button');
      b.scrollIntoView({block: 'center'}); const r = b.getBoundingClientRect();
      return [r.left + r.width / 2, r.top + r.height / 2]; })()""")
    tab.click(*place)
    pressed = "document.querySelector('.legend button').getAttribute('aria-pressed')"
    expect(before > 0 and tab.evaluate(visible) == 0, f"{name}: the legend does not hide a series")
    expect(tab.evaluate(pressed) == "false", name + ": the button does not say so")
    tab.click(*place)
    expect(tab.evaluate(visible) == before, f"{name}: the legend does not show a series again")


def look_at(browser, page, pictures):
    url = "file://" + urllib.parse.quote(os.path.abspath(page))
    base = os.path.splitext(os.path.basename(page))[0]
    for width in (360, 1280):
        for scheme in ("light", "dark"):
            name = f"{base}-{width}-{scheme}"
            tab = Tab(browser, url, width, scheme)
            if pictures:
                tab.screenshot(os.path.join(pictures, name + ".png"))
            looks(tab, name)
            if tab.evaluate("document.querySelector('.legend') !== null"):
                legend(tab, name)
            if tab.evaluate(f"{VISIBLE} !== undefined"):
                hover(tab, name)
                keyboard(tab, name)
            ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
            channel = int(ground.split("(")[1].split(",")[0])
            expect((channel > 128) == (scheme == "light"), f"{name}: the ground is {ground}")
            expect(not tab.complaints(), f"{name}: {tab.complaints()}")
            tab.close()
    other_ways(browser, url, base, pictures)


def other_ways(browser, url, base, pictures):
    """On paper, and where scripts do not run."""
    for name, settings in (("print", {"media": "print", "scheme": "dark"}), ("plain", {"scripts": False})):
        tab = Tab(browser, url, 720, **settings)
        if pictures:
            tab.screenshot(os.path.join(pictures, f"{base}-{name}.png"))
        width = tab.evaluate("document.documentElement.scrollWidth")
        expect(width <= 720, f"{base}-{name}: {width} pixels wide")
        if name == "plain":
            expect(tab.evaluate("document.querySelectorAll('button').length") == 0, base + ": dead buttons")
            expect(tab.evaluate("document.querySelectorAll('.plot title').length") > 0 or
                   tab.evaluate(f"{VISIBLE} === undefined"), base + ": no values without scripts")
        tab.close()


def charts(directory):
    names = sorted(os.listdir(directory))
    expect(any(n.endswith(".svg") for n in names) and any(n.endswith(".vl.json") for n in names),
           f"charts are missing: {names}")
    for name in names:
        if name.endswith(".svg"):
            XML.parse(os.path.join(directory, name))


def main():
    chromium, pictures, *pages, directory = sys.argv[1:]
    if pictures:
        os.makedirs(pictures, exist_ok=True)
    with Browser(chromium) as browser:
        for page in pages:
            look_at(browser, page, pictures)
    charts(directory)
    print(f"test-pages: {len(failures)} failures" if failures else f"test-pages: {len(pages)} pages are well")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
