;; error: pattern variable `a` occurs twice
;; status: 65
(import (scheme base))
(define-syntax m (syntax-rules () ((_ a a) 1)))
