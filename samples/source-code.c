/*
 * sheet: a small spreadsheet for the terminal.
 *
 * Reads comma-separated values. A cell that begins with '=' is a formula over other cells, as in
 * =SUM(B2:B9)*1.19 or =IF(C3>C2,"up","down"). Prints the sheet with every formula worked out.
 *
 *     sheet [-f] [-d DIGITS] [FILE]
 *
 *     -f          print formulas instead of their values
 *     -d DIGITS   digits after the decimal point, 0 to 9; 2 without it
 *
 * Build: cc -std=c11 -O2 -Wall -Wextra -o sheet source-code.c -lm
 */

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  MAX_COLUMNS = 702,      /* A to ZZ */
  MAX_ROWS = 1 << 20,
  MAX_ARGUMENTS = 64,
  MAX_DEPTH = 200         /* of nested formulas and of cells that refer to cells */
};

/* ---------------------------------------------------------------- memory */

/* An arena: everything lives until the program ends, so nothing is freed one by one. */
typedef struct Chunk {
  struct Chunk *next;
  size_t used;
  size_t size;
  max_align_t data[];
} Chunk;

static Chunk *arena;

static void die(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("sheet: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(1);
}

static void *allocate(size_t size) {
  size_t unit = sizeof(max_align_t);
  size = (size + unit - 1) / unit * unit;
  if (arena == NULL || arena->used + size > arena->size) {
    size_t capacity = size > 65536 ? size : 65536;
    Chunk *chunk = malloc(sizeof(Chunk) + capacity);
    if (chunk == NULL) die("out of memory");
    chunk->next = arena;
    chunk->used = 0;
    chunk->size = capacity;
    arena = chunk;
  }
  void *result = (char *)arena->data + arena->used;
  arena->used += size;
  return result;
}

static char *copy_text(const char *start, size_t length) {
  char *copy = allocate(length + 1);
  memcpy(copy, start, length);
  copy[length] = '\0';
  return copy;
}

static void release_arena(void) {
  while (arena != NULL) {
    Chunk *next = arena->next;
    free(arena);
    arena = next;
  }
}

/* A buffer of bytes that grows. */
typedef struct {
  char *bytes;
  size_t count;
  size_t capacity;
} Buffer;

static void buffer_add(Buffer *buffer, char byte) {
  if (buffer->count == buffer->capacity) {
    buffer->capacity = buffer->capacity ? buffer->capacity * 2 : 256;
    buffer->bytes = realloc(buffer->bytes, buffer->capacity);
    if (buffer->bytes == NULL) die("out of memory");
  }
  buffer->bytes[buffer->count++] = byte;
}

/* ---------------------------------------------------------------- values */

typedef enum { EMPTY, NUMBER, TEXT, TRUTH, FAILURE } Kind;

/* What a cell or an expression is worth. A failure carries its reason, as "#DIV/0". */
typedef struct {
  Kind kind;
  double number;          /* of a number; 0 or 1 of a truth */
  const char *text;       /* of a text or a failure */
} Value;

static Value empty_value(void) { return (Value){EMPTY, 0, ""}; }
static Value number_value(double x) { return (Value){NUMBER, x, NULL}; }
static Value text_value(const char *text) { return (Value){TEXT, 0, text}; }
static Value truth_value(bool truth) { return (Value){TRUTH, truth ? 1 : 0, NULL}; }
static Value failure(const char *reason) { return (Value){FAILURE, 0, reason}; }

/* The whole of `text` as a number; false if it is not one. */
static bool parse_number(const char *text, double *result) {
  while (isspace((unsigned char)*text)) text++;
  if (*text == '\0') return false;
  char *end;
  errno = 0;
  double x = strtod(text, &end);
  if (end == text || errno == ERANGE || !isfinite(x)) return false;
  while (isspace((unsigned char)*end)) end++;
  if (*end != '\0') return false;
  *result = x;
  return true;
}

/* `value` as a number, so that texts which look like numbers can be added. */
static Value to_number(Value value) {
  double x;
  switch (value.kind) {
    case EMPTY: return number_value(0);
    case TRUTH: return number_value(value.number);
    case TEXT: return parse_number(value.text, &x) ? number_value(x) : failure("#VALUE");
    default: return value;
  }
}

/* A number with `digits` digits after the point, or in powers of ten when it is huge. */
static const char *format_number(double x, int digits) {
  char text[512];
  if (fabs(x) >= 1e15) {
    snprintf(text, sizeof text, "%.6e", x);
  } else {
    snprintf(text, sizeof text, "%.*f", digits, x);
  }
  return copy_text(text, strlen(text));
}

static const char *to_text(Value value, int digits) {
  switch (value.kind) {
    case EMPTY: return "";
    case NUMBER: return format_number(value.number, digits);
    case TRUTH: return value.number != 0 ? "TRUE" : "FALSE";
    default: return value.text;
  }
}

/* ---------------------------------------------------------------- the sheet */

typedef enum { FRESH, VISITING, DONE } Progress;

typedef struct {
  const char *source;     /* as it stands in the file */
  Value value;
  Progress progress;
} Cell;

typedef struct {
  Cell *cells;
  int count;
  int capacity;
} Row;

typedef struct {
  Row *rows;
  int row_count;
  int row_capacity;
  int column_count;
  int digits;
} Sheet;

static Cell *find_cell(Sheet *sheet, int row, int column) {
  if (row < 0 || row >= sheet->row_count) return NULL;
  if (column < 0 || column >= sheet->rows[row].count) return NULL;
  return &sheet->rows[row].cells[column];
}

static void add_row(Sheet *sheet) {
  if (sheet->row_count == MAX_ROWS) die("more than %d rows", MAX_ROWS);
  if (sheet->row_count == sheet->row_capacity) {
    int capacity = sheet->row_capacity ? sheet->row_capacity * 2 : 64;
    Row *rows = allocate(sizeof(Row) * (size_t)capacity);
    if (sheet->row_count > 0) memcpy(rows, sheet->rows, sizeof(Row) * (size_t)sheet->row_count);
    sheet->rows = rows;
    sheet->row_capacity = capacity;
  }
  sheet->rows[sheet->row_count++] = (Row){NULL, 0, 0};
}

static void add_cell(Sheet *sheet, const char *source) {
  Row *row = &sheet->rows[sheet->row_count - 1];
  if (row->count == MAX_COLUMNS) die("row %d: more than %d columns", sheet->row_count, MAX_COLUMNS);
  if (row->count == row->capacity) {
    int capacity = row->capacity ? row->capacity * 2 : 8;
    Cell *cells = allocate(sizeof(Cell) * (size_t)capacity);
    if (row->count > 0) memcpy(cells, row->cells, sizeof(Cell) * (size_t)row->count);
    row->cells = cells;
    row->capacity = capacity;
  }
  row->cells[row->count++] = (Cell){source, empty_value(), FRESH};
  if (row->count > sheet->column_count) sheet->column_count = row->count;
}

/* ---------------------------------------------------------------- reading */

/* Reads one field and reports what ended it: ',' or '\n' or EOF. */
static int read_field(FILE *file, Buffer *field, int line) {
  field->count = 0;
  int c = getc(file);
  if (c == '"') {
    while (true) {
      c = getc(file);
      if (c == EOF) die("line %d: a quoted field has no end", line);
      if (c == '"') {
        c = getc(file);
        if (c != '"') break;
      }
      buffer_add(field, (char)c);
    }
  }
  while (c != ',' && c != '\n' && c != EOF) {
    if (c != '\r') buffer_add(field, (char)c);
    c = getc(file);
  }
  return c;
}

static void read_sheet(Sheet *sheet, FILE *file) {
  Buffer field = {NULL, 0, 0};
  int end = '\n';
  while (true) {
    int next = getc(file);
    if (next == EOF) break;
    ungetc(next, file);
    add_row(sheet);
    do {
      end = read_field(file, &field, sheet->row_count);
      add_cell(sheet, copy_text(field.count ? field.bytes : "", field.count));
    } while (end == ',');
    if (end == EOF) break;
  }
  free(field.bytes);
}

/* ---------------------------------------------------------------- tokens */

typedef enum {
  T_END, T_NUMBER, T_TEXT, T_NAME, T_CELL,
  T_PLUS, T_MINUS, T_TIMES, T_DIVIDE, T_POWER, T_PERCENT, T_JOIN,
  T_EQUAL, T_UNEQUAL, T_LESS, T_LESS_EQUAL, T_GREATER, T_GREATER_EQUAL,
  T_OPEN, T_CLOSE, T_COMMA, T_COLON, T_WRONG
} TokenKind;

typedef struct {
  TokenKind kind;
  double number;
  const char *text;
  int row;
  int column;
} Token;

typedef struct {
  Sheet *sheet;
  const char *next;       /* the first byte that was not read */
  Token token;            /* the one to look at */
  int depth;
} Parser;

/* Reads a reference such as B12 or $B$12; false, with nothing read, if there is none. */
static bool read_reference(Parser *parser, Token *token) {
  const char *p = parser->next;
  if (*p == '$') p++;
  int column = 0, letters = 0;
  while (isalpha((unsigned char)*p) && letters < 3) {
    column = column * 26 + toupper((unsigned char)*p++) - 'A' + 1;
    letters++;
  }
  if (letters == 0 || letters > 2) return false;
  if (*p == '$') p++;
  if (!isdigit((unsigned char)*p) || *p == '0') return false;
  long row = 0;
  while (isdigit((unsigned char)*p) && row <= MAX_ROWS) row = row * 10 + (*p++ - '0');
  if (isalnum((unsigned char)*p) || *p == '_' || *p == '(') return false;
  token->kind = T_CELL;
  token->row = (int)row - 1;
  token->column = column - 1;
  parser->next = p;
  return true;
}

static void read_quoted(Parser *parser, Token *token) {
  Buffer text = {NULL, 0, 0};
  const char *p = parser->next + 1;
  while (*p != '\0' && (*p != '"' || p[1] == '"')) {
    if (*p == '"') p++;
    buffer_add(&text, *p++);
  }
  token->kind = *p == '"' ? T_TEXT : T_WRONG;
  token->text = copy_text(text.count ? text.bytes : "", text.count);
  parser->next = *p == '"' ? p + 1 : p;
  free(text.bytes);
}

static void read_name(Parser *parser, Token *token) {
  const char *start = parser->next;
  while (isalnum((unsigned char)*parser->next) || *parser->next == '_') parser->next++;
  char *name = copy_text(start, (size_t)(parser->next - start));
  for (char *p = name; *p; p++) *p = (char)toupper((unsigned char)*p);
  token->kind = T_NAME;
  token->text = name;
}

static TokenKind read_operator(Parser *parser) {
  static const struct { const char *sign; TokenKind kind; } operators[] = {
    {"<=", T_LESS_EQUAL}, {">=", T_GREATER_EQUAL}, {"<>", T_UNEQUAL},
    {"+", T_PLUS}, {"-", T_MINUS}, {"*", T_TIMES}, {"/", T_DIVIDE}, {"^", T_POWER},
    {"%", T_PERCENT}, {"&", T_JOIN}, {"=", T_EQUAL}, {"<", T_LESS}, {">", T_GREATER},
    {"(", T_OPEN}, {")", T_CLOSE}, {",", T_COMMA}, {";", T_COMMA}, {":", T_COLON},
  };
  for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
    size_t length = strlen(operators[i].sign);
    if (strncmp(parser->next, operators[i].sign, length) == 0) {
      parser->next += length;
      return operators[i].kind;
    }
  }
  return T_WRONG;
}

static void advance(Parser *parser) {
  while (isspace((unsigned char)*parser->next)) parser->next++;
  Token token = {T_END, 0, NULL, 0, 0};
  unsigned char c = (unsigned char)*parser->next;
  if (c == '\0') {
    token.kind = T_END;
  } else if (isdigit(c) || (c == '.' && isdigit((unsigned char)parser->next[1]))) {
    char *end;
    token.kind = T_NUMBER;
    token.number = strtod(parser->next, &end);
    parser->next = end;
  } else if (c == '"') {
    read_quoted(parser, &token);
  } else if (isalpha(c) || c == '$') {
    if (!read_reference(parser, &token)) {
      if (c == '$') token.kind = T_WRONG;
      else read_name(parser, &token);
    }
  } else {
    token.kind = read_operator(parser);
  }
  parser->token = token;
}

static bool accept(Parser *parser, TokenKind kind) {
  if (parser->token.kind != kind) return false;
  advance(parser);
  return true;
}

/* ---------------------------------------------------------------- functions */

static Value cell_value(Sheet *sheet, int row, int column, int depth);
static Value parse_expression(Parser *parser);

/* An argument: one value, or a rectangle of cells. */
typedef struct {
  bool is_range;
  Value value;
  int top, left, bottom, right;
} Argument;

/* What goes through the numbers of a function's arguments, one after the other. */
typedef struct {
  double sum;
  double sum_of_squares;
  double product;
  double least;
  double greatest;
  long count;             /* of numbers */
  long filled;            /* of cells that are not empty */
  Value failure;          /* the first that was met */
} Tally;

static void tally_value(Tally *tally, Value value, bool is_cell) {
  if (value.kind == FAILURE && tally->failure.kind != FAILURE) tally->failure = value;
  if (value.kind != EMPTY) tally->filled++;
  if (is_cell && value.kind != NUMBER) return;
  Value number = to_number(value);
  if (number.kind == FAILURE) {
    if (tally->failure.kind != FAILURE) tally->failure = number;
    return;
  }
  double x = number.number;
  tally->sum += x;
  tally->sum_of_squares += x * x;
  tally->product *= x;
  if (tally->count == 0 || x < tally->least) tally->least = x;
  if (tally->count == 0 || x > tally->greatest) tally->greatest = x;
  tally->count++;
}

static Tally tally_arguments(Parser *parser, const Argument *arguments, int count) {
  Tally tally = {0, 0, 1, 0, 0, 0, 0, empty_value()};
  for (int i = 0; i < count; i++) {
    const Argument *a = &arguments[i];
    if (!a->is_range) {
      tally_value(&tally, a->value, false);
      continue;
    }
    for (int row = a->top; row <= a->bottom; row++)
      for (int column = a->left; column <= a->right; column++)
        tally_value(&tally, cell_value(parser->sheet, row, column, parser->depth), true);
  }
  return tally;
}

static double variance(const Tally *t) {
  double mean = t->sum / (double)t->count;
  double spread = t->sum_of_squares - mean * t->sum;
  return (spread > 0 ? spread : 0) / (double)(t->count - 1);
}

typedef enum {
  F_SUM, F_PRODUCT, F_COUNT, F_COUNTA, F_AVERAGE, F_MIN, F_MAX, F_STDEV,
  F_ABS, F_SQRT, F_EXP, F_LN, F_LOG2, F_INT, F_ROUND, F_MOD,
  F_IF, F_AND, F_OR, F_NOT, F_ISERROR,
  F_LEN, F_UPPER, F_LOWER, F_LEFT, F_RIGHT, F_REPEAT, F_TRUE, F_FALSE, F_PI
} Function;

static const struct {
  const char *name;
  Function function;
  int least;              /* number of arguments */
  int most;
} functions[] = {
  {"SUM", F_SUM, 1, MAX_ARGUMENTS},         {"PRODUCT", F_PRODUCT, 1, MAX_ARGUMENTS},
  {"COUNT", F_COUNT, 1, MAX_ARGUMENTS},     {"COUNTA", F_COUNTA, 1, MAX_ARGUMENTS},
  {"AVERAGE", F_AVERAGE, 1, MAX_ARGUMENTS}, {"MIN", F_MIN, 1, MAX_ARGUMENTS},
  {"MAX", F_MAX, 1, MAX_ARGUMENTS},         {"STDEV", F_STDEV, 1, MAX_ARGUMENTS},
  {"ABS", F_ABS, 1, 1},                     {"SQRT", F_SQRT, 1, 1},
  {"EXP", F_EXP, 1, 1},                     {"LN", F_LN, 1, 1},
  {"LOG2", F_LOG2, 1, 1},                   {"INT", F_INT, 1, 1},
  {"ROUND", F_ROUND, 1, 2},                 {"MOD", F_MOD, 2, 2},
  {"IF", F_IF, 2, 3},                       {"AND", F_AND, 1, MAX_ARGUMENTS},
  {"OR", F_OR, 1, MAX_ARGUMENTS},           {"NOT", F_NOT, 1, 1},
  {"ISERROR", F_ISERROR, 1, 1},             {"LEN", F_LEN, 1, 1},
  {"UPPER", F_UPPER, 1, 1},                 {"LOWER", F_LOWER, 1, 1},
  {"LEFT", F_LEFT, 1, 2},                   {"RIGHT", F_RIGHT, 1, 2},
  {"REPEAT", F_REPEAT, 2, 2},               {"TRUE", F_TRUE, 0, 0},
  {"FALSE", F_FALSE, 0, 0},                 {"PI", F_PI, 0, 0},
};

/* A number that is finite, or the failure that it stands for. */
static Value checked(double x) {
  return isfinite(x) ? number_value(x) : failure("#NUM");
}

static Value statistic(Parser *parser, Function function, const Argument *arguments, int count) {
  Tally t = tally_arguments(parser, arguments, count);
  if (function == F_COUNT) return number_value((double)t.count);
  if (function == F_COUNTA) return number_value((double)t.filled);
  if (t.failure.kind == FAILURE) return t.failure;
  switch (function) {
    case F_SUM: return checked(t.sum);
    case F_PRODUCT: return checked(t.count > 0 ? t.product : 0);
    case F_MIN: return number_value(t.least);
    case F_MAX: return number_value(t.greatest);
    case F_AVERAGE: return t.count > 0 ? checked(t.sum / (double)t.count) : failure("#DIV/0");
    case F_STDEV: return t.count > 1 ? checked(sqrt(variance(&t))) : failure("#DIV/0");
    default: return failure("#NAME");
  }
}

/* Rounds halves away from zero, to `digits` after the point or, if negative, before it. */
static Value round_to(double x, double digits) {
  if (digits < -15 || digits > 15) return failure("#NUM");
  double scale = pow(10, trunc(digits));
  return checked(round(x * scale) / scale);
}

static Value arithmetic(Function function, double x, double y, int count) {
  switch (function) {
    case F_ABS: return number_value(fabs(x));
    case F_SQRT: return x < 0 ? failure("#NUM") : number_value(sqrt(x));
    case F_EXP: return checked(exp(x));
    case F_LN: return x <= 0 ? failure("#NUM") : number_value(log(x));
    case F_LOG2: return x <= 0 ? failure("#NUM") : number_value(log2(x));
    case F_INT: return number_value(floor(x));
    case F_ROUND: return round_to(x, count > 1 ? y : 0);
    case F_MOD: return y == 0 ? failure("#DIV/0") : number_value(x - y * floor(x / y));
    default: return failure("#NAME");
  }
}

/* Bytes that the first `count` characters of a UTF-8 text take. */
static size_t prefix_length(const char *text, double count) {
  size_t length = 0;
  while (text[length] != '\0' && count >= 1) {
    length++;
    while (((unsigned char)text[length] & 0xC0) == 0x80) length++;
    count--;
  }
  return length;
}

static double character_count(const char *text) {
  double count = 0;
  for (; *text; text++) count += ((unsigned char)*text & 0xC0) != 0x80;
  return count;
}

static const char *change_case(const char *text, int (*change)(int)) {
  char *copy = copy_text(text, strlen(text));
  for (char *p = copy; *p; p++)
    if ((unsigned char)*p < 0x80) *p = (char)change((unsigned char)*p);
  return copy;
}

static Value repeat(const char *text, double times) {
  size_t length = strlen(text);
  if (times < 0 || times * (double)length > 32767) return failure("#VALUE");
  char *result = allocate((size_t)times * length + 1);
  for (size_t i = 0; i < (size_t)times; i++) memcpy(result + i * length, text, length);
  result[(size_t)times * length] = '\0';
  return text_value(result);
}

static Value textual(Function function, const char *text, Value second, int count) {
  Value times = count > 1 ? to_number(second) : number_value(1);
  if (times.kind == FAILURE) return times;
  size_t start;
  switch (function) {
    case F_LEN: return number_value(character_count(text));
    case F_UPPER: return text_value(change_case(text, toupper));
    case F_LOWER: return text_value(change_case(text, tolower));
    case F_LEFT: return text_value(copy_text(text, prefix_length(text, times.number)));
    case F_RIGHT:
      start = prefix_length(text, character_count(text) - times.number);
      return text_value(text + start);
    case F_REPEAT: return repeat(text, times.number);
    default: return failure("#NAME");
  }
}

static Value all_or_any(Parser *parser, Function function, const Argument *arguments, int count) {
  bool result = function == F_AND;
  for (int i = 0; i < count; i++) {
    const Argument *a = &arguments[i];
    int top = a->is_range ? a->top : 0, bottom = a->is_range ? a->bottom : 0;
    int left = a->is_range ? a->left : 0, right = a->is_range ? a->right : 0;
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        Value value = a->value;
        if (a->is_range) value = cell_value(parser->sheet, row, column, parser->depth);
        value = to_number(value);
        if (value.kind == FAILURE) return value;
        if (function == F_AND) result = result && value.number != 0;
        else result = result || value.number != 0;
      }
    }
  }
  return truth_value(result);
}

static Value choose(const Argument *arguments, int count) {
  Value condition = to_number(arguments[0].value);
  if (condition.kind == FAILURE) return condition;
  if (condition.number != 0) return arguments[1].value;
  return count > 2 ? arguments[2].value : truth_value(false);
}

static Value apply(Parser *parser, Function function, const Argument *arguments, int count) {
  if (function <= F_STDEV) return statistic(parser, function, arguments, count);
  if (function == F_AND || function == F_OR)
    return all_or_any(parser, function, arguments, count);
  for (int i = 0; i < count; i++)
    if (arguments[i].is_range) return failure("#VALUE");
  Value first = count > 0 ? arguments[0].value : empty_value();
  Value second = count > 1 ? arguments[1].value : empty_value();
  switch (function) {
    case F_IF: return choose(arguments, count);
    case F_ISERROR: return truth_value(first.kind == FAILURE);
    case F_TRUE: return truth_value(true);
    case F_FALSE: return truth_value(false);
    case F_PI: return number_value(acos(-1));
    default: break;
  }
  if (first.kind == FAILURE) return first;
  if (second.kind == FAILURE) return second;
  if (function >= F_LEN)
    return textual(function, to_text(first, parser->sheet->digits), second, count);
  first = to_number(first);
  second = to_number(second);
  if (first.kind == FAILURE) return first;
  if (second.kind == FAILURE) return second;
  if (function == F_NOT) return truth_value(first.number == 0);
  return arithmetic(function, first.number, second.number, count);
}

/* ---------------------------------------------------------------- expressions */

static int smaller(int a, int b) { return a < b ? a : b; }
static int larger(int a, int b) { return a > b ? a : b; }

/* Reads B2:C9, or one expression. */
static Argument parse_argument(Parser *parser) {
  Argument argument = {false, empty_value(), 0, 0, 0, 0};
  Parser before = *parser;
  Token first = parser->token;
  if (accept(parser, T_CELL) && accept(parser, T_COLON)) {
    Token last = parser->token;
    if (!accept(parser, T_CELL)) {
      argument.value = failure("#REF");
      return argument;
    }
    argument.is_range = true;
    argument.top = smaller(first.row, last.row);
    argument.bottom = smaller(larger(first.row, last.row), parser->sheet->row_count - 1);
    argument.left = smaller(first.column, last.column);
    argument.right = smaller(larger(first.column, last.column), parser->sheet->column_count - 1);
    return argument;
  }
  *parser = before;
  argument.value = parse_expression(parser);
  return argument;
}

static Value parse_call(Parser *parser, const char *name) {
  Argument arguments[MAX_ARGUMENTS];
  int count = 0;
  if (!accept(parser, T_OPEN)) return failure("#NAME");
  if (parser->token.kind != T_CLOSE) {
    do {
      if (count == MAX_ARGUMENTS) return failure("#VALUE");
      arguments[count++] = parse_argument(parser);
    } while (accept(parser, T_COMMA));
  }
  if (!accept(parser, T_CLOSE)) return failure("#SYNTAX");
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
    if (strcmp(functions[i].name, name) != 0) continue;
    if (count < functions[i].least || count > functions[i].most) return failure("#VALUE");
    return apply(parser, functions[i].function, arguments, count);
  }
  return failure("#NAME");
}

static Value parse_primary(Parser *parser) {
  Token token = parser->token;
  switch (token.kind) {
    case T_NUMBER:
      advance(parser);
      return number_value(token.number);
    case T_TEXT:
      advance(parser);
      return text_value(token.text);
    case T_CELL:
      advance(parser);
      return cell_value(parser->sheet, token.row, token.column, parser->depth);
    case T_NAME:
      advance(parser);
      return parse_call(parser, token.text);
    case T_OPEN: {
      advance(parser);
      Value value = parse_expression(parser);
      return accept(parser, T_CLOSE) ? value : failure("#SYNTAX");
    }
    default:
      return failure("#SYNTAX");
  }
}

static Value parse_percent(Parser *parser) {
  Value value = parse_primary(parser);
  while (accept(parser, T_PERCENT)) {
    value = to_number(value);
    if (value.kind == NUMBER) value.number /= 100;
  }
  return value;
}

static Value negated(Value value) {
  value = to_number(value);
  if (value.kind == NUMBER) value.number = -value.number;
  return value;
}

/* A sign binds tighter than a power, as in other spreadsheets: =-2^2 is 4. */
static Value parse_sign(Parser *parser) {
  if (accept(parser, T_PLUS)) return to_number(parse_sign(parser));
  if (accept(parser, T_MINUS)) return negated(parse_sign(parser));
  return parse_percent(parser);
}

static Value calculate(TokenKind operation, Value left, Value right) {
  left = to_number(left);
  right = to_number(right);
  if (left.kind == FAILURE) return left;
  if (right.kind == FAILURE) return right;
  double x = left.number, y = right.number;
  switch (operation) {
    case T_PLUS: return checked(x + y);
    case T_MINUS: return checked(x - y);
    case T_TIMES: return checked(x * y);
    case T_DIVIDE: return y == 0 ? failure("#DIV/0") : checked(x / y);
    case T_POWER: return checked(pow(x, y));
    default: return failure("#SYNTAX");
  }
}

static Value parse_power(Parser *parser) {
  Value left = parse_sign(parser);
  while (accept(parser, T_POWER)) left = calculate(T_POWER, left, parse_sign(parser));
  return left;
}

static Value parse_term(Parser *parser) {
  Value left = parse_power(parser);
  while (parser->token.kind == T_TIMES || parser->token.kind == T_DIVIDE) {
    TokenKind operation = parser->token.kind;
    advance(parser);
    left = calculate(operation, left, parse_power(parser));
  }
  return left;
}

static Value parse_sum(Parser *parser) {
  Value left = parse_term(parser);
  while (parser->token.kind == T_PLUS || parser->token.kind == T_MINUS) {
    TokenKind operation = parser->token.kind;
    advance(parser);
    left = calculate(operation, left, parse_term(parser));
  }
  return left;
}

static Value join(Sheet *sheet, Value left, Value right) {
  if (left.kind == FAILURE) return left;
  if (right.kind == FAILURE) return right;
  const char *a = to_text(left, sheet->digits), *b = to_text(right, sheet->digits);
  size_t a_length = strlen(a), b_length = strlen(b);
  char *joined = allocate(a_length + b_length + 1);
  memcpy(joined, a, a_length);
  memcpy(joined + a_length, b, b_length + 1);
  return text_value(joined);
}

static Value parse_join(Parser *parser) {
  Value left = parse_sum(parser);
  while (accept(parser, T_JOIN)) left = join(parser->sheet, left, parse_sum(parser));
  return left;
}

/* Numbers before texts before truths; texts without regard to case. */
static int compare(Value left, Value right) {
  if (left.kind == EMPTY) left = right.kind == TEXT ? text_value("") : number_value(0);
  if (right.kind == EMPTY) right = left.kind == TEXT ? text_value("") : number_value(0);
  if (left.kind != right.kind) return left.kind < right.kind ? -1 : 1;
  if (left.kind != TEXT) return (left.number > right.number) - (left.number < right.number);
  const char *a = left.text, *b = right.text;
  while (*a && tolower((unsigned char)*a) == tolower((unsigned char)*b)) a++, b++;
  return tolower((unsigned char)*a) - tolower((unsigned char)*b);
}

static Value parse_comparison(Parser *parser) {
  Value left = parse_join(parser);
  while (parser->token.kind >= T_EQUAL && parser->token.kind <= T_GREATER_EQUAL) {
    TokenKind operation = parser->token.kind;
    advance(parser);
    Value right = parse_join(parser);
    if (left.kind == FAILURE) continue;
    if (right.kind == FAILURE) {
      left = right;
      continue;
    }
    int order = compare(left, right);
    bool holds = false;
    switch (operation) {
      case T_EQUAL: holds = order == 0; break;
      case T_UNEQUAL: holds = order != 0; break;
      case T_LESS: holds = order < 0; break;
      case T_LESS_EQUAL: holds = order <= 0; break;
      case T_GREATER: holds = order > 0; break;
      default: holds = order >= 0; break;
    }
    left = truth_value(holds);
  }
  return left;
}

static Value parse_expression(Parser *parser) {
  if (++parser->depth > MAX_DEPTH) return failure("#DEPTH");
  Value value = parse_comparison(parser);
  parser->depth--;
  return value;
}

/* The value of a formula, without its '='. */
static Value evaluate(Sheet *sheet, const char *formula, int depth) {
  Parser parser = {sheet, formula, {T_END, 0, NULL, 0, 0}, depth};
  advance(&parser);
  Value value = parse_expression(&parser);
  if (value.kind == FAILURE) return value;
  return parser.token.kind == T_END ? value : failure("#SYNTAX");
}

/* The value of a cell, worked out when it is first asked for. */
static Value cell_value(Sheet *sheet, int row, int column, int depth) {
  Cell *cell = find_cell(sheet, row, column);
  if (cell == NULL) return empty_value();
  if (cell->progress == DONE) return cell->value;
  if (cell->progress == VISITING) return failure("#CYCLE");
  if (depth >= MAX_DEPTH) return failure("#DEPTH");
  double x;
  cell->progress = VISITING;
  if (cell->source[0] == '=') cell->value = evaluate(sheet, cell->source + 1, depth + 1);
  else if (cell->source[0] == '\0') cell->value = empty_value();
  else if (parse_number(cell->source, &x)) cell->value = number_value(x);
  else cell->value = text_value(cell->source);
  cell->progress = DONE;
  return cell->value;
}

/* ---------------------------------------------------------------- printing */

typedef struct {
  const char *text;
  bool to_the_right;
} Shown;

static Shown show(Sheet *sheet, int row, int column, bool formulas) {
  Cell *cell = find_cell(sheet, row, column);
  if (cell == NULL) return (Shown){"", false};
  if (formulas) return (Shown){cell->source, false};
  Value value = cell_value(sheet, row, column, 0);
  return (Shown){to_text(value, sheet->digits), value.kind == NUMBER};
}

static void column_name(int column, char name[3]) {
  if (column < 26) {
    name[0] = (char)('A' + column);
    name[1] = '\0';
  } else {
    name[0] = (char)('A' + column / 26 - 1);
    name[1] = (char)('A' + column % 26);
    name[2] = '\0';
  }
}

static void print_padded(const char *text, int width, bool to_the_right) {
  int padding = width - (int)character_count(text);
  if (to_the_right) printf("%*s", padding, "");
  for (; *text; text++) putchar(iscntrl((unsigned char)*text) ? ' ' : *text);
  if (!to_the_right) printf("%*s", padding, "");
}

static void measure_columns(Sheet *sheet, bool formulas, int *widths) {
  for (int column = 0; column < sheet->column_count; column++) {
    widths[column] = column < 26 ? 1 : 2;
    for (int row = 0; row < sheet->row_count; row++) {
      int width = (int)character_count(show(sheet, row, column, formulas).text);
      widths[column] = larger(widths[column], width);
    }
  }
}

static void print_sheet(Sheet *sheet, bool formulas) {
  int *widths = allocate(sizeof(int) * (size_t)larger(sheet->column_count, 1));
  measure_columns(sheet, formulas, widths);
  int margin = snprintf(NULL, 0, "%d", sheet->row_count);
  printf("%*s", margin, "");
  for (int column = 0; column < sheet->column_count; column++) {
    char name[3];
    column_name(column, name);
    printf(" | ");
    print_padded(name, widths[column], false);
  }
  putchar('\n');
  for (int row = 0; row < sheet->row_count; row++) {
    printf("%*d", margin, row + 1);
    for (int column = 0; column < sheet->column_count; column++) {
      Shown shown = show(sheet, row, column, formulas);
      printf(" | ");
      print_padded(shown.text, widths[column], shown.to_the_right);
    }
    putchar('\n');
  }
}

static long count_failures(Sheet *sheet) {
  long count = 0;
  for (int row = 0; row < sheet->row_count; row++)
    for (int column = 0; column < sheet->rows[row].count; column++)
      count += cell_value(sheet, row, column, 0).kind == FAILURE;
  return count;
}

/* ---------------------------------------------------------------- the command */

typedef struct {
  bool formulas;
  int digits;
  const char *path;
} Options;

static Options parse_options(int count, char **words) {
  Options options = {false, 2, NULL};
  for (int i = 1; i < count; i++) {
    const char *word = words[i];
    if (strcmp(word, "-f") == 0) {
      options.formulas = true;
    } else if (strcmp(word, "-d") == 0) {
      const char *digits = ++i < count ? words[i] : "";
      if (!isdigit((unsigned char)digits[0]) || digits[1] != '\0')
        die("-d takes one digit, 0 to 9");
      options.digits = digits[0] - '0';
    } else if (word[0] == '-' && word[1] != '\0') {
      die("there is no option %s; the options are -f and -d DIGITS", word);
    } else if (options.path != NULL) {
      die("one file at a time: %s and %s", options.path, word);
    } else {
      options.path = word;
    }
  }
  return options;
}

int main(int count, char **words) {
  Options options = parse_options(count, words);
  FILE *file = stdin;
  if (options.path != NULL && strcmp(options.path, "-") != 0) {
    file = fopen(options.path, "rb");
    if (file == NULL) die("%s: %s", options.path, strerror(errno));
  }
  Sheet sheet = {NULL, 0, 0, 0, options.digits};
  read_sheet(&sheet, file);
  if (ferror(file)) die("%s: %s", options.path ? options.path : "standard input", strerror(errno));
  if (file != stdin) fclose(file);
  print_sheet(&sheet, options.formulas);
  long failures = options.formulas ? 0 : count_failures(&sheet);
  if (failures > 0) fprintf(stderr, "sheet: %ld formulas could not be worked out\n", failures);
  release_arena();
  return failures > 0 ? 2 : 0;
}
