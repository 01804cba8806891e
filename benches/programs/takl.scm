;; Takeuchi's function on lists, whose lengths are the numbers: walks over lists. Input: repetitions, x, y, z.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (countdown n)
  (if (= n 0) '() (cons n (countdown (- n 1)))))

(define (shorter? a b)
  (and (pair? b)
       (or (null? a) (shorter? (cdr a) (cdr b)))))

(define (tak x y z)
  (if (shorter? y x)
      (tak (tak (cdr x) y z) (tak (cdr y) z x) (tak (cdr z) x y))
      z))

(let* ((count (read)) (x (read)) (y (read)) (z (read)))
  (let ((x (countdown x)) (y (countdown y)) (z (countdown z)))
    (write (length (repeat count (lambda () (tak x y z)))))
    (newline)))
