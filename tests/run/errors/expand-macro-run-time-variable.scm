;; error: `helper` is a run-time variable: it has no value while macros are expanded
;; error: define-for-syntax
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define (helper stx) stx)
(define-syntax m (lambda (stx) (helper stx)))
(m 1)
