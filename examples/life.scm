;; Conway's game of life on a torus: a glider gun that fires. Each generation is a vector of bytevectors. With a number on the command line it
;; plays so many generations in place, otherwise it shows three of them.

(import (scheme base) (scheme process-context) (scheme time) (scheme write))

(define height 24)
(define width 64)

(define gun
  '("                        O"
    "                      O O"
    "            OO      OO            OO"
    "           O   O    OO            OO"
    "OO        O     O   OO"
    "OO        O   O OO    O O"
    "          O     O       O"
    "           O   O"
    "            OO"))

(define (make-world)
  (vector-map (lambda (row) (make-bytevector width 0)) (make-vector height)))

(define (alive world row column)
  (bytevector-u8-ref (vector-ref world (floor-remainder row height)) (floor-remainder column width)))

(define (set-alive! world row column value)
  (bytevector-u8-set! (vector-ref world row) column value))

(define (place! world picture top left)
  (let loop ((lines picture) (row top))
    (unless (null? lines)
      (do ((i 0 (+ i 1)))
          ((= i (string-length (car lines))))
        (when (char=? (string-ref (car lines) i) #\O)
          (set-alive! world row (+ left i) 1)))
      (loop (cdr lines) (+ row 1)))))

(define (neighbours world row column)
  (let ((up (- row 1)) (down (+ row 1)) (left (- column 1)) (right (+ column 1)))
    (+ (alive world up left) (alive world up column) (alive world up right)
       (alive world row left) (alive world row right)
       (alive world down left) (alive world down column) (alive world down right))))

(define (next world)
  (let ((new (make-world)))
    (do ((row 0 (+ row 1)))
        ((= row height) new)
      (do ((column 0 (+ column 1)))
          ((= column width))
        (let ((n (neighbours world row column)))
          (when (or (= n 3) (and (= n 2) (= 1 (alive world row column))))
            (set-alive! new row column 1)))))))

(define (show world generation)
  (display "generation ")
  (display generation)
  (newline)
  (vector-for-each
   (lambda (row)
     (do ((i 0 (+ i 1)))
         ((= i width))
       (write-char (if (= 1 (bytevector-u8-ref row i)) #\O #\.)))
     (newline))
   world))

(define (sleep seconds)
  (let ((end (+ (current-second) seconds)))
    (do () ((>= (current-second) end)))))

(define (play generations)
  (display "\x1b;[2J")
  (do ((n 0 (+ n 1)) (world start (next world)))
      ((> n generations))
    (display "\x1b;[H")
    (show world n)
    (flush-output-port)
    (sleep 0.05)))

(define start (make-world))
(place! start gun 2 4)

(if (pair? (cdr (command-line)))
    (play (string->number (cadr (command-line))))
    (do ((n 0 (+ n 1)) (world start (next world)))
        ((> n 90))
      (when (memv n '(0 30 90)) (show world n))))
