;; error: `car` is imported and cannot be defined
;; status: 65
(define-library (l) (import (scheme base)) (begin (define (car x) x)))
(import (scheme base) (l))
