;; All errors of a text are reported together.
(import (scheme base))
(define a #foo)
(define b "\q")
(define c [1])
(define d 1+2i)
(define e (1 . ))
;; status: 65
;; error: `#foo` is not R7RS syntax
;; error: unknown escape
;; error: write parentheses instead of brackets
;; error: complex numbers such as `1+2i` are not supported yet
;; error: a datum is missing between `.` and `)`
