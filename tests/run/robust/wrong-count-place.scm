;; error: f: takes 2 arguments, but got 1
;; error: wrong-count-place.scm:6:15
;; error: defined here
(import (scheme base) (scheme write))
(define (f x y) (if (null? x) y (f (cdr x) y)))
(display (+ 1 (f 1)))
