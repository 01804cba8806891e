;; slow: a hundred thousand forced promises
;; output: (3 3)
;; output: 1
;; output: 0
;; value: (5 6 #t #f)
(import (scheme base) (scheme lazy) (scheme write))
(write (force (delay (list 3 3)))) (newline)
(define count 0)
(define p (delay (begin (set! count (+ count 1)) (if (> count 1) count (force p)))))
(define q (delay (begin (set! count (+ count 1)) count)))
(set! count 0)
(force q) (force q)
(write count) (newline)
(define (stream-loop n) (if (= n 0) (delay 0) (delay-force (stream-loop (- n 1)))))
(write (force (stream-loop 100000))) (newline)
(list (force 5) (force (make-promise 6)) (promise? (delay 1)) (promise? 1))
