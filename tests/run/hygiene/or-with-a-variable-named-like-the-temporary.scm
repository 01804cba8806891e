(import (scheme base))
(define-syntax my-or (syntax-rules () ((_ a b) (let ((t a)) (if t t b)))))
(let ((t 5)) (my-or #f t))
;; value: 5
