(import (scheme base))
(let ((else #f)) (cond (else 1) (#t 2)))
;; value: 2
