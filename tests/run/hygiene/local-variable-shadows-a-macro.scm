(import (scheme base))
(define-syntax m (syntax-rules () ((_ a) 'macro)))
(let ((m (lambda (a) 'procedure))) (m 1))
;; value: procedure
