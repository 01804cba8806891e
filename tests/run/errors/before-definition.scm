;; A variable of a body that is used before its definition.
(import (scheme base) (scheme write))
(define (f)
  (define x (g))
  (define (g) (+ x 1))
  x)
(display "begun")
(newline)
(f)
;; output: begun
;; error: variable x
;; error: before-definition.scm:5:18
