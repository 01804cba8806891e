;; error: a procedure call must be a proper list
;; status: 65
(import (scheme base))
(list 1 . 2)
