;; error: m takes two arguments, not 1 2 3
;; status: 65
(import (scheme base))
(define-syntax m (syntax-rules () ((_ a b) (list a b)) ((_ x ...) (syntax-error "m takes two arguments, not" x ...))))
(m 1 2 3)
