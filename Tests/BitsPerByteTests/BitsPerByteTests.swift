// Tests of BitsPerByte stand here.
