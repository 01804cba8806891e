;; Numeric procedures that answer two values, composed of primitives that answer one.

(define-library (kestrel number)
  (import (kestrel syntax) (kestrel primitives) (kestrel check))
  (export floor/ truncate/ exact-integer-sqrt)
  (begin
    (define (divisor? d) (and (integer? d) (not (zero? d))))
    (define-syntax define-division
      (syntax-rules ()
        ((_ (name n d) quotient remainder)
         (define (name n d)
           (check integer? 'name 1 n "integer")
           (check divisor? 'name 2 d "integer other than 0")
           (values (quotient n d) (remainder n d))))))
    (define-division (floor/ n d) floor-quotient floor-remainder)
    (define-division (truncate/ n d) truncate-quotient truncate-remainder)
    (define (exact-integer-sqrt n)
      (let ((root (%exact-integer-sqrt n)))
        (values root (- n (* root root)))))))
