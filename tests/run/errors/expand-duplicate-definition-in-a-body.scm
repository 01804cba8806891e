;; error: duplicate definition of `a`
;; error: first one
;; status: 65
(import (scheme base))
(define (f) (define a 1) (define a 2) a)
