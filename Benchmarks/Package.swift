// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

// A package of its own: `bench` runs the built `bpb` from outside, as its users do. Only `roofline` looks inside,
// at the kernels, which no command runs alone.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "BitsPerByte", path: "..")],
  targets: [
    .executableTarget(name: "bench", swiftSettings: settings),
    // The peer of `bpb compare -m zlib:9`: the same library, called by as little as can call it.
    .executableTarget(name: "ZlibReference", linkerSettings: [.linkedLibrary("z")]),
    // The kernels' products beside what a core can do at most.
    .executableTarget(
      name: "roofline",
      dependencies: ["CPeak", .product(name: "_CKernels", package: "BitsPerByte")],
      swiftSettings: settings),
    .target(name: "CPeak"),
  ]
)
