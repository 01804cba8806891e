;; How many ways are there to put n queens on an n by n board so that none attacks another?

(import (scheme base) (scheme write))

;; `columns` holds the columns of the queens placed so far, nearest row first.
(define (safe? column distance columns)
  (or (null? columns)
      (let ((other (car columns)))
        (and (not (= other column))
             (not (= (abs (- other column)) distance))
             (safe? column (+ distance 1) (cdr columns))))))

(define (count-solutions n)
  (let place ((row 0) (columns '()))
    (if (= row n)
        1
        (let try ((column 0) (total 0))
          (cond ((= column n) total)
                ((safe? column 1 columns)
                 (try (+ column 1) (+ total (place (+ row 1) (cons column columns)))))
                (else (try (+ column 1) total)))))))

(do ((n 4 (+ n 1)))
    ((> n 10))
  (display n)
  (display " queens: ")
  (display (count-solutions n))
  (display " solutions")
  (newline))
