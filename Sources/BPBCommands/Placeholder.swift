// BPBCommands
