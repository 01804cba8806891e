;; error: `x` is a run-time variable: it has no value while macros are expanded
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define (f x)
  (define-syntax m (lambda (stx) (list x)))
  (m))
