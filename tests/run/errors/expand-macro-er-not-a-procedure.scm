;; error: er-macro-transformer: argument 1 must be a procedure, but is 5
;; status: 65
(import (scheme base) (kestrel macros))
(define-syntax m (er-macro-transformer 5))
(m)
