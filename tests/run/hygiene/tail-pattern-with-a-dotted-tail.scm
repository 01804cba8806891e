(import (scheme base))
(define-syntax m (syntax-rules () ((_ a ... y . r) '((a ...) y r))))
(list (m 1) (m 1 2 3) (m 1 2 . 3))
;; value: ((() 1 ()) ((1 2) 3 ()) ((1) 2 3))
