(import (scheme base))
(define-syntax m (syntax-rules () ((_ a b) `(a ,b ,@(list a b)))))
(let ((list vector)) (m 1 (+ 1 1)))
;; value: (1 2 1 2)
