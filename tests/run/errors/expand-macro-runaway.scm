;; error: the expansion of `m` does not end
;; error: this macro
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax m (lambda (stx) (syntax-case stx () ((k) #'(k)))))
(m)
