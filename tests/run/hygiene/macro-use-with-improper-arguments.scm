(import (scheme base))
(define-syntax m (syntax-rules () ((_ . x) 'x)))
(m 1 . 2)
;; value: (1 . 2)
