;; error: did you mean `length`?
;; error: did you mean `vector-ref`?
;; status: 65
(import (scheme base))
(define (length-of-list l) (lenght l))
(vectr-ref #(1) 0)
