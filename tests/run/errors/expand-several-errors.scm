;; error: unbound variable `undefined-one`
;; error: bad syntax in `if`
;; error: a binding must have the shape
;; status: 65
(import (scheme base))
(define (f) (undefined-one 1))
(if)
(let ((y 1 2)) y)
