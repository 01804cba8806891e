;; error: duplicate definition of `a`
;; status: 65
(define-library (d) (import (scheme base)) (begin (define a 1) (define a 2)))
(import (scheme base) (d))
