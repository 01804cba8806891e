;; error: the transformer of `m` answered #<procedure car>, which is no syntax
;; error: `m` is defined here
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax m (lambda (stx) car))
(m)
