;; error: unbound variable `secret`
;; status: 65
(import (scheme base))
(define-syntax def (syntax-rules () ((_) (define secret 1))))
(def)
secret
