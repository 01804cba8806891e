(import (scheme base))
(let ((define list)) (define 1 2))
;; value: (1 2)
