;; error: +
;; error: argument 2
;; error: number
;; error: "two"
(import (scheme base))
(define (add a b) (+ a b))
(list (add 1 "two"))
