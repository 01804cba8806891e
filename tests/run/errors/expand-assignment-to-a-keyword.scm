;; error: `if` is a keyword and cannot be assigned
;; status: 65
(import (scheme base))
(set! if 1)
