/* See sum.scm. The barrier in the loop keeps it a loop. */
#include <stdio.h>
static long sum(long n) {
  long total = 0;
  for (long i = n; i >= 0; i--) {
    __asm__ volatile("" : "+r"(total));
    total += i;
  }
  return total;
}
int main(void) {
  long count, n, answer = 0;
  if (scanf("%ld %ld", &count, &n) != 2) return 1;
  while (count-- > 0) {
    __asm__ volatile("" : "+r"(n));
    answer = sum(n);
  }
  printf("%ld\n", answer);
}
