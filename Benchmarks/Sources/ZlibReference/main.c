// ZlibReference FILE: deflates FILE at level 9 to standard output, with nothing around it.
#include <stdio.h>
#include <zlib.h>

static unsigned char input[1 << 18], output[1 << 18];

int main(int count, char **arguments) {
  z_stream stream = {0};
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
  if (!file || deflateInit(&stream, 9) != Z_OK) return 1;
  do {
    stream.next_in = input;
    stream.avail_in = (uInt)fread(input, 1, sizeof input, file);
    do {
      stream.next_out = output;
      stream.avail_out = sizeof output;
      deflate(&stream, feof(file) ? Z_FINISH : Z_NO_FLUSH);
      fwrite(output, 1, sizeof output - stream.avail_out, stdout);
    } while (stream.avail_out == 0);
  } while (!feof(file) && !ferror(file));
  return deflateEnd(&stream) != Z_OK || ferror(file) || fflush(stdout) != 0;
}
