;; error: `a` needs 1 more ellipsis here
;; status: 65
(import (scheme base))
(define-syntax m (syntax-rules () ((_ a ...) '(a))))
(m 1)
