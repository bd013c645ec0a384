import BPBCore
import ExternalCodecs
import Testing

@Suite struct CommandSyntaxTests {
  @Test(arguments: [
    ("gzip -9  -c ", ["gzip", "-9", "-c"]),
    (" a\tb\nc", ["a", "b", "c"]),
    (#"tr 'a b' "c d""#, ["tr", "a b", "c d"]),
    (#"a'b'"c"d"#, ["abcd"]),
    (#"x '' """#, ["x", "", ""]),
    (#"a\ b \'c\\"#, ["a b", #"'c\"#]),
    (#""a\"b\\c\n\$d" 'e\f'"#, [#"a"b\c\n$d"#, #"e\f"#]),
    (#"'a|b;c' "d>e" f\&g"#, ["a|b;c", "d>e", "f&g"]),
    ("é ‘x’", ["é", "‘x’"]),
    ("", []),
  ])
  func wordsAreSplitLikeAShellDoes(text: String, words: [String]) throws {
    #expect(try CommandSyntax.words(text[...]) == words)
  }

  @Test(arguments: [
    "a 'b", "a \"b", "a\\", "a | b", "a > b", "a && b", "echo $HOME", "a; b", "`a`",
  ])
  func whatOnlyAShellCanDoIsRefused(text: String) throws {
    let error = try failure { _ = try CommandSyntax.words(text[...]) }
    #expect(error.code == .usage)
  }

  @Test func theCommandsAreSplitAtTheFirstSemicolonOutsideQuotes() throws {
    let command = try ExternalCommand(parsing: #"a.b_c-d+1=x ';' "y;" \; ; z=1 w"#)
    #expect(command.name == "a.b_c-d+1")
    #expect(command.encode.words == ["x", ";", "y;", ";"])
    #expect(command.decode.words == ["z=1", "w"])
    let shell = try ExternalCommand(parsing: "s=a | b; c; d", usingShell: true)
    #expect(shell.encode.words == ["/bin/sh", "-c", "a | b"])
    #expect(shell.decode.words == ["/bin/sh", "-c", " c; d"])
  }

  @Test(arguments: [
    "", "gzip", "=gzip; gzip", "9zip=gzip; gzip", "a b=gzip; gzip", "a:b=gzip; gzip", "é=a; b",
    "gzip=gzip -c", "gzip=; gzip", "gzip=gzip;", "gzip=gzip; gzip;", "gzip=gzip 'x; y",
    "a\u{1B}[31m=a; b",
  ])
  func mistakesAreExplained(text: String) throws {
    for usesShell in [false, true] where !usesShell || !text.hasSuffix("gzip;") {
      guard !(usesShell && text.contains("'")) else { continue }
      let error = try failure { _ = try ExternalCommand(parsing: text, usingShell: usesShell) }
      #expect(error.code == .usage)
      #expect(error.subject?.hasPrefix("--command '") == true)
      #expect(error.advice != nil)
      #expect(!error.description.contains("\u{1B}"))
    }
  }

  @Test func placeholdersAreFilled() throws {
    let text = #"c {input}.in --to={output}.x "{input} {output}" {other}"#
    let template = try CommandTemplate(parsing: text[...], usingShell: false)
    #expect(
      template.words(input: "I", output: "O")
        == ["c", "I.in", "--to=O.x", "I O", "{other}"])
    #expect(template.suffix(of: .input) == ".in")
    #expect(template.suffix(of: .output) == ".x")
    #expect(template.mentions(.input) && template.mentions(.output))
  }

  @Test(arguments: [
    ("x {input}", ""), ("x {input}.tar.gz y", ".tar.gz"), ("x -i{input}_1-2+/raw", "_1-2+"),
    ("x '{input}.a b'", ".a"), ("x", ""), ("x {input} {input}.z", ""),
  ])
  func suffixesEndWithTheName(text: String, suffix: String) throws {
    let template = try CommandTemplate(parsing: text[...], usingShell: false)
    #expect(template.suffix(of: .input) == suffix)
  }

  @Test func missingProgramsAreNamed() throws {
    let error = try failure { _ = try codec("z=zpaqq a {output} {input}; zpaqq x") }
    #expect(
      error.description == "method 'z': there is no program 'zpaqq' on the PATH; "
        + "install it or give its path")
    #expect(error.code == .usage)
  }

  @Test func takenNamesAreRefused() throws {
    let family = try ExternalCommand(parsing: "gzip=gzip -c; gzip -dc").family()
    let error = try failure { _ = try MethodTable(families: [family]).adding(family) }
    #expect(error.code == .usage)
  }
}
