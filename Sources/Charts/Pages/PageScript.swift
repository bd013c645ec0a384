/// The page's one script: values on pointing, touching and by keyboard, and a legend that hides
/// series.
///
/// The page is whole without it. Text goes into the document as text, never as markup.
enum PageScript {
  /// SHA-256 of `source` in base 64, by which the page's policy lets it run. A test computes it.
  static let digest = "IyHDqW7mgB8sZKtd5EwwnqmDpnRWIHkCLhYBbc1g/vM="

  static let source: StaticString = """
    "use strict";
    for (const figure of document.querySelectorAll("figure.chart")) {
      const plot = figure.querySelector(".plot");
      const hidden = new Set();
      const tip = document.createElement("div");
      tip.className = "tip";
      tip.hidden = true;
      tip.setAttribute("role", "status");
      plot.append(tip);
      const drawings = [...plot.querySelectorAll("svg")].map((svg) => {
        const ring = document.createElementNS(svg.namespaceURI, "circle");
        ring.setAttribute("class", "ring");
        ring.setAttribute("r", 8);
        const points = [...svg.querySelectorAll("[data-at]")].map((mark) => {
          const [x, y] = mark.dataset.at.split(" ").map(Number);
          const title = mark.querySelector("title");
          const series = mark.closest("[data-series]").dataset.series;
          title.remove();
          return { mark, x, y, series, text: title.textContent };
        });
        let current = null;
        const visible = () => points.filter((point) => !hidden.has(point.series));
        const show = (point) => {
          current = point || null;
          tip.hidden = !point;
          ring.remove();
          if (!point) return;
          const scale = svg.clientWidth / svg.viewBox.baseVal.width;
          const [x, y] = [point.x * scale, point.y * scale];
          tip.textContent = point.text;
          const left = Math.min(Math.max(x - tip.offsetWidth / 2, 0), plot.clientWidth - tip.offsetWidth);
          const above = y - tip.offsetHeight - 14;
          tip.style.left = Math.max(left, 0) + "px";
          tip.style.top = (above < -20 ? y + 16 : above) + "px";
          ring.setAttribute("cx", point.x);
          ring.setAttribute("cy", point.y);
          svg.append(ring);
        };
        const nearest = (event) => {
          const mark = event.target.closest("[data-at]");
          const hit = points.find((point) => point.mark === mark);
          if (hit) return hit;
          const box = svg.getBoundingClientRect();
          const scale = box.width / svg.viewBox.baseVal.width;
          let best = null, least = 40;
          for (const point of visible()) {
            const distance = Math.hypot(
              event.clientX - box.left - point.x * scale, event.clientY - box.top - point.y * scale);
            if (distance < least) [best, least] = [point, distance];
          }
          return best;
        };
        const step = (key) => {
          const all = visible();
          const index = all.indexOf(current);
          if (index < 0) return all[0];
          if (key === "ArrowRight") return all[Math.min(index + 1, all.length - 1)];
          if (key === "ArrowLeft") return all[Math.max(index - 1, 0)];
          const order = [...new Set(all.map((point) => point.series))];
          const next = order[order.indexOf(current.series) + (key === "ArrowDown" ? 1 : -1)];
          const others = all.filter((point) => point.series === next);
          const far = (point) => Math.hypot(point.x - current.x, point.y - current.y);
          return others.reduce((a, b) => (far(b) < far(a) ? b : a), others[0]) || current;
        };
        svg.tabIndex = 0;
        svg.addEventListener("pointermove", (event) => show(nearest(event)));
        svg.addEventListener("pointerdown", (event) => show(nearest(event)));
        svg.addEventListener("pointerleave", (event) => {
          if (event.pointerType === "mouse") show(null);
        });
        svg.addEventListener("focus", () => {
          if (svg.matches(":focus-visible")) show(current || visible()[0]);
        });
        svg.addEventListener("blur", () => show(null));
        svg.addEventListener("keydown", (event) => {
          if (event.key === "Escape") return show(null);
          if (!/^Arrow(Left|Right|Up|Down)$/.test(event.key)) return;
          event.preventDefault();
          show(step(event.key));
        });
        return show;
      });
      for (const entry of figure.querySelectorAll(".legend li")) {
        const series = entry.dataset.series;
        const button = document.createElement("button");
        button.type = "button";
        button.append(...entry.childNodes);
        button.setAttribute("aria-pressed", "true");
        entry.append(button);
        button.addEventListener("click", () => {
          if (!hidden.delete(series)) hidden.add(series);
          button.setAttribute("aria-pressed", String(!hidden.has(series)));
          for (const part of plot.querySelectorAll("[data-series='" + series + "']")) {
            part.classList.toggle("off", hidden.has(series));
          }
          drawings.forEach((show) => show(null));
        });
      }
    }
    addEventListener("beforeprint", () => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });

    """
}
