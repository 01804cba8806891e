;; error: my-let: this is no variable
;; error: expand-macro-violation.scm:8:11
;; error: `my-let` is defined here
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax my-let
  (lambda (stx) (syntax-case stx () ((_ ((x e) ...) b) (syntax-violation 'my-let "this is no variable" stx (car #'(x ...)))))))
(my-let ((5 1)) 2)
