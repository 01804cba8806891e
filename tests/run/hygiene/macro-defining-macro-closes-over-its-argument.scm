(import (scheme base))
(define-syntax def-getter (syntax-rules () ((_ name e) (define-syntax name (syntax-rules () ((_) e))))))
(define x 'global)
(def-getter get-x x)
(let ((x 'local)) (get-x))
;; value: global
