;; error: a parameter must be an identifier
;; status: 65
(import (scheme base))
(lambda (x 5) x)
