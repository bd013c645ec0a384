import ArgumentParser
import BitsPerByte

/// What to measure with.
struct MethodOptions: ParsableArguments {
  @Option(
    name: [.customShort("m"), .long],
    help: ArgumentHelp(
      "Methods, as in zlib:9,xz:9e; may be repeated. 'bpb methods' lists them.",
      valueName: "methods"),
    completion: .list(MethodTable.builtin.families.map(\.name)))
  var methods: [String] = []

  @Option(
    help: ArgumentHelp(
      "An external compressor, as in 'gz=gzip -9 -c; gzip -dc'; may be repeated. "
        + "{input} and {output} stand for files; without them it reads and writes streams.",
      valueName: "name=encode; decode"))
  var command: [String] = []

  @Flag(help: "Run --command through /bin/sh instead of splitting it into words.")
  var commandShell = false

  @Option(help: ArgumentHelp("Seconds that one run of an external command may take."))
  var commandTimeout: Int = 600

  func validate() throws {
    if commandTimeout <= 0 { throw ValidationError("--command-timeout must be positive") }
  }

  /// Every method that can be named in this run.
  ///
  /// - Parameter isCancelled: asked while an external command runs; true stops it.
  func table(
    isCancelled: @escaping @Sendable () -> Bool = { Interrupt.endsTask }
  ) throws(BPBError) -> MethodTable {
    var table = MethodTable.builtin
    for external in try externalCommands() {
      let limits = ExternalLimits(time: .seconds(commandTimeout))
      table = try table.adding(
        external.family(limits: limits, isCancelled: isCancelled)
          .ofVersion(external.commands))
    }
    return table
  }

  /// The methods asked for, external ones last; nil if none were.
  func chosen(from table: MethodTable) throws(BPBError) -> [Method]? {
    var specs: [MethodSpec] = []
    for list in methods { specs += try MethodSpec.parseList(list) }
    specs += try externalCommands().map { MethodSpec(name: $0.name) }
    return specs.isEmpty ? nil : try table.distinctMethods(for: specs)
  }

  private func externalCommands() throws(BPBError) -> [ExternalCommand] {
    var commands: [ExternalCommand] = []
    for text in command {
      commands.append(try ExternalCommand(parsing: text, usingShell: commandShell))
    }
    return commands
  }
}

extension ExternalCommand {
  /// Both commands in one line.
  fileprivate var commands: String {
    [encode, decode].map { SafeText.escape($0.words.joined(separator: " ")) }
      .joined(separator: "; ")
  }
}

extension MethodFamily {
  /// The same family with a version: of an external command it is the command itself, as records of
  /// one must not be taken for those of another under the same name.
  fileprivate func ofVersion(_ version: String) -> MethodFamily {
    var family = self
    family.version = { version }
    family.make = { [make] values throws(BPBError) in
      var method = try make(values)
      method.version = version
      return method
    }
    return family
  }
}

extension MethodTable {
  /// The methods of `specs`, each once, in the order of their first mention.
  func distinctMethods(for specs: [MethodSpec]) throws(BPBError) -> [Method] {
    var methods: [Method] = []
    for spec in specs {
      let method = try method(for: spec)
      if !methods.contains(where: { $0.name == method.name }) { methods.append(method) }
    }
    return methods
  }
}
