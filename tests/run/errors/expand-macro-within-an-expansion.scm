;; error: unbound variable `no-such-variable`
;; error: expand-macro-within-an-expansion.scm:12:3
;; error: in the expansion of `outer`
;; error: in the definition of `inner`
;; error: `inner` is used here
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax inner (syntax-rules () ((_ x) (list x no-such-variable))))
(define-syntax outer
  (lambda (stx) (syntax-case stx () ((_ x) #'(inner x)))))
(define (f y)
  (outer y))
