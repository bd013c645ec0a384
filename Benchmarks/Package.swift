// swift-tools-version: 6.2
import PackageDescription

// A package of its own: it runs the built `bpb` from outside, as its users do, and depends on nothing.
let package = Package(
  name: "Benchmarks",
  targets: [
    .executableTarget(
      name: "bench",
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ]),
    // The peer of `bpb compare -m zlib:9`: the same library, called by as little as can call it.
    .executableTarget(name: "ZlibReference", linkerSettings: [.linkedLibrary("z")]),
  ]
)
