;; error: unbound variable `later`
;; error: while macros are expanded
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax m (lambda (stx) (later stx)))
(define (later x) x)
(m)
