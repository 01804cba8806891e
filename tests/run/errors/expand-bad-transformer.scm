;; error: a keyword must be bound to (syntax-rules …)
;; status: 65
(import (scheme base))
(define-syntax m (lambda (x) x))
