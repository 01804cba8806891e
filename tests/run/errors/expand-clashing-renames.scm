;; error: imports of `car` clash
;; error: imported with another meaning here
;; error: leave one of them out
;; status: 65
(import (rename (scheme base) (cdr car)))
