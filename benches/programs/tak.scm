;; Takeuchi's function: calls with three arguments. Input: repetitions, x, y, z.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (tak x y z)
  (if (< y x)
      (tak (tak (- x 1) y z) (tak (- y 1) z x) (tak (- z 1) x y))
      z))

(let* ((count (read)) (x (read)) (y (read)) (z (read)))
  (write (repeat count (lambda () (tak x y z))))
  (newline))
