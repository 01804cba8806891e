;; error: no clause of syntax-case matches this form
;; error: expand-macro-no-clause.scm:7:1
;; error: `m` is defined here
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax m (lambda (stx) (syntax-case stx () ((_ a) #''a))))
(m 1 2)
