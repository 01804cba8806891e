;; error: imports of `x` clash
;; error: imported with another meaning here
;; status: 65
(define-library (a) (export x) (import (scheme base)) (begin (define x 1)))
(define-library (b) (export x) (import (scheme base)) (begin (define x 2)))
(import (scheme base) (a) (b))
x
