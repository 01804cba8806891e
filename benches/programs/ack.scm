;; Ackermann's function: deep recursion and tail calls. Input: repetitions, m, n.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (ack m n)
  (cond ((= m 0) (+ n 1))
        ((= n 0) (ack (- m 1) 1))
        (else (ack (- m 1) (ack m (- n 1))))))

(let* ((count (read)) (m (read)) (n (read)))
  (write (repeat count (lambda () (ack m n))))
  (newline))
