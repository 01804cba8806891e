;; Takeuchi's function in continuation-passing style: closures and tail calls. Input: repetitions, x, y, z.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (tak x y z k)
  (if (< y x)
      (tak (- x 1) y z
           (lambda (a)
             (tak (- y 1) z x
                  (lambda (b)
                    (tak (- z 1) x y
                         (lambda (c) (tak a b c k)))))))
      (k z)))

(let* ((count (read)) (x (read)) (y (read)) (z (read)))
  (write (repeat count (lambda () (tak x y z (lambda (answer) answer)))))
  (newline))
