(import (scheme base))
(define-syntax my-let1 (syntax-rules () ((_ v e b) ((lambda (v) b) e))))
(my-let1 x 5 (+ x 1))
;; value: 6
