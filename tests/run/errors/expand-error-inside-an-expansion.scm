;; error: a binding must have the shape (variable expression)
;; error: in the expansion of `m`
;; status: 65
(import (scheme base))
(define-syntax m (syntax-rules () ((_ a) (let ((a)) a))))
(m x)
