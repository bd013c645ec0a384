// Tests of BPBCore stand here.
