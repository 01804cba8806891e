;; Peg solitaire on a triangle of fifteen holes: counts the games that leave one peg. Input: repetitions, empty hole.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

;; Hole (row, column) has the number row (row + 1) / 2 + column.
(define (hole row column) (+ (quotient (* row (+ row 1)) 2) column))

(define (on-board? row column) (and (<= 0 column row) (< row 5)))

;; Every jump as a vector: from, over, to.
(define jumps
  (let next-row ((row 0) (found '()))
    (if (= row 5)
        (list->vector found)
        (let next-column ((column 0) (found found))
          (if (> column row)
              (next-row (+ row 1) found)
              (let next-way ((ways '((0 . 1) (0 . -1) (1 . 0) (-1 . 0) (1 . 1) (-1 . -1))) (found found))
                (if (null? ways)
                    (next-column (+ column 1) found)
                    (let ((down (caar ways)) (right (cdar ways)))
                      (next-way (cdr ways)
                                (if (on-board? (+ row down down) (+ column right right))
                                    (cons (vector (hole row column)
                                                  (hole (+ row down) (+ column right))
                                                  (hole (+ row down down) (+ column right right)))
                                          found)
                                    found))))))))))

(define (games board pegs)
  (if (= pegs 1)
      1
      (let try ((i 0) (found 0))
        (if (= i (vector-length jumps))
            found
            (let* ((jump (vector-ref jumps i))
                   (from (vector-ref jump 0))
                   (over (vector-ref jump 1))
                   (to (vector-ref jump 2)))
              (if (and (vector-ref board from) (vector-ref board over) (not (vector-ref board to)))
                  (begin
                    (vector-set! board from #f)
                    (vector-set! board over #f)
                    (vector-set! board to #t)
                    (let ((more (games board (- pegs 1))))
                      (vector-set! board from #t)
                      (vector-set! board over #t)
                      (vector-set! board to #f)
                      (try (+ i 1) (+ found more))))
                  (try (+ i 1) found)))))))

(let* ((count (read)) (empty (read)))
  (write (repeat count
                 (lambda ()
                   (let ((board (make-vector 15 #t)))
                     (vector-set! board empty #f)
                     (games board 14)))))
  (newline))
