(import (scheme base))
(define-syntax repeat (syntax-rules () ((_ n e) (do ((i 0 (+ i 1)) (r '() (cons e r))) ((= i n) r)))))
(let ((i 'mine)) (repeat 2 i))
;; value: (mine mine)
