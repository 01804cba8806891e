/* See fibfp.scm. */
#include <stdio.h>
static double fib(double n) { return n < 2.0 ? n : fib(n - 1.0) + fib(n - 2.0); }
int main(void) {
  long count;
  double n, answer = 0;
  if (scanf("%ld %lf", &count, &n) != 2) return 1;
  while (count-- > 0) {
    __asm__ volatile("" : "+x"(n));
    answer = fib(n);
  }
  printf("%.0f\n", answer);
}
