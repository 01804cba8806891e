;; error: unbound variable `no-such-procedure`
;; status: 65
(import (scheme base))
(define-syntax m (syntax-rules () ((_) (no-such-procedure 1))))
(m)
