// BitsPerByte
