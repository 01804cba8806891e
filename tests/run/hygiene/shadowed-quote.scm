(import (scheme base))
(let ((quote -)) '5)
;; value: -5
