;; error: `z` is not a field of this record type
;; status: 65
(import (scheme base))
(define-record-type p (make-p x z) p? (x p-x))
