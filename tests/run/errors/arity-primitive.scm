;; error: car
;; error: 2
(import (scheme base))
(define (call f) (f 1 2))
(list (call car))
