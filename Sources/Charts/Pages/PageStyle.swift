/// How a page looks: colours as custom properties, which its drawings use too, and rules.
enum PageStyle {
  /// The style sheet. On paper it is light, whatever the screen was.
  static let rules: [Markup] = [
    .literal("\n"), .properties(colours(.light)),
    .literal("@media (prefers-color-scheme: dark) {\n"), .properties(colours(.dark)),
    .literal("}\n@media print {\n"), .properties(colours(.light)), .literal("}\n"),
    .literal(sheet),
  ]

  private static func colours(_ palette: Palette) -> [(name: String, colour: Colour)] {
    let paints: [Paint] = [.background, .ink, .muted, .grid, .axis, .front]
    let isLight = palette.background == Palette.light.background
    return paints.map { ("\($0)", palette[$0]) }
      + palette.series.enumerated().map { ("series-\($0.offset)", $0.element) }
      + [("page", isLight ? Colour(0xF6F7F9) : Colour(0x0F1217))]
  }

  private static let sheet: StaticString = """
    :root { color-scheme: light dark; }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--page); color: var(--ink);
      font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
      overflow-wrap: break-word;
    }
    main { max-width: 964px; margin: 0 auto; padding: 56px 24px 72px; }
    .overline { margin: 0 0 8px; color: var(--muted); font-size: .875rem; letter-spacing: .02em; }
    h1 { margin: 0; font-size: clamp(1.75rem, 1.3rem + 2vw, 2.5rem); line-height: 1.15;
      letter-spacing: -.02em; text-wrap: balance; overflow-wrap: anywhere; }
    .lead { margin: 14px 0 0; color: var(--muted); font-size: 1.0625rem; max-width: 64ch; }
    h2 { margin: 0 0 12px; font-size: 1.375rem; line-height: 1.3; letter-spacing: -.01em; }
    h3, h4 { margin: 0; font-size: 1.0625rem; line-height: 1.35; overflow-wrap: anywhere; }
    section { margin-top: 56px; }
    section section { margin-top: 36px; }
    p, ul { margin: 0 0 14px; max-width: 70ch; }
    ul { padding-left: 1.2em; }
    li { margin: 3px 0; }
    code, pre { font: .9em/1.55 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    pre { margin: 0 0 16px; padding: 14px 16px; background: var(--background);
      border: 1px solid var(--grid); border-radius: 10px; white-space: pre-wrap; overflow-wrap: anywhere; }
    .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 1px;
      margin: 32px 0 0; background: var(--grid); border: 1px solid var(--grid); border-radius: 14px;
      overflow: hidden; }
    .figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end;
      padding: 16px 18px; background: var(--background); }
    .figures dt { color: var(--muted); font-size: .8125rem; line-height: 1.45; }
    .figures dd { margin: 0 0 2px; font-size: 1.5rem; font-weight: 650; line-height: 1.25;
      letter-spacing: -.01em; overflow-wrap: anywhere; }
    .chart { margin: 0 0 24px; padding: 20px 20px 14px; background: var(--background);
      border: 1px solid var(--grid); border-radius: 14px; }
    header + .chart, header + .table { margin-top: 32px; }
    figcaption > :first-child { margin: 0; font-size: 1.0625rem; line-height: 1.35; }
    figcaption p { margin: 4px 0 0; color: var(--muted); font-size: .875rem; line-height: 1.5; }
    .legend { display: flex; flex-wrap: wrap; gap: 2px 4px; max-width: none; margin: 10px 0 0 -8px;
      padding: 0; list-style: none; font-size: .8125rem; line-height: 1.4; }
    .legend li { display: inline-flex; align-items: center; gap: 7px; margin: 0; padding: 4px 8px;
      max-width: 100%; }
    .legend li:has(button) { padding: 0; }
    .legend svg { flex: none; overflow: visible; }
    .legend bdi { min-width: 0; overflow-wrap: anywhere; }
    .legend button { display: inline-flex; align-items: center; gap: 7px; min-height: 30px;
      max-width: 100%; padding: 4px 8px; border: 0; border-radius: 7px; background: none; color: inherit;
      font: inherit; text-align: left; cursor: pointer; }
    .legend button:hover { background: var(--grid); }
    .legend button[aria-pressed=false] { color: var(--muted); text-decoration: line-through; }
    .legend button[aria-pressed=false] svg { opacity: .3; }
    .plot { position: relative; margin-top: 8px; }
    .plot svg { display: block; width: 100%; height: auto; border-radius: 6px; touch-action: pan-y; }
    .plot svg.narrow, .off { display: none !important; }
    :focus-visible { outline: 2px solid var(--series-0); outline-offset: 2px; }
    .ring { fill: none; stroke: var(--ink); stroke-width: 2; pointer-events: none; }
    .tip { position: absolute; z-index: 1; width: max-content; max-width: min(320px, 100%);
      padding: 7px 11px; border-radius: 8px; background: var(--ink); color: var(--background);
      font-size: .8125rem; line-height: 1.45; white-space: pre-line; overflow-wrap: anywhere;
      pointer-events: none; font-variant-numeric: tabular-nums; }
    .tip::first-line { font-weight: 650; }
    .tip[hidden] { display: none; }
    .table { margin: 0 0 20px; overflow-x: auto; background: var(--background);
      border: 1px solid var(--grid); border-radius: 14px; }
    table { width: 100%; border-collapse: collapse; font-size: .875rem; line-height: 1.4;
      font-variant-numeric: tabular-nums; }
    th, td { padding: 8px 12px; text-align: left; vertical-align: baseline; white-space: nowrap; }
    th:first-child { padding-left: 18px; }
    td:last-child, th:last-child { padding-right: 18px; }
    thead th { padding-top: 12px; white-space: normal; vertical-align: bottom; color: var(--muted); font-weight: 500; font-size: .8125rem;
      border-bottom: 1px solid var(--grid); }
    tbody th { font-weight: 500; min-width: 6em; white-space: normal; overflow-wrap: anywhere; }
    tbody tr + tr > * { border-top: 1px solid var(--grid); }
    .number { text-align: right; }
    .prose { white-space: normal; min-width: 11em; overflow-wrap: break-word; }
    .best > * { font-weight: 650; }
    .best > th:first-child { box-shadow: inset 3px 0 var(--series-2); }
    .failed > * { color: var(--series-1); }
    .failed > th:first-child { box-shadow: inset 3px 0 var(--series-1); }
    .faint > * { color: var(--muted); }
    details { margin: 0 0 14px; }
    summary { padding: 6px 0; cursor: pointer; font-weight: 500; }
    details > .table, details > pre { margin-top: 8px; }
    @media (max-width: 640px) {
      main { padding: 28px 10px 48px; }
      header, section > h2, section > p, section > ul, details > summary { padding-left: 6px;
        padding-right: 6px; }
      section > ul { padding-left: 1.4em; }
      section { margin-top: 40px; }
      .lead { font-size: 1rem; }
      .figures { grid-template-columns: 1fr 1fr; margin-top: 24px; border-radius: 12px; }
      .figures div { padding: 12px 14px; }
      .figures dd { font-size: 1.25rem; }
      .chart { padding: 14px 5px 8px; border-radius: 12px; }
      figcaption, .legend { padding: 0 7px; }
      .plot svg.wide { display: none; }
      .plot svg.narrow { display: block !important; }
      th, td { padding: 7px 9px; }
      th:first-child { padding-left: 13px; max-width: 46vw; white-space: normal; overflow-wrap: break-word; }
    }
    @media print {
      @page { margin: 16mm 14mm; }
      body { background: none; font-size: 10.5pt; }
      main { max-width: none; padding: 0; }
      section { margin-top: 28px; }
      .chart, .figures, tr, pre { break-inside: avoid; }
      h2, h3, figcaption, thead { break-after: avoid; }
      .table { overflow: visible; border: 0; }
      th, td { padding: 4px; white-space: normal; font-size: 8pt; overflow-wrap: break-word; }
      .tip, .ring { display: none; }
      details::details-content { content-visibility: visible; height: auto; }
    }

    """
}
