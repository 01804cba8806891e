;; A variable of the program that is used before its definition.
(import (scheme base) (scheme write))
(define (f) (* limit 2))
(display "begun")
(newline)
(define doubled (f))
(define limit (string->number "21"))
;; output: begun
;; error: variable limit
;; error: global-before-definition.scm:3:16
