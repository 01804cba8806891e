(import (scheme base))
(define-syntax my-let* (syntax-rules () ((_ ((a b ...) ...)) '((a ...) (b ... ...) ((b ... a) ...)))))
(my-let* ((1 2 3) (4) (5 6)))
;; value: ((1 4 5) (2 3 6) ((2 3 1) (4) (6 5)))
