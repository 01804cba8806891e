;; output: (1 2 #t #f)
;; value: 5
(import (scheme base) (scheme write))
(define-record-type point (make-point x y) point? (x point-x set-point-x!) (y point-y))
(define p (make-point 1 2))
(write (list (point-x p) (point-y p) (point? p) (point? 5))) (newline)
(set-point-x! p 5)
(point-x p)
