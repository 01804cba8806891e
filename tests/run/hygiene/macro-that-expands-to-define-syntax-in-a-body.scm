(import (scheme base))
(define-syntax def-m (syntax-rules () ((_ n v) (define-syntax n (syntax-rules () ((_) v))))))
(let ((v 1)) (def-m get v) (let ((v 2)) (get)))
;; value: 1
