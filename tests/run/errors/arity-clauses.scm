;; error: pick
(import (scheme base) (scheme case-lambda))
(define pick (case-lambda ((a) a) ((a b c) c)))
(define (call f) (f 1 2))
(list (call pick))
