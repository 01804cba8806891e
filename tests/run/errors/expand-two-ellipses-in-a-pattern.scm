;; error: a list pattern can have one ellipsis only
;; status: 65
(import (scheme base))
(define-syntax m (syntax-rules () ((_ a ... b ...) 1)))
