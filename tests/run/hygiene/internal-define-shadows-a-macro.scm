(import (scheme base))
(define-syntax m (syntax-rules () ((_ a) 'macro)))
(let () (define (m a) 'procedure) (m 1))
;; value: procedure
