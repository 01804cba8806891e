;; error: outside of a quasiquote
;; status: 65
(import (scheme base))
(list ,1)
