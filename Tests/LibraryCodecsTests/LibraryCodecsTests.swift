// Tests of LibraryCodecs stand here.
