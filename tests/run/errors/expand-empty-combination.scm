;; error: an empty combination is no expression
;; error: '()
;; status: 65
(import (scheme base))
(list ())
