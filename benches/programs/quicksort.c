/* See quicksort.scm. */
#include <stdio.h>
#include <stdlib.h>
static void sort(long *v, long low, long high) {
  while (low < high) {
    long pivot = v[(low + high) / 2], i = low, j = high;
    for (;;) {
      while (v[i] < pivot) i++;
      while (pivot < v[j]) j--;
      if (i > j) break;
      long x = v[i];
      v[i++] = v[j];
      v[j--] = x;
    }
    sort(v, low, j);
    low = i;
  }
}
int main(void) {
  long count, n, answer = 0;
  if (scanf("%ld %ld", &count, &n) != 2) return 1;
  while (count-- > 0) {
    long *v = malloc(n * sizeof *v), seed = 42;
    for (long i = 0; i < n; i++) v[i] = seed = (seed * 1103515245 + 12345) % 2147483648;
    sort(v, 0, n - 1);
    answer = v[0];
    for (long i = 1; i < n; i++) answer = (3 * answer + v[i]) % 1000003;
    free(v);
  }
  printf("%ld\n", answer);
}
