;; Sudoku by constraint propagation and search: the candidates of a cell are the bits of a number. Filling in a cell takes its digit from its
;; row, its column and its box; a cell with one candidate left is filled in at once; otherwise the cell with the fewest is guessed.

(import (scheme base) (scheme char) (scheme write) (srfi 1))

(define all-digits 511)
(define (bit digit) (expt 2 (- digit 1)))
(define (digits set)
  (filter (lambda (digit) (odd? (quotient set (bit digit)))) (iota 9 1)))
(define sizes (list->vector (map (lambda (set) (length (digits set))) (iota 512))))
(define (size set) (vector-ref sizes set))

(define (peers-of cell)
  (let ((row (quotient cell 9)) (column (remainder cell 9)))
    (filter
     (lambda (other)
       (let ((r (quotient other 9)) (c (remainder other 9)))
         (and (not (= other cell))
              (or (= r row) (= c column)
                  (and (= (quotient r 3) (quotient row 3)) (= (quotient c 3) (quotient column 3)))))))
     (iota 81))))
(define peers (list->vector (map peers-of (iota 81))))

;; Both change the grid, and answer whether it is still possible.
(define (fill! grid cell digit)
  (vector-set! grid cell (bit digit))
  (every (lambda (peer) (eliminate! grid peer digit)) (vector-ref peers cell)))

(define (eliminate! grid cell digit)
  (let ((set (vector-ref grid cell)))
    (cond ((even? (quotient set (bit digit))) #t)
          ((= set (bit digit)) #f)
          (else
           (let ((left (- set (bit digit))))
             (vector-set! grid cell left)
             (or (> (size left) 1)
                 (fill! grid cell (car (digits left)))))))))

(define (open-cell grid)
  (let loop ((cell 0) (best #f) (fewest 10))
    (if (= cell 81)
        best
        (let ((n (size (vector-ref grid cell))))
          (if (< 1 n fewest)
              (loop (+ cell 1) cell n)
              (loop (+ cell 1) best fewest))))))

;; The solved grid, or #f.
(define (search grid)
  (let ((cell (open-cell grid)))
    (if cell
        (any (lambda (digit)
               (let ((copy (vector-copy grid)))
                 (and (fill! copy cell digit) (search copy))))
             (digits (vector-ref grid cell)))
        grid)))

(define (solve puzzle)
  (let ((grid (make-vector 81 all-digits)))
    (and (every (lambda (cell c) (or (not (digit-value c)) (fill! grid cell (digit-value c))))
                (iota 81) (string->list puzzle))
         (search grid))))

(define (show grid)
  (do ((cell 0 (+ cell 1)))
      ((= cell 81))
    (write (car (digits (vector-ref grid cell))))
    (display (cond ((= 8 (remainder cell 9)) "\n")
                   ((= 2 (remainder cell 3)) "  ")
                   (else " "))))
  (newline))

(for-each
 (lambda (puzzle) (show (solve puzzle)))
 '("..3.2.6..9..3.5..1..18.64....81.29..7.......8..67.82....26.95..8..2.3..9..5.1.3.."
   "8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4.."))
