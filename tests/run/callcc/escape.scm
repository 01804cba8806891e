;; Escapes from nested loops, and past frames that would still do something.
;; output: 6
;; output: (found 3 4)
;; output: 42
;; value: done
(import (scheme base) (scheme write))
(define (product l)
  (call/cc (lambda (k)
    (let loop ((l l))
      (cond ((null? l) 1) ((= (car l) 0) (k 0)) (else (* (car l) (loop (cdr l)))))))))
(write (+ (product '(1 2 3)) (product '(1 0 3)))) (newline)
(define (search rows wanted)
  (call/cc (lambda (return)
    (do ((i 0 (+ i 1))) ((= i (vector-length rows)) 'none)
      (let ((row (vector-ref rows i)))
        (do ((j 0 (+ j 1))) ((= j (vector-length row)))
          (when (eqv? (vector-ref row j) wanted) (return (list 'found i j)))))))))
(write (search (vector (vector 1) (vector) (vector 2 3) (vector 5 6 7 8 9)) 9)) (newline)
(write (call/cc (lambda (k) (dynamic-wind (lambda () #f) (lambda () (k 42)) (lambda () #f))))) (newline)
'done
