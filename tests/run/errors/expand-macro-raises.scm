;; error: car: argument 1 must be a pair, but is 5
;; error: expand-macro-raises.scm:7:7
;; error: `m` is defined here
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax m (lambda (stx) (car 5)))
(list (m 1))
