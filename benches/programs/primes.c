/* See primes.scm; words, as in a Scheme vector. */
#include <stdio.h>
#include <stdlib.h>
static long primes(long limit) {
  long found = 0;
  long *sieve = malloc((limit + 1) * sizeof *sieve);
  for (long i = 0; i <= limit; i++) sieve[i] = 1;
  for (long i = 2; i <= limit; i++) {
    if (!sieve[i]) continue;
    found++;
    for (long j = i * i; j <= limit; j += i) sieve[j] = 0;
  }
  free(sieve);
  return found;
}
int main(void) {
  long count, limit, answer = 0;
  if (scanf("%ld %ld", &count, &limit) != 2) return 1;
  while (count-- > 0) answer = primes(limit);
  printf("%ld\n", answer);
}
