(import (scheme base))
(define-syntax add1 (syntax-rules () ((_ e) (+ e 1))))
(let ((+ -)) (add1 5))
;; value: 6
