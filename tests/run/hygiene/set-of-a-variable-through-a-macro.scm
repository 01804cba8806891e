(import (scheme base))
(define counter 0)
(define-syntax inc! (syntax-rules () ((_) (set! counter (+ counter 1))) ((_ v) (set! v (+ v 1)))))
(let ((counter 100)) (inc!) (inc! counter) (inc!) counter)
;; value: 101
