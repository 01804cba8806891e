;; As takl, with the comparison of lengths written as a loop of nested conditionals. Input: repetitions, x, y, z.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (countdown n)
  (let loop ((i 1) (list '()))
    (if (> i n) list (loop (+ i 1) (cons i list)))))

(define (shorter? a b)
  (let loop ((a a) (b b))
    (cond ((null? b) #f)
          ((null? a) #t)
          (else (loop (cdr a) (cdr b))))))

(define (tak x y z)
  (cond ((not (shorter? y x)) z)
        (else (tak (tak (cdr x) y z) (tak (cdr y) z x) (tak (cdr z) x y)))))

(let* ((count (read)) (x (read)) (y (read)) (z (read)))
  (let ((x (countdown x)) (y (countdown y)) (z (countdown z)))
    (write (length (repeat count (lambda () (tak x y z)))))
    (newline)))
