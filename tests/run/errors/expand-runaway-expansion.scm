;; error: the expansion of `loop` does not end
;; status: 65
(import (scheme base))
(define-syntax loop (syntax-rules () ((_ x) (loop x))))
(loop 1)
