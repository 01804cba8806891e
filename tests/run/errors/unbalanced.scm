;; status: 65
;; error: unbalanced.scm
(import (scheme base)
(define x 1)
