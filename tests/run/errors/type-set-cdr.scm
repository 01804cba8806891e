;; error: set-cdr!
;; error: argument 1
;; error: pair
;; error: ()
(import (scheme base))
(define (f x) (set-cdr! x 1))
(f (list))
