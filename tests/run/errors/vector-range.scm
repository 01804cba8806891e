;; error: vector-ref
;; error: argument 2
;; error: 3
(import (scheme base))
(define v (vector 1 2 3))
(define (get i) (vector-ref v i))
(list (get 0) (get 3))
