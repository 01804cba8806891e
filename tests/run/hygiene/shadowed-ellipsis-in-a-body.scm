(import (scheme base))
(define-syntax m (syntax-rules () ((_ x ...) (+ x ...))))
(let ((+ *)) (list (m 2 3 4) (+ 2 3 4)))
;; value: (9 24)
