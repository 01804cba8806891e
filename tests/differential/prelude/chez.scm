;; What R7RS has and Chez Scheme 9.5 has not.
(import (chezscheme))
(define (square x) (* x x))
(define (string-map f s) (list->string (map f (string->list s))))
(define truncate-quotient quotient)
(define truncate-remainder remainder)
(define floor-remainder modulo)
(define (floor-quotient a b) (floor (/ a b)))
