(import (scheme base))
(define-syntax m (syntax-rules () ((_ k v ...) '((k v) ...))))
(m a 1 2 3)
;; value: ((a 1) (a 2) (a 3))
