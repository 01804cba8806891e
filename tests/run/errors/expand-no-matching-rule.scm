;; error: no pattern of `two` matches this use
;; error: `two` is defined here
;; status: 65
(import (scheme base))
(define-syntax two (syntax-rules () ((_ a b) (list a b))))
(two 1)
