(import (scheme base))
(define-syntax m (syntax-rules () ((_ e) (let ((x 1)) (+ x e)))))
(let ((x 10)) (m x))
;; value: 11
