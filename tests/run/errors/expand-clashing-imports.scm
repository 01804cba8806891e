;; error: imports of `x` clash
;; error: imported with another meaning here
;; error: (import (scheme base) (a)
;; error: (only (b) x))
;; status: 65
(define-library (a) (export x) (import (scheme base)) (begin (define x 1)))
(define-library (b) (export x) (import (scheme base)) (begin (define x 2)))
(import (scheme base) (a)
  (only (b) x))
x
