;; error: car
;; error: argument 1
;; error: pair
;; error: wrong-type.scm:8:3
;; error: 5
(import (scheme base))
(define (f x)
  (car x))
(+ 1 (f 5))
