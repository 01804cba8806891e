;; All errors of a text are reported together.
(import (scheme base))
(define a #foo)
(define b "\q")
(define c [1])
(define d 1+2x)
(define e (1 . ))
;; status: 65
;; error: `#foo` is not R7RS syntax
;; error: unknown escape
;; error: write parentheses instead of brackets
;; error: `1+2x` is neither a number nor a symbol
;; error: a datum is missing between `.` and `)`
