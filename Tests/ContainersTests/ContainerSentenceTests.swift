import BPBCore
import Containers
import Testing

/// What the reader of an error sees.
@Suite struct ContainerSentenceTests {
  private let file = HandmadeFile(storing: Array("abc".utf8))

  private func sentence(_ change: (inout HandmadeFile) -> Void) -> String? {
    var copy = file
    change(&copy)
    return complaint(about: copy.bytes)?.description
  }

  @Test func whatIsNoContainer() {
    #expect(complaint(about: [])?.problem == "the file is empty")
    #expect(complaint(about: Array("hello".utf8))?.problem == "this is not a .bpb file")
    #expect(
      complaint(about: Array(file.bytes.prefix(5)))?.problem == "the file ends inside its header")
  }

  @Test func damageInTransfer() {
    let sentence = sentence { $0.magic = [0x89, 0x42, 0x50, 0x42, 0x0A, 0x1A, 0x0A] }
    #expect(sentence?.contains("in binary mode") == true)
  }

  @Test func whatIsMissing() {
    let error = complaint(about: file.bytes.dropLast(2))
    #expect(error?.problem == "the file ends early: 2 more bytes should follow")
  }

  @Test func newerFormats() {
    #expect(
      sentence { $0.version = 2 }
        == "the file has format version 2, and this bpb reads versions up to 1; use a newer bpb")
    #expect(
      sentence { $0.flags = 0x40 }
        == "the file has flags 0x40, which this bpb does not know; use a newer bpb")
    #expect(sentence { $0.version = 0 }?.contains("header is damaged") == true)
  }

  @Test func unknownMethods() {
    let sentence = sentence { $0.method = Array("zli\u{1B}[31mb".utf8) }
    #expect(
      sentence
        == "the file needs the method 'zli\\x1b[31mb', which cannot be had: there is no such method; "
        + "'bpb methods' lists them")
  }

  @Test func namesThatAreNotText() {
    let sentence = sentence { $0.method = [0x73, 0xFF, 0x07] }
    #expect(sentence == "the file names 's\\xff\\x07', which is not text")
    #expect(self.sentence { $0.methodVersion = [0xC0] }?.contains("'\\xc0'") == true)
  }

  @Test func namesThatAreTooLong() {
    let longest = [UInt8](repeating: 0x61, count: 1024)
    #expect(sentence { $0.method = longest }?.contains("there is no such method") == true)
    #expect(sentence { $0.method = longest + [0x61] }?.contains("header is damaged") == true)
  }

  @Test func anotherVersionIsSaid() throws {
    let made = try pack(Array("abc".utf8), with: TestMethods.counting)
    var here = TestMethods.counting
    #expect(try inspect(made).versionWarning(decodingWith: here) == nil)
    here.version = "1.3"
    #expect(
      try inspect(made).versionWarning(decodingWith: here)
        == "it was made with version 1.2 of 'counting', and this is version 1.3")
    here.version = nil
    #expect(try inspect(made).versionWarning(decodingWith: here) == nil)
  }

  @Test func anotherVersionIsSuspectedOfDamage() {
    var other = HandmadeFile(storing: Array("abc".utf8))
    other.method = Array("counting".utf8)
    other.methodVersion = Array("0.9".utf8)
    let sentence = complaint(about: other.bytes)?.description
    #expect(sentence?.contains("payload is damaged") == true)
    #expect(sentence?.hasSuffix("and this is version 1.2") == true)
  }

  @Test func aModelMustBeTheVeryOne() throws {
    var method = TestMethods.counting
    method.needsSameVersion = true
    let made = try pack(Array("abc".utf8), with: method)
    func complaint(_ find: () throws(BPBError) -> Method) -> BPBError? {
      do throws(BPBError) {
        var rest = made[...]
        try Container.read(
          from: { count in
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
          }, method: { _ throws(BPBError) in try find() }, to: { _ in })
        return nil
      } catch {
        return error
      }
    }
    #expect(complaint { method } == nil)
    let other = complaint {
      var other = method
      other.version = "1.3"
      return other
    }
    #expect(
      other?.description
        == "the file needs the method 'counting' of version '1.2', and here that is '1.3'; "
        + "get the model that it was coded with")
    let missing = complaint { () throws(BPBError) in
      throw BPBError(.noInput, "cannot be opened", subject: "a.bpbm", advice: "check the name")
    }
    #expect(missing?.code == .noInput)
    #expect(
      missing?.problem
        == "the file needs the method 'counting' of version '1.2', which cannot be had: "
        + "a.bpbm cannot be opened")
  }
}
