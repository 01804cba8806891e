;; Closures with state: three counters in three loops. Input: repetitions, calls of each counter.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (make-counter step)
  (let ((n 0))
    (lambda ()
      (set! n (+ n step))
      n)))

(define (run counter times)
  (let loop ((i 1))
    (if (= i times)
        (counter)
        (begin (counter) (loop (+ i 1))))))

(define (work times)
  (let ((a (make-counter 1)) (b (make-counter 2)) (c (make-counter 3)))
    (+ (run a times) (run b times) (run c times))))

(let* ((count (read)) (times (read)))
  (write (repeat count (lambda () (work times))))
  (newline))
