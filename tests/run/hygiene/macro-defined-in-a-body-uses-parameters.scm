(import (scheme base))
(define (f x)
  (define-syntax double (syntax-rules () ((_) (* 2 x))))
  (let ((x 100)) (double)))
(f 4)
;; value: 8
