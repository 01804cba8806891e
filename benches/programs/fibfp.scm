;; The doubly recursive Fibonacci function on flonums. Input: repetitions, n (a flonum).

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (fib n)
  (if (< n 2.0) n (+ (fib (- n 1.0)) (fib (- n 2.0)))))

(let* ((count (read)) (n (read)))
  (write (exact (repeat count (lambda () (fib n)))))
  (newline))
