;; The doubly recursive Fibonacci function: calls, returns and fixnum arithmetic. Input: repetitions, n.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (fib n)
  (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))

(let* ((count (read)) (n (read)))
  (write (repeat count (lambda () (fib n))))
  (newline))
