;; The Mandelbrot set as a picture file: `kestrel examples/pgm.scm picture.pgm`. PGM is the simplest of formats: a line of text, then a byte for
;; each pixel. Without a file's name the picture goes into memory, and the shades are counted.

(import (scheme base) (scheme file) (scheme inexact) (scheme process-context) (scheme write))

(define width 320)
(define height 240)
(define limit 255)

;; How soon the orbit of x + yi leaves the circle of radius 2, as a shade from white to black.
(define (shade x y)
  (let loop ((a 0.0) (b 0.0) (n 0))
    (let ((a2 (* a a)) (b2 (* b b)))
      (if (or (= n limit) (> (+ a2 b2) 4.0))
          (- limit n)
          (loop (+ (- a2 b2) x) (+ (* 2.0 a b) y) (+ n 1))))))

(define (write-picture port)
  (write-bytevector
   (string->utf8
    (string-append "P5 " (number->string width) " " (number->string height) " " (number->string limit) "\n"))
   port)
  (do ((row 0 (+ row 1)))
      ((= row height))
    (do ((column 0 (+ column 1)))
        ((= column width))
      (write-u8 (shade (- (* 3.0 (/ (inexact column) width)) 2.2)
                       (- (* 2.25 (/ (inexact row) height)) 1.125))
                port))))

(define (count-shades picture)
  (let ((counts (make-vector 8 0)))
    (do ((i (- (bytevector-length picture) (* width height)) (+ i 1)))
        ((= i (bytevector-length picture)) counts)
      (let ((class (quotient (bytevector-u8-ref picture i) 32)))
        (vector-set! counts class (+ 1 (vector-ref counts class)))))))

(if (pair? (cdr (command-line)))
    (call-with-port (open-binary-output-file (cadr (command-line))) write-picture)
    (let ((port (open-output-bytevector)))
      (write-picture port)
      (let ((picture (get-output-bytevector port)))
        (display (utf8->string picture 0 14))
        (display (bytevector-length picture))
        (display " bytes, from black to white: ")
        (write (count-shades picture))
        (newline))))
