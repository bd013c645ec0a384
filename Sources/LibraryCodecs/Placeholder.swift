// LibraryCodecs
