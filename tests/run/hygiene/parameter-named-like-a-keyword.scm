(import (scheme base))
((lambda (if) (if 1 2)) +)
;; value: 3
