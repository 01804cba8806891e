/* See mandelbrot.scm. */
#include <stdio.h>
static int inside(double cr, double ci, long steps) {
  double zr = 0.0, zi = 0.0;
  for (long i = 0; i < steps; i++) {
    double rr = zr * zr, ii = zi * zi;
    if (rr + ii > 4.0) return 0;
    zi = 2.0 * zr * zi + ci;
    zr = rr - ii + cr;
  }
  return 1;
}
int main(void) {
  long count, side, steps, found = 0;
  if (scanf("%ld %ld %ld", &count, &side, &steps) != 3) return 1;
  while (count-- > 0) {
    double step = 3.0 / side;
    found = 0;
    for (long row = 0; row < side; row++)
      for (long column = 0; column < side; column++) found += inside(column * step - 2.0, row * step - 1.5, steps);
  }
  printf("%ld\n", found);
}
