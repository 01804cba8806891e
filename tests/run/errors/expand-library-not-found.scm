;; error: library (scheme bsae) not found
;; error: (scheme base)
;; status: 65
(import (scheme base) (scheme bsae))
