(import (scheme base))
(define-syntax m (syntax-rules () ((_ e) (let ((x 1)) (+ x e)))))
(let ((x 10)) (m (m x)))
;; value: 12
