@_exported import BPBCore
@_exported import ByteModels
