import BPBCore
import CPrefetch

/// The restaurants of all contexts, found by hash, within a fixed amount of memory.
///
/// A restaurant has a slot of two words: its only dish or where its block of dishes is, and a header of
/// 9 bits with the number of dishes (0: empty) and 23 bits of hash. Eight slots are a bucket, a line of
/// cache. Most contexts have been followed by one byte only, and those take the slot's 8 bytes and no more. Of the dishes the one that was
/// served last stands first.
///
/// Policy when memory runs out. A new restaurant in a full bucket takes the place of the one with the
/// fewest customers and dishes; of equals, and one time in sixteen whatever they have, of an arbitrary
/// one, so that what was popular long ago goes too (the idea of Bartlett and Wood 2011, who delete at random).
/// A restaurant that cannot get a larger block gives its least popular dish up for the new one.
struct Restaurants: ~Copyable {
  /// Slots of two words each, by bucket.
  let slots: UnsafeMutablePointer<UInt32>
  var arena: BlockArena<DishBlocks>
  private let memory: AnonymousMemory
  private let bucketCount: UInt64
  private var dice: UInt32 = 0

  private static let slotsInBucket = 8
  static let bytesPerSlot = 8

  /// - Parameters:
  ///   - bytes: for slots.
  ///   - arenaBytes: for the blocks of dishes.
  /// - Throws: `methodFailed` when there is no memory for them.
  init(bytes: Int, arenaBytes: Int) throws(BPBError) {
    let buckets = max(bytes / (Self.slotsInBucket * Self.bytesPerSlot), 1)
    let slotBytes = buckets * Self.slotsInBucket * Self.bytesPerSlot
    let words = min(max(arenaBytes / 4, 512), Int(UInt32.max))
    let memory = try AnonymousMemory(bytes: slotBytes + 4 * words)
    // From 2, since 0 is no offset.
    arena = BlockArena(base: memory.base + slotBytes, start: 2, end: UInt32(words))
    slots = memory.base.assumingMemoryBound(to: UInt32.self)
    self.memory = memory
    bucketCount = UInt64(buckets)
  }

  /// Bytes allocated.
  var memoryBytes: Int { memory.byteCount }

  /// The first slot of the bucket that a hash leads to.
  @inline(__always)
  func bucket(of hash: UInt64) -> UnsafeMutablePointer<UInt32> {
    let index = ((hash &>> 32) &* bucketCount) &>> 32
    return slots + Int(truncatingIfNeeded: index) &* (2 * Self.slotsInBucket)
  }

  /// Asks for the bucket that a hash leads to.
  @inline(__always)
  func prefetch(_ hash: UInt64) { bpb_prefetch(bucket(of: hash)) }

  /// What of a hash the header keeps, where the header has it.
  @inline(__always)
  static func check(of hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash) & ~511 }

  /// The slot of the restaurant; nil if there is none.
  @inline(__always)
  func find(_ hash: UInt64) -> UnsafeMutablePointer<UInt32>? {
    let check = Self.check(of: hash)
    var slot = bucket(of: hash)
    for _ in 0..<Self.slotsInBucket {
      if slot[1] & ~511 == check && slot[1] & 511 != 0 { return slot }
      slot += 2
    }
    return nil
  }

  /// Whether the slot still belongs to the restaurant: another may have taken its place since `find`.
  @inline(__always)
  static func owns(_ slot: UnsafeMutablePointer<UInt32>, _ hash: UInt64) -> Bool {
    slot[1] & ~511 == check(of: hash) && slot[1] & 511 != 0
  }

  /// Where the dishes of the slot's restaurant are, and how many.
  @inline(__always)
  func dishes(
    of slot: UnsafeMutablePointer<UInt32>
  ) -> (first: UnsafeMutablePointer<UInt32>, count: Int) {
    let count = Int(slot[1] & 511)
    return (count == 1 ? slot : block(slot[0]), count)
  }

  @inline(__always)
  private func block(_ offset: UInt32) -> UnsafeMutablePointer<UInt32> {
    arena.address(of: offset).assumingMemoryBound(to: UInt32.self)
  }

  /// Opens a restaurant with one dish, in place of another if its bucket is full.
  mutating func open(_ hash: UInt64, with dish: UInt32) {
    let slot = victim(in: bucket(of: hash))
    close(slot)
    slot[0] = dish
    slot[1] = Self.check(of: hash) | 1
  }

  /// Notes that the dish at `place` was served last.
  @inline(__always)
  func serve(_ place: Int, of slot: UnsafeMutablePointer<UInt32>) {
    let first = dishes(of: slot).first
    (first[0], first[place]) = (first[place], first[0])
  }

  /// Adds a dish, which is served last, to the slot's restaurant.
  mutating func add(_ dish: UInt32, to slot: UnsafeMutablePointer<UInt32>) {
    serve(append(dish, to: slot), of: slot)
  }

  /// Adds a dish.
  ///
  /// - Returns: its place.
  private mutating func append(_ dish: UInt32, to slot: UnsafeMutablePointer<UInt32>) -> Int {
    let (old, count) = dishes(of: slot)
    // More only where two contexts share a restaurant because their hashes agree.
    guard count < 256 else { return replaceLeast(dish, in: old, count) }
    if count > 1 && arena.isSameSize(count, count &+ 1) {
      old[count] = dish
      slot[1] &+= 1
      return count
    }
    let larger = arena.allocate(units: count &+ 1)
    guard larger != 0 else { return replaceLeast(dish, in: old, count) }
    let new = block(larger)
    new.update(from: old, count: count)
    new[count] = dish
    if count > 1 { arena.release(slot[0], units: count) }
    slot[0] = larger
    slot[1] &+= 1
    return count
  }

  /// Halves all counts of the slot's restaurant.
  func halve(_ slot: UnsafeMutablePointer<UInt32>) {
    let (first, count) = dishes(of: slot)
    for i in 0..<count { first[i] = Dish.halved(first[i]) }
  }

  /// Empties the slot.
  private mutating func close(_ slot: UnsafeMutablePointer<UInt32>) {
    let count = Int(slot[1] & 511)
    if count > 1 { arena.release(slot[0], units: count) }
    slot[1] = 0
  }

  /// The slot of the bucket that is given to a new restaurant.
  private mutating func victim(
    in bucket: UnsafeMutablePointer<UInt32>
  ) -> UnsafeMutablePointer<UInt32> {
    dice = dice &* 1_664_525 &+ 1_013_904_223
    let start = Int(dice &>> 29)
    var best = bucket + 2 &* start
    var least = dice &>> 25 & 15 == 0 ? 1 : UInt32.max
    for i in 0..<Self.slotsInBucket {
      let slot = bucket + 2 &* ((start &+ i) & 7)
      if slot[1] & 511 == 0 { return slot }
      let worth = worth(slot)
      if worth < least { (best, least) = (slot, worth) }
    }
    return best
  }

  /// What forgetting a restaurant would cost, roughly: its customers if it has one dish, else much more.
  @inline(__always)
  private func worth(_ slot: UnsafeMutablePointer<UInt32>) -> UInt32 {
    let count = slot[1] & 511
    return count == 1 ? 1 &+ Dish.customers(slot[0]) : 4096 &* count
  }

  private func replaceLeast(_ dish: UInt32, in first: UnsafeMutablePointer<UInt32>, _ count: Int)
    -> Int
  {
    var least = 0
    for i in 1..<max(count, 1) where Dish.customers(first[i]) < Dish.customers(first[least]) {
      least = i
    }
    first[least] = dish
    return least
  }
}
