;; error: sequences that are repeated together have different lengths
;; status: 65
(import (scheme base))
(define-syntax m (syntax-rules () ((_ (a ...) (b ...)) '((a b) ...))))
(m (1 2) (3))
