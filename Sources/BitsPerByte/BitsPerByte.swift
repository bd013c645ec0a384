// The whole library under one name: `import BitsPerByte` is enough for whoever measures from Swift.
@_exported import BPBCore
@_exported import ByteModels
@_exported import Containers
@_exported import Corpora
@_exported import Evidence
@_exported import ExternalCodecs
@_exported import LibraryCodecs
@_exported import Measuring
@_exported import ModelFiles
@_exported import NeuralModels
@_exported import RunRecords
@_exported import ScalingLaws
@_exported import Studies
