;; error: string-ref
;; error: argument 1
;; error: string
;; error: #(1)
(import (scheme base))
(define (at s) (string-ref s 0))
(list (at (vector 1)))
