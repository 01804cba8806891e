;; error: the transformer of `m` answered the bare symbol `car`
;; error: datum->syntax
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax m (lambda (stx) (list 'car #'(quote (1)))))
(m)
