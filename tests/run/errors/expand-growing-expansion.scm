;; error: grow
;; status: 65
(import (scheme base))
(define-syntax grow (syntax-rules () ((_ x ...) (grow x ... x ... 1))))
(grow 1)
