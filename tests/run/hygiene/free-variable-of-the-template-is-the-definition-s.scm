(import (scheme base))
(define x 'outer)
(define-syntax get (syntax-rules () ((_) x)))
(let ((x 'inner)) (get))
;; value: outer
