;; Takeuchi's function with every call under a continuation that call/cc captures. Input: repetitions, x, y, z.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (tak x y z)
  (call-with-current-continuation (lambda (k) (walk k x y z))))

(define (walk k x y z)
  (if (< y x)
      (call-with-current-continuation
       (lambda (k)
         (walk k
               (call-with-current-continuation (lambda (k) (walk k (- x 1) y z)))
               (call-with-current-continuation (lambda (k) (walk k (- y 1) z x)))
               (call-with-current-continuation (lambda (k) (walk k (- z 1) x y))))))
      (k z)))

(let* ((count (read)) (x (read)) (y (read)) (z (read)))
  (write (repeat count (lambda () (tak x y z))))
  (newline))
