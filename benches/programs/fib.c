/* See fib.scm. */
#include <stdio.h>
static long fib(long n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
int main(void) {
  long count, n, answer = 0;
  if (scanf("%ld %ld", &count, &n) != 2) return 1;
  while (count-- > 0) {
    __asm__ volatile("" : "+r"(n));
    answer = fib(n);
  }
  printf("%ld\n", answer);
}
