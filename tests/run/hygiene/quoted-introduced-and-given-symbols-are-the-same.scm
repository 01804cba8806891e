(import (scheme base))
(define-syntax m (syntax-rules () ((_ x) (eq? 'x 'y))))
(m y)
;; value: #t
