;; error: `a` is a pattern variable, which templates alone can use
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax m (lambda (stx) (syntax-case stx () ((_ a) a))))
(m 1)
