;; error: <
;; error: argument 1
;; error: must be a real number
(import (scheme base))
(define (less a b) (if (< a b) 1 2))
(list (less (quote x) 1))
