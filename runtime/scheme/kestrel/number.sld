;; Numeric procedures that answer two values, composed of primitives that answer one.

(define-library (kestrel number)
  (import (kestrel syntax) (kestrel primitives))
  (export floor/ truncate/ exact-integer-sqrt)
  (begin
    (define (floor/ n d) (values (floor-quotient n d) (floor-remainder n d)))
    (define (truncate/ n d) (values (truncate-quotient n d) (truncate-remainder n d)))
    (define (exact-integer-sqrt n)
      (let ((root (%exact-integer-sqrt n)))
        (values root (- n (* root root)))))))
