;; Adds the integers up to n. Input: repetitions, n.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (sum n)
  (let loop ((i n) (total 0))
    (if (< i 0) total (loop (- i 1) (+ i total)))))

(let* ((count (read)) (n (read)))
  (write (repeat count (lambda () (sum n))))
  (newline))
