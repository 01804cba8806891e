;; Counts the points of a grid that belong to the Mandelbrot set. Input: repetitions, side of the grid, steps.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (inside? cr ci steps)
  (let loop ((zr 0.0) (zi 0.0) (i 0))
    (if (= i steps)
        #t
        (let ((rr (* zr zr)) (ii (* zi zi)))
          (if (> (+ rr ii) 4.0)
              #f
              (loop (+ (- rr ii) cr) (+ (* 2.0 zr zi) ci) (+ i 1)))))))

(define (points side steps)
  (let ((step (/ 3.0 (inexact side))))
    (let next-row ((row 0) (found 0))
      (if (= row side)
          found
          (let ((ci (- (* (inexact row) step) 1.5)))
            (let next ((column 0) (found found))
              (if (= column side)
                  (next-row (+ row 1) found)
                  (let ((cr (- (* (inexact column) step) 2.0)))
                    (next (+ column 1) (if (inside? cr ci steps) (+ found 1) found))))))))))

(let* ((count (read)) (side (read)) (steps (read)))
  (write (repeat count (lambda () (points side steps))))
  (newline))
