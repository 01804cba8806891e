(import (scheme base))
(define x 'outer)
(define-syntax with (syntax-rules () ((_ e) (let ((x 'macro)) e))))
(let ((x 'inner)) (with x))
;; value: inner
