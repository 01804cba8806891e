;; error: division by zero
;; error: inner
;; error: middle
;; error: outer
(import (scheme base))
(define (inner x) (+ 1 (quotient 10 x)))
(define (middle x) (* 2 (inner x)))
(define (outer x) (- (middle x) 1))
(list (outer 0))
