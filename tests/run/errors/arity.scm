;; error: three
;; error: 3
;; error: 2
(import (scheme base))
(define (three a b c) (list a b c))
(define (call f) (list (f 1 2)))
(call three)
