;; error: make-vector
(import (scheme base))
(define (f n) (make-vector n 0))
(vector-length (f (expt 10 12)))
