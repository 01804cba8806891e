/* See brc.scm: the whole file at once, an open hash table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
enum { SLOTS = 4096 };
typedef struct {
  const char *name;
  long length, least, sum, count, greatest;
} Station;
static Station table[SLOTS];
static int by_name(const void *a, const void *b) {
  const Station *x = a, *y = b;
  long n = x->length < y->length ? x->length : y->length;
  int order = memcmp(x->name, y->name, n);
  return order ? order : (int)(x->length - y->length);
}
static void print(long t) { printf("%s%ld.%ld", t < 0 ? "-" : "", labs(t) / 10, labs(t) % 10); }
static long mean(long sum, long count) {
  long twice = 2 * sum + count, by = 2 * count;
  return twice >= 0 ? twice / by : -((by - 1 - twice) / by);
}
int main(void) {
  char path[4096];
  if (scanf(" \"%4095[^\"]\"", path) != 1) return 1;
  FILE *file = fopen(path, "rb");
  if (!file) return 1;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = malloc(size), *end = text + size;
  if (fread(text, 1, size, file) != (size_t)size) return 1;
  for (char *p = text; p < end;) {
    char *name = p;
    unsigned hash = 0;
    for (; *p != ';'; p++) hash = 31 * hash + (unsigned char)*p;
    long length = p++ - name, sign = 1, t = 0;
    for (; *p != '\n'; p++) {
      if (*p == '-') sign = -1;
      else if (*p != '.') t = 10 * t + (*p - '0');
    }
    p++;
    t *= sign;
    Station *s = &table[hash % SLOTS];
    while (s->name && (s->length != length || memcmp(s->name, name, length)))
      if (++s == table + SLOTS) s = table;
    if (!s->name) *s = (Station){name, length, t, 0, 0, t};
    if (t < s->least) s->least = t;
    if (t > s->greatest) s->greatest = t;
    s->sum += t;
    s->count++;
  }
  long n = 0;
  for (long i = 0; i < SLOTS; i++)
    if (table[i].name) table[n++] = table[i];
  qsort(table, n, sizeof *table, by_name);
  for (long i = 0; i < n; i++) {
    Station *s = &table[i];
    printf("%.*s=", (int)s->length, s->name);
    print(s->least);
    putchar('/');
    print(mean(s->sum, s->count));
    putchar('/');
    print(s->greatest);
    putchar('\n');
  }
}
