;; error: `car` is imported and cannot be assigned
;; error: the import
;; error: (only (scheme base) car))
;; status: 65
(import (only (scheme base) car))
(import (only (scheme base) cdr set!))
(set! car cdr)
