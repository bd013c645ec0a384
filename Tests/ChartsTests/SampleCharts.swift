import Charts

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Charts of every kind, some as they will be used, some with everything that can go wrong.
enum SampleCharts {
  static let all: [(name: String, chart: Chart)] = [
    ("scaling", scaling), ("model-bits", modelBits), ("scatter", scatter), ("bars", bars),
    ("totals", totals), ("standing", standing), ("twelve", twelve), ("hostile", hostile),
    ("nothing", nothing), ("extremes", extremes), ("surface", surface),
  ]

  /// Bits per byte against bytes of data: measured means with their intervals, the law fitted to
  /// them, and its 95 % prediction band to a hundred times the data.
  static let scaling = Chart(
    title: "Bits per byte against bytes of data",
    subtitle: "Held-out text; bands are 95 % prediction intervals of the fitted laws.",
    x: .init("training data", scale: .logarithmic, unit: .bytes),
    y: .init("bits per byte", scale: .logarithmic, better: .low),
    series: law("GRU", floor: 1.62, scale: 14, exponent: 0.27)
      + law("transformer", floor: 1.53, scale: 60, exponent: 0.37)
      + law("ngram:5", floor: 1.9, scale: 9, exponent: 0.22),
    referenceLines: [
      .init(1.5, label: "entropy of the source 1.500"),
      .init(1_048_576, label: "data ends here", direction: .x),
    ])

  /// L(D) = E + B·D^-β with points that scatter around it, ever less.
  private static func law(
    _ name: String, floor: Double, scale: Double, exponent: Double
  ) -> [Chart.Series] {
    func loss(_ bytes: Double) -> Double { floor + scale * pow(bytes, -exponent) }
    let measured = (12...20).map { power in
      let bytes = pow(2, Double(power))
      let wobble = 1 + 0.012 * sin(Double(power) * 2.3)
      let mean = loss(bytes) * wobble
      return Chart.Point(bytes, mean, low: mean * 0.98, high: mean * 1.02)
    }
    let curve = (0...48).map { step in
      let bytes = 4096 * pow(25_600, Double(step) / 48)
      return Chart.Point(bytes, loss(bytes))
    }
    let band = curve.map { point in
      let width = 0.01 + 0.03 * max(0, log10(point.x / 262_144))
      return Chart.Interval(point.x, low: point.y * (1 - width), high: point.y * (1 + width))
    }
    return [
      .init(name, kind: .line, points: curve, band: band, dash: .dashed),
      .init(name, kind: .points, points: measured),
    ]
  }

  /// Loss over sizes and data, E + A·N^-α + B·D^-β (Hoffmann et al., 2022), not known where both are
  /// great; where it was measured, and a line across.
  static let surface = Chart(
    title: "Loss over sizes and data",
    subtitle: "The surface that was fitted, and where losses were measured.",
    x: .init("training data", scale: .logarithmic, unit: .bytes),
    y: .init("parameters", scale: .logarithmic),
    series: [
      .init(
        "measured", kind: .points,
        points: (0..<12).map {
          .init(65_536 * pow(4, Double($0 % 4)), 3000 * pow(10, Double($0 / 4)))
        }),
      .init(
        "twenty bytes a parameter", kind: .line, points: [.init(65_536, 3277), .init(8e6, 4e5)]),
    ],
    field: .init(
      x: (0..<14).map { 6e4 * pow(8e6 / 6e4, Double($0) / 13) },
      y: (0..<11).map { 3e3 * pow(1e3, Double($0) / 10) },
      z: .init("bits per byte", better: .low)
    ) { data, parameters in
      data > 3e6 && parameters > 5e5
        ? nil : 1.3 + 40 / pow(parameters, 0.4) + 60 / pow(data, 0.35)
    })

  /// What a model's parameters cost, against the data it was trained on.
  static let modelBits = Chart(
    title: "Model bits per training byte",
    subtitle: "Below the line, data and model together would beat the best codec.",
    x: .init("training data", scale: .logarithmic, unit: .bytes),
    y: .init("model bits per training byte", scale: .logarithmic),
    series: [("GRU", 1.9e6), ("transformer", 5.5e6), ("ngram:5", 4e5)].map { name, bits in
      Chart.Series(
        name, kind: .markedLine,
        points: (12...20).map { Chart.Point(pow(2, Double($0)), bits / pow(2, Double($0))) })
    },
    referenceLines: [.init(1.859, label: "best coded size of the corpus: 1.859 (xz:6e)")])

  static let scatter = Chart(
    title: "Bits per byte against encoding speed",
    subtitle: "Speeds are approximate: methods were measured side by side.",
    x: .init("encoding speed, MB/s", scale: .logarithmic, better: .high),
    y: .init("bits per byte", better: .low),
    series: [
      ("ngram", [("ngram:5", 8.01, 1.6868), ("ngram:2", 12.1, 2.1341)]),
      ("bzip2", [("bzip2:9", 17.6, 1.725)]),
      ("brotli", [("brotli:11", 1.07, 1.8524), ("brotli:5", 60, 1.99)]),
      ("xz", [("xz:6e", 3.04, 1.859), ("xz:9e", 2.9, 1.858)]),
      ("zstd", [("zstd:19", 3.77, 1.9257), ("zstd:3", 310, 2.31), ("zstd:1", 420, 2.45)]),
      ("zlib", [("zlib:9", 15.7, 2.0794), ("zlib:6", 30, 2.085), ("zlib:1", 110, 2.41)]),
    ].map { name, points in
      Chart.Series(
        name, kind: .points, points: points.map { .init($0.1, $0.2, label: $0.0) })
    }, marksFront: true)

  private static let files = [
    "README.md", "markov.txt", "page.html", "prose-en.txt", "prose-zh.txt",
    "a/very/long/path/to/a/file/that/does/not/fit/records.json",
  ]

  static let bars = Chart(
    title: "Bits per byte of each file",
    x: .init("bits per byte", better: .low), y: .init("", scale: .categories(files)),
    series: ["ngram:5", "bzip2:9", "xz:6e", "zlib:9"].enumerated().map { index, name in
      Chart.Series(
        name, kind: .bars,
        points: files.indices.map {
          Chart.Point(0.8 + Double(($0 * 7 + index * 3) % 11) / 4, Double($0))
        })
    })

  static let totals = Chart(
    title: "Bits per byte of the whole corpus",
    x: .init("bits per byte", better: .low),
    y: .init("", scale: .categories(["ngram:5", "xz:6e", "store"])),
    series: [
      .init(
        "", kind: .bars,
        points: [
          .init(1.6868, 0, low: 1.5, high: 1.9, label: "1.6868"), .init(1.859, 1, label: "1.8590"),
          .init(8, 2, label: "8.0000"),
        ])
    ])

  static let standing = Chart(
    title: "Bars that stand", x: .init("corpus", scale: .categories(["text", "code", "images"])),
    y: .init("bits per byte"),
    series: ["xz", "zlib"].enumerated().map { index, name in
      Chart.Series(
        name, kind: .bars,
        points: (0..<3).map {
          .init(Double($0), Double($0 + 2 + index), label: "\($0 + 2 + index)")
        })
    })

  static let twelve = Chart(
    title: "Twelve curves that can be told apart",
    x: .init("step"), y: .init("loss"),
    series: (0..<12).map { index in
      Chart.Series(
        "model \(index + 1)", kind: .markedLine,
        points: (0...10).map { step in
          .init(Double(step), Double(index + 3) / (Double(step) + 2) + Double(index) * 0.2)
        })
    })

  static let hostileNames = [
    "<script>alert(1)</script>.txt", "\"quoted\" 'twice'", "]]>", "&amp;", "\u{202E}txt.exe",
    "שלום.txt", "👩‍👩‍👧 family", "nul\u{0}\u{1B}[31m", "</title><svg onload=alert(1)>", "${7*7}{{7*7}}",
    "<\u{301}b>", "--><!--",
  ]

  static let hostile = Chart(
    title: hostileNames[0], subtitle: hostileNames[8],
    x: .init(hostileNames[1], scale: .categories(hostileNames)), y: .init(hostileNames[11]),
    series: hostileNames.enumerated().map { index, name in
      Chart.Series(
        name, kind: .points,
        points: [.init(Double(index), Double(index), label: name, detail: name)])
    },
    referenceLines: [.init(3, label: hostileNames[2])],
    annotations: [.init(hostileNames[8], x: 1, y: 2)])

  static let nothing = Chart(
    title: "", x: .init(""), y: .init("", scale: .logarithmic),
    series: [
      .init("empty", kind: .line), .init("", kind: .points, points: [.init(.nan, .infinity)]),
    ])

  static let extremes = Chart(
    title: "Numbers at the ends", x: .init("x"), y: .init("y", scale: .logarithmic),
    series: [
      .init(
        "curve", kind: .markedLine,
        points: [
          .init(-1e299, 1e-290), .init(0, 0), .init(1e299, 1e290, low: -1, high: .nan),
          .init(.nan, 1), .init(1, .infinity), .init(1, -1), .init(1e308, 1),
        ],
        band: [
          .init(0, low: -5, high: 2), .init(1e299, low: 0, high: 1e9), .init(1, low: 2, high: 1),
        ])
    ])
}
