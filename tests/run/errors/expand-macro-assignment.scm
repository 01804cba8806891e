;; error: `m` is a keyword and cannot be assigned
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax m (lambda (stx) #''ok))
(set! m 5)
