;; Counts the open knight's tours of a square board from one corner. Input: repetitions, side of the board.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define ways '((1 . 2) (2 . 1) (2 . -1) (1 . -2) (-1 . -2) (-2 . -1) (-2 . 1) (-1 . 2)))

(define (tours side)
  (let ((visited (make-vector (* side side) #f)) (squares (* side side)))
    (define (free? row column)
      (and (< -1 row side) (< -1 column side)
           (not (vector-ref visited (+ (* row side) column)))))
    (define (go row column seen)
      (if (= seen squares)
          1
          (let ((here (+ (* row side) column)))
            (vector-set! visited here #t)
            (let next ((rest ways) (found 0))
              (if (null? rest)
                  (begin (vector-set! visited here #f) found)
                  (let ((r (+ row (caar rest))) (c (+ column (cdar rest))))
                    (next (cdr rest)
                          (if (free? r c) (+ found (go r c (+ seen 1))) found))))))))
    (go 0 0 1)))

(let* ((count (read)) (side (read)))
  (write (repeat count (lambda () (tours side))))
  (newline))
