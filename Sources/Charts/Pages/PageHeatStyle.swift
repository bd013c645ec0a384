/// How heat maps look: rules that pages without one do not carry.
enum PageHeatStyle {
  static let rules: [Markup] = [
    .properties(colours(.light)),
    .literal("@media (prefers-color-scheme: dark) {\n"), .properties(colours(.dark)),
    .literal("}\n@media print {\n"), .properties(colours(.light)), .literal("}\n"),
    .literal(sheet),
  ]

  private static func colours(_ palette: HeatPalette) -> [(name: String, colour: Colour)] {
    let sides = [("s", palette.bits), ("l", palette.below), ("g", palette.above)]
    return sides.flatMap { side, colours in
      colours.enumerated().flatMap { step, colour in
        [("\(side)\(step + 1)", colour.background), ("\(side)\(step + 1)-ink", colour.ink)]
      }
    }
  }

  private static let sheet: StaticString = """
    .heat { margin: 0 0 24px; padding: 16px 18px; background: var(--background);
      border: 1px solid var(--grid); border-radius: 14px; }
    .heat .text { margin: 12px 0 0; padding: 0; border: 0; border-radius: 0; background: none;
      max-height: 75vh; overflow-y: auto; line-height: 1.7; tab-size: 4;
      -webkit-print-color-adjust: exact; print-color-adjust: exact; }
    .heat i { font-style: normal; border-radius: 2px; }
    .shades { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; max-width: none; margin: 0;
      padding: 0; list-style: none; font-size: .8125rem; line-height: 1.4; }
    .shades li { margin: 0; max-width: 100%; overflow-wrap: anywhere; }
    .shades li > bdi { margin: 0 6px 0 0; color: var(--muted); }
    .shades i { padding: 2px 8px; border-radius: 5px; white-space: nowrap;
      -webkit-print-color-adjust: exact; print-color-adjust: exact; }
    .shades .s0 { border: 1px solid var(--grid); padding: 1px 7px; }
    .heat input { position: absolute; opacity: 0; pointer-events: none; }
    .heat label { display: inline-block; margin: 0 4px 12px 0; padding: 4px 12px; border-radius: 7px;
      border: 1px solid var(--grid); font-size: .875rem; cursor: pointer; max-width: 100%;
      overflow-wrap: anywhere; }
    .heat input:checked + label { background: var(--ink); color: var(--background); border-color: var(--ink); }
    .heat input:focus-visible + label { outline: 2px solid var(--series-0); outline-offset: 2px; }
    .view-d:checked ~ .of-bits, .view-a:checked ~ .of-difference, .view-b:checked ~ .of-difference { display: none; }
    .s1, .single .a1, .view-a:checked ~ .text .a1, .view-b:checked ~ .text .b1 {
      background: var(--s1); color: var(--s1-ink); }
    .s2, .single .a2, .view-a:checked ~ .text .a2, .view-b:checked ~ .text .b2 {
      background: var(--s2); color: var(--s2-ink); }
    .s3, .single .a3, .view-a:checked ~ .text .a3, .view-b:checked ~ .text .b3 {
      background: var(--s3); color: var(--s3-ink); }
    .s4, .single .a4, .view-a:checked ~ .text .a4, .view-b:checked ~ .text .b4 {
      background: var(--s4); color: var(--s4-ink); }
    .s5, .single .a5, .view-a:checked ~ .text .a5, .view-b:checked ~ .text .b5 {
      background: var(--s5); color: var(--s5-ink); }
    .s6, .single .a6, .view-a:checked ~ .text .a6, .view-b:checked ~ .text .b6 {
      background: var(--s6); color: var(--s6-ink); }
    .shades .l1, .view-d:checked ~ .text .l1 { background: var(--l1); color: var(--l1-ink); }
    .shades .l2, .view-d:checked ~ .text .l2 { background: var(--l2); color: var(--l2-ink); }
    .shades .l3, .view-d:checked ~ .text .l3 { background: var(--l3); color: var(--l3-ink); }
    .shades .g1, .view-d:checked ~ .text .g1 { background: var(--g1); color: var(--g1-ink); }
    .shades .g2, .view-d:checked ~ .text .g2 { background: var(--g2); color: var(--g2-ink); }
    .shades .g3, .view-d:checked ~ .text .g3 { background: var(--g3); color: var(--g3-ink); }
    section > h3:has(+ .table) { margin-bottom: 10px; }
    @media (max-width: 640px) { .heat { padding: 12px 10px; } }
    @media print { .heat .text { max-height: none; } }

    """
}
