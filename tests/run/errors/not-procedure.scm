;; error: procedure
;; error: 7
(import (scheme base))
(define (call f) (list (f 1)))
(call 7)
