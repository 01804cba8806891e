;; error: argument 1 must be a pair
;; error: unbound variable `nothing-of-the-kind`
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax m (lambda (stx) (car 5)))
(m)
(nothing-of-the-kind)
