;; error: duplicate variable `x`
;; status: 65
(import (scheme base))
(let ((x 1) (x 2)) x)
