;; Fibonacci numbers by repeated addition of bignums. Input: repetitions, n.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (fib n)
  (let loop ((i 0) (a 0) (b 1))
    (if (= i n) a (loop (+ i 1) b (+ a b)))))

(let* ((count (read)) (n (read)))
  (write (modulo (repeat count (lambda () (fib n))) 1000000007))
  (newline))
