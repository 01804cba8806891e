;; A continuation of top-level code is captured there and resumed from procedures.
;; output: got 0
;; output: got 1
;; output: got 2
;; value: (done 3)
(import (scheme base) (scheme write))
(define k #f)
(define count 0)
(define (resume n) (if (= n 0) (k count) (+ 1 (resume (- n 1)))))
(define x (call/cc (lambda (c) (set! k c) 0)))
(display "got ")
(write x)
(newline)
(set! count (+ count 1))
(if (< count 3) (resume 100))
(list 'done count)
