;; The Mandelbrot set in characters.

(import (scheme base) (scheme write))

(define width 78)
(define height 32)
(define limit 2000)
(define shades " .,:;i1tfLCG08@")

(define (iterations x y)
  (let loop ((a 0.0) (b 0.0) (n 0))
    (let ((a2 (* a a)) (b2 (* b b)))
      (if (or (= n limit) (> (+ a2 b2) 4.0))
          n
          (loop (+ (- a2 b2) x) (+ (* 2.0 a b) y) (+ n 1))))))

(define (shade n)
  (if (= n limit)
      #\#
      (string-ref shades (modulo n (string-length shades)))))

(do ((row 0 (+ row 1)))
    ((= row height))
  (do ((column 0 (+ column 1)))
      ((= column width))
    (write-char
     (shade (iterations (- (* 3.2 (/ (inexact column) width)) 2.3)
                        (- (* 2.4 (/ (inexact row) height)) 1.2)))))
  (newline))
