/* See tak.scm. */
#include <stdio.h>
static long tak(long x, long y, long z) {
  return y < x ? tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y)) : z;
}
int main(void) {
  long count, x, y, z, answer = 0;
  if (scanf("%ld %ld %ld %ld", &count, &x, &y, &z) != 4) return 1;
  while (count-- > 0) {
    __asm__ volatile("" : "+r"(x));
    answer = tak(x, y, z);
  }
  printf("%ld\n", answer);
}
