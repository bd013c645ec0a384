import Testing

@testable import ByteModels

/// Restaurants keep their dishes, are found again, and give way when memory is short.
@Suite struct RestaurantsTests {
  private func hash(_ i: Int) -> UInt64 { ContextHash.mix(UInt64(i) &+ 1) }

  private func dish(_ byte: UInt8) -> UInt32 { Dish.make(byte, customers: 64, tables: 64) }

  private func bytes(
    _ slot: UnsafeMutablePointer<UInt32>, in restaurants: borrowing Restaurants
  ) -> [UInt8] {
    let (first, count) = restaurants.dishes(of: slot)
    return (0..<count).map { Dish.byte(first[$0]) }
  }

  @Test func aDishKeepsItsCounts() {
    let dish = Dish.make(200, customers: 4095, tables: 17)
    #expect(Dish.byte(dish) == 200)
    #expect(Dish.customers(dish) == 4095)
    #expect(Dish.tables(dish) == 17)
    #expect(Dish.customers(Dish.halved(dish)) == 2047)
    #expect(Dish.tables(Dish.halved(Dish.make(1, customers: 1, tables: 1))) == 1)
  }

  @Test func allBytesFitAndTheLastServedStandsFirst() throws {
    var restaurants = try Restaurants(bytes: 1 << 12, arenaBytes: 1 << 14)
    restaurants.open(hash(0), with: dish(0))
    let found = restaurants.find(hash(0))
    let slot = try #require(found)
    for byte in 1...UInt8.max { restaurants.add(dish(byte), to: slot) }
    let all = bytes(slot, in: restaurants)
    #expect(all.first == 255)
    #expect(all.sorted() == Array(UInt8.min...UInt8.max))
    restaurants.serve(100, of: slot)
    #expect(bytes(slot, in: restaurants).first == all[100])
    #expect(bytes(slot, in: restaurants).sorted() == all.sorted())
  }

  @Test func aFullBucketForgetsWhoHasFewestCustomers() throws {
    // One bucket of eight slots.
    var restaurants = try Restaurants(bytes: 64, arenaBytes: 4096)
    for i in 0..<8 { restaurants.open(hash(i), with: dish(UInt8(i))) }
    let popular = Dish.make(9, customers: 4000, tables: 64)
    restaurants.open(hash(100), with: popular)
    var survived = 0
    for i in 0..<60 {
      restaurants.open(hash(200 + i), with: dish(7))
      let found = restaurants.find(hash(100))
      survived += found == nil ? 0 : 1
    }
    // A newcomer would last seven rounds; chance, one time in sixteen for one of eight, ends this one too.
    #expect(survived > 20)
    let newest = restaurants.find(hash(259))
    #expect(newest != nil)
  }

  @Test func withoutBlocksTheLeastPopularDishGoes() throws {
    var restaurants = try Restaurants(bytes: 64, arenaBytes: 0)
    restaurants.open(hash(0), with: dish(0))
    let found = restaurants.find(hash(0))
    let slot = try #require(found)
    for _ in 0..<10 { for byte in 1...UInt8.max { restaurants.add(dish(byte), to: slot) } }
    // A second restaurant cannot grow beyond what the smallest arena of 512 words has left.
    restaurants.open(hash(1), with: Dish.make(1, customers: 5, tables: 5))
    let second = restaurants.find(hash(1))
    let other = try #require(second)
    for byte in 2...UInt8.max { restaurants.add(dish(byte), to: other) }
    let served = bytes(other, in: restaurants)
    #expect(served.first == 255)
    #expect(served.count < 255)
    #expect(!served.contains(1))
  }

  @Test func closingGivesBlocksBack() throws {
    var restaurants = try Restaurants(bytes: 64, arenaBytes: 0)
    // Each needs two words of 512: were they not given back, the arena would be used up.
    for i in 0..<3000 {
      restaurants.open(hash(i), with: dish(1))
      let found = restaurants.find(hash(i))
      let slot = try #require(found)
      restaurants.add(dish(2), to: slot)
      #expect(bytes(slot, in: restaurants) == [2, 1], "restaurant \(i)")
    }
  }
}
