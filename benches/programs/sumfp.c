/* See sumfp.scm. */
#include <stdio.h>
static double sum(double n) {
  double total = 0.0;
  for (double i = n; i >= 0.0; i -= 1.0) total += i;
  return total;
}
int main(void) {
  long count;
  double n, answer = 0;
  if (scanf("%ld %lf", &count, &n) != 2) return 1;
  while (count-- > 0) {
    __asm__ volatile("" : "+x"(n));
    answer = sum(n);
  }
  printf("%.0f\n", answer);
}
