;; error: bad syntax in `if`
;; error: (if test consequent alternative)
;; status: 65
(import (scheme base))
(if 1)
