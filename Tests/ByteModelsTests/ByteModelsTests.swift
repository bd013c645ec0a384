// Tests of ByteModels stand here.
