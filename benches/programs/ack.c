/* See ack.scm. */
#include <stdio.h>
static long ack(long m, long n) {
  return m == 0 ? n + 1 : n == 0 ? ack(m - 1, 1) : ack(m - 1, ack(m, n - 1));
}
int main(void) {
  long count, m, n, answer = 0;
  if (scanf("%ld %ld %ld", &count, &m, &n) != 3) return 1;
  while (count-- > 0) {
    __asm__ volatile("" : "+r"(m));
    answer = ack(m, n);
  }
  printf("%ld\n", answer);
}
