// swift-tools-version: 6.2
import PackageDescription

/// CI turns warnings into errors; whoever builds with a newer compiler is not stopped by its news.
let strictness: [SwiftSetting] =
  Context.environment["BPB_WARNINGS_AS_ERRORS"] == nil ? [] : [.treatAllWarnings(as: .error)]

/// Every Swift target is compiled alike: Swift 6 mode, existentials and imports spelled out.
let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ] + strictness

/// One trait per optional compression library; a trait that is off needs neither header nor library.
let optionalLibraries = ["Bzip2", "Zstd", "Brotli"]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.init(stringLiteral: name), "_TestSupport"] + dependencies,
    swiftSettings: settings)
}

/// `pkgConfig` is nil for bzip2, which Debian ships without a .pc file.
func systemLibrary(
  _ name: String, pkgConfig: String?, debian: String, brew: String
) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debian]), .brew([brew])])
}

func optional(_ library: String) -> Target.Dependency {
  .target(name: "C\(library)", condition: .when(traits: [library]))
}

let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
  name: "BitsPerByte",
  products: [
    .executable(name: "bpb", targets: ["bpb"]),
    .library(name: "BitsPerByte", targets: ["BitsPerByte"]),
    // For the benchmarks alone: nothing about it is promised.
    .library(name: "_CKernels", targets: ["CKernels"]),
  ],
  traits: Set(
    optionalLibraries.map { .trait(name: $0, description: "Measure with the \($0) library") }
      + [.default(enabledTraits: Set(optionalLibraries))]),
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
  ],
  targets: [
    // C: the libraries we measure with, and the allocator that meters them.
    systemLibrary("CZlib", pkgConfig: "zlib", debian: "zlib1g-dev", brew: "zlib"),
    systemLibrary("CLzma", pkgConfig: "liblzma", debian: "liblzma-dev", brew: "xz"),
    systemLibrary("CBzip2", pkgConfig: nil, debian: "libbz2-dev", brew: "bzip2"),
    systemLibrary("CZstd", pkgConfig: "libzstd", debian: "libzstd-dev", brew: "zstd"),
    systemLibrary(
      "CBrotli", pkgConfig: "libbrotlienc", debian: "libbrotli-dev", brew: "brotli"),
    .target(name: "CMemoryMeter"),
    .target(name: "CPrefetch"),  // one instruction that Swift cannot name
    .target(name: "CKernels"),  // float kernels, one body per instruction set
    .systemLibrary(name: "CSpawn"),  // one declaration that glibc hides

    // The waist and what hangs on it; siblings never import each other.
    module("BPBCore"),
    module("ByteModels", ["BPBCore", "CPrefetch", "CKernels"]),
    module(
      "LibraryCodecs",
      ["BPBCore", "CMemoryMeter", "CZlib", "CLzma"] + optionalLibraries.map(optional)),
    module("ExternalCodecs", ["BPBCore", "CSpawn", system]),
    module("Corpora", ["BPBCore", system, crypto]),
    module("RunRecords", ["BPBCore", system]),
    module("LossyCoding", ["BPBCore", "ByteModels"]),
    module("Containers", ["BPBCore", crypto]),
    module("ModelFiles", ["BPBCore", "RunRecords", system, crypto]),
    module(
      "NeuralModels",
      ["BPBCore", "ByteModels", "CKernels", "RunRecords", "ModelFiles", system]),
    module("Measuring", ["BPBCore", "Corpora", "RunRecords", system]),
    // What numbers may be said to show: intervals and verdicts, laws fitted to losses, pictures of both.
    module("Evidence"),
    module("ScalingLaws", ["Evidence"]),
    module("Charts"),
    module("Reports", ["BPBCore", "RunRecords", "ScalingLaws", "Evidence", "Charts"]),
    module(
      "Studies",
      [
        "BPBCore", "ByteModels", "Charts", "Corpora", "Evidence", "LibraryCodecs", "LossyCoding",
        "Measuring", "NeuralModels", "Reports", "RunRecords", "ScalingLaws",
      ]),
    module(
      "BitsPerByte",
      [
        "BPBCore", "ByteModels", "LibraryCodecs", "ExternalCodecs", "Corpora", "RunRecords",
        "Containers", "ModelFiles", "NeuralModels", "Measuring", "Evidence", "ScalingLaws",
        "Studies",
      ]),
    module("BPBCommands", ["BitsPerByte", "Reports", arguments, system]),
    .executableTarget(
      name: "bpb", dependencies: ["BPBCommands", arguments], swiftSettings: settings),

    // Tests: one target a module, the checkers they share, and the built binary as its users see it.
    .target(
      name: "_TestSupport", dependencies: ["BPBCore", "ByteModels", system],
      path: "Tests/_TestSupport",
      swiftSettings: settings),
    tests(of: "BPBCore"),
    tests(of: "ByteModels", ["CKernels", system]),
    tests(of: "LibraryCodecs"),
    tests(of: "ExternalCodecs"),
    tests(of: "Corpora", [system]),
    tests(of: "RunRecords", [system]),
    tests(of: "LossyCoding", ["BPBCore", "ByteModels", "Corpora"]),
    tests(of: "Containers"),
    tests(of: "ModelFiles", ["BPBCore", "ByteModels", "RunRecords", system]),
    tests(
      of: "NeuralModels",
      ["CKernels", "BPBCore", "ByteModels", "Corpora", "RunRecords", "ModelFiles", system]),
    tests(of: "Measuring", [system]),
    tests(of: "Evidence", ["BPBCore"]),
    tests(of: "ScalingLaws", ["BPBCore", "Evidence"]),
    tests(of: "Charts", [crypto]),
    tests(
      of: "Studies",
      [
        "BPBCore", "Charts", "Corpora", "Evidence", "Measuring", "NeuralModels", "Reports",
        "RunRecords", "BitsPerByte",
      ]),
    tests(of: "Reports", ["ScalingLaws", "Evidence"]),
    tests(of: "BitsPerByte", [system]),
    .testTarget(
      name: "CLITests", dependencies: ["_TestSupport", "BitsPerByte", system, "bpb"],
      swiftSettings: settings),
  ]
)
