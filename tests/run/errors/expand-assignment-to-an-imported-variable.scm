;; error: `v` is imported and cannot be assigned
;; status: 65
(define-library (l) (export v) (import (scheme base)) (begin (define v 1)))
(import (scheme base) (l))
(set! v 2)
