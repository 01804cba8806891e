(import (scheme base))
(define-syntax m (syntax-rules () ((_ a) '(... (a ... b)))))
(m 1)
;; value: (1 ... b)
