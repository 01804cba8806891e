;; error: string-ref
;; error: 3
(import (scheme base))
(define (at s i) (string-ref s i))
(list (at "abc" 3))
