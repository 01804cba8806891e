;; error: vector-set!
(import (scheme base))
(define (f v) (vector-set! v 0 1))
(f (quote #(1 2)))
