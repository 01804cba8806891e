;; error: map: argument 2 must be a list, but is 5
;; error: library-error-place.scm:8:12
;; error: raised at kestrel/
;; error: squares
;; error: (top level)
(import (scheme base) (scheme write))
(define (squares l)
  (reverse (map (lambda (x) (* x x)) l)))
(display (+ 1 (length (squares 5))))
