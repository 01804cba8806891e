;; error: 5
;; error: procedure
;; error: apply-it
(import (scheme base))
(define (apply-it f) (+ 1 (f 2)))
(list (apply-it 5))
