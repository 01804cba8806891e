(import (scheme base))
(define-syntax m (syntax-rules () ((_ a ... y z) '((a ...) y z))))
(list (m 1 2) (m 1 2 3 4))
;; value: ((() 1 2) ((1 2) 3 4))
