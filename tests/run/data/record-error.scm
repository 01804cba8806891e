;; error: point-x
;; error: point
(import (scheme base))
(define-record-type point (make-point x y) point? (x point-x) (y point-y))
(define (get p) (+ 0 (point-x p)))
(get 'not-a-point)
