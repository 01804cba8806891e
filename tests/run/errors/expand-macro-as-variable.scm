;; error: `m` is a keyword, not a variable
;; status: 65
(import (scheme base))
(define-syntax m (syntax-rules () ((_) 1)))
(list m)
