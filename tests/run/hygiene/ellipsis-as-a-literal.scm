(import (scheme base))
(define-syntax m (syntax-rules (...) ((_ ...) 'dots) ((_ x) 'other)))
(list (m ...) (m 1))
;; value: (dots other)
