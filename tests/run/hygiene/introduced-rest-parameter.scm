(import (scheme base))
(define-syntax collect (syntax-rules () ((_ e) (lambda args (cons e args)))))
(let ((args 'mine)) ((collect args) 1 2))
;; value: (mine 1 2)
