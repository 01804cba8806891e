(import (scheme base))
(define-syntax def-const (syntax-rules () ((_ name v) (define-syntax name (syntax-rules () ((_) v))))))
(def-const five 5)
(five)
;; value: 5
