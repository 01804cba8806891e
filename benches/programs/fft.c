/* See fft.scm. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
static void swap(double *v, long i, long j) {
  double x = v[i];
  v[i] = v[j];
  v[j] = x;
}
static void transform(double *re, double *im, long n, double direction) {
  for (long i = 0, j = 0; i < n - 1; i++) {
    if (i < j) {
      swap(re, i, j);
      swap(im, i, j);
    }
    long bit = n / 2;
    for (; j >= bit; bit /= 2) j -= bit;
    j += bit;
  }
  for (long half = 1; half < n; half *= 2) {
    double angle = direction * 3.141592653589793 / half, wr = cos(angle), wi = sin(angle), ur = 1.0, ui = 0.0;
    for (long k = 0; k < half; k++) {
      for (long i = k; i < n; i += 2 * half) {
        long j = i + half;
        double tr = re[j] * ur - im[j] * ui, ti = re[j] * ui + im[j] * ur;
        re[j] = re[i] - tr;
        im[j] = im[i] - ti;
        re[i] += tr;
        im[i] += ti;
      }
      double next = ur * wr - ui * wi;
      ui = ur * wi + ui * wr;
      ur = next;
    }
  }
}
int main(void) {
  long count, log_n;
  double worst = 1.0;
  if (scanf("%ld %ld", &count, &log_n) != 2) return 1;
  while (count-- > 0) {
    long n = 1L << log_n;
    double *re = malloc(n * sizeof *re), *im = calloc(n, sizeof *im);
    for (long i = 0; i < n; i++) re[i] = i * 7919 % 1000;
    transform(re, im, n, 1.0);
    transform(re, im, n, -1.0);
    worst = 0.0;
    for (long i = 0; i < n; i++) worst = fmax(worst, fabs(re[i] / n - (double)(i * 7919 % 1000)));
    free(re);
    free(im);
  }
  puts(worst < 1e-6 ? "#t" : "#f");
}
