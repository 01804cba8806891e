(import (scheme base))
(define-syntax m (syntax-rules () ((_ _ x _) x)))
(m 1 2 3)
;; value: 2
