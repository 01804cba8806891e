(import (scheme base))
(define-syntax my-if (syntax-rules () ((_ c a b) (cond (c a) (else b)))))
(let ((if list)) (my-if #t 1 2))
;; value: 1
