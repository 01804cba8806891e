;; output: #0=(1 2 . #0#)
;; value: #t
(import (scheme base) (scheme write))
(define (ring) (let ((l (list 1 2))) (set-cdr! (cdr l) l) l))
(write (ring)) (newline)
(equal? (ring) (ring))
