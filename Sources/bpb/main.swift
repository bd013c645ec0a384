import BPBCommands

await BPB.main()
