;; error: `car` is imported and cannot be assigned
;; status: 65
(import (scheme base))
(set! car cdr)
