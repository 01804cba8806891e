;; error: bad syntax in `lambda`
;; status: 65
(import (scheme base))
(lambda (x))
