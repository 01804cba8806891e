;; error: `else` must be the last clause
;; status: 65
(import (scheme base))
(cond (else 1) (#t 2))
