;; error: misplaced `else`
;; status: 65
(import (scheme base))
(else 1)
