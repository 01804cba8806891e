;; error: a body needs an expression after its definitions
;; status: 65
(import (scheme base))
(define (f) (define a 1))
