(import (scheme base))
(define-syntax fn (syntax-rules () ((_ args e) (lambda args e))))
(list ((fn (a b) (+ a b)) 1 2) ((fn r r) 1 2) ((fn (a . r) r) 1 2))
;; value: (3 (1 2) (2))
