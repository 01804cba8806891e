;; error: bad syntax in `define-record-type`
;; status: 65
(import (scheme base))
(define-record-type p)
