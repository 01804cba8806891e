;; error: two
;; error: 2
;; error: 1
;; error: arity-few.scm:7:10
(import (scheme base) (scheme write))
(define (two a b) (cons a b))
(display (two 1))
