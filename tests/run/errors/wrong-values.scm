;; error: 2 values
(import (scheme base))
(define (two) (values 1 2))
(define (f p) (call-with-values p (lambda (a b c) a)))
(list (f two))
