(import (scheme base))
(define-syntax identity-with (syntax-rules () ((_ id) (lambda (x) (let ((id 'other)) x)))))
((identity-with x) 'argument)
;; value: argument
