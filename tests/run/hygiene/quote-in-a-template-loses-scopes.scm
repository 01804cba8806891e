(import (scheme base))
(define-syntax m (syntax-rules () ((_) 'a)))
(eq? (m) 'a)
;; value: #t
