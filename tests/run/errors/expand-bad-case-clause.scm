;; error: a clause of `case` must start with a list of data
;; status: 65
(import (scheme base))
(case 1 (1 2))
