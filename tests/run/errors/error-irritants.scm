;; error: cannot find it: 1 "two" three
;; error: error-irritants.scm:6:24
;; error: seek
(import (scheme base))
(define k 1)
(define (seek x) (if x (error "cannot find it:" 1 "two" (quote three)) 2))
(list (seek #t))
