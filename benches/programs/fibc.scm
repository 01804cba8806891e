;; Fibonacci with every result passed to a continuation that call/cc captured. Input: repetitions, n.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (fib n return)
  (if (< n 2)
      (return n)
      (return (+ (call-with-current-continuation (lambda (k) (fib (- n 1) k)))
                 (call-with-current-continuation (lambda (k) (fib (- n 2) k)))))))

(let* ((count (read)) (n (read)))
  (write (repeat count
                 (lambda () (call-with-current-continuation (lambda (k) (fib n k))))))
  (newline))
