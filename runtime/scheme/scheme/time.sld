(define-library (scheme time)
  (import (kestrel primitives))
  (export
   current-jiffy current-second jiffies-per-second))
