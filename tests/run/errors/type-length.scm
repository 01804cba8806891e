;; error: length
;; error: list
(import (scheme base))
(define (f l) (+ 1 (length l)))
(list (f (cons 1 2)))
