;; error: sequences that are repeated together have different lengths
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax m (lambda (stx) (syntax-case stx () ((_ (a ...) (b ...)) #'(quote ((a b) ...))))))
(m (1 2) (3))
