;; A perfect maze, and the way through it: dug by a random walk that goes back when it is stuck, solved by breadth-first search. The random
;; numbers are made here, so that the maze is the same every time.

(import (scheme base) (scheme write) (srfi 1))

(define rows 12)
(define columns 28)

;; Cells stand at odd places of the plan, walls between them.
(define plan-height (+ 1 (* 2 rows)))
(define plan-width (+ 1 (* 2 columns)))
(define plan (make-vector (* plan-height plan-width) #\#))
(define (place row column) (+ (* row plan-width) column))
(define (look at) (vector-ref plan at))
(define (put! at c) (vector-set! plan at c))

(define random
  (let ((state 2024))
    (lambda (n)
      (set! state (modulo (+ (* state 1103515245) 12345) 2147483648))
      (modulo (quotient state 65536) n))))

(define (shuffle items)
  (if (null? items)
      '()
      (let ((chosen (list-ref items (random (length items)))))
        (cons chosen (shuffle (delete chosen items))))))

(define directions (list (- plan-width) plan-width -1 1))

(define (inside? at)
  (let ((row (quotient at plan-width)) (column (remainder at plan-width)))
    (and (< 0 row (- plan-height 1)) (< 0 column (- plan-width 1)))))

(define (dig! at)
  (put! at #\space)
  (for-each
   (lambda (direction)
     (let ((next (+ at (* 2 direction))))
       (when (and (<= 0 next) (< next (vector-length plan)) (inside? next) (char=? (look next) #\#))
         (put! (+ at direction) #\space)
         (dig! next))))
   (shuffle directions)))

;; Marks the shortest way, and answers its length. `from` says of each place where the search came from.
(define (solve! start end)
  (let ((from (make-vector (vector-length plan) #f)))
    (define (mark! at steps)
      (put! at #\.)
      (if (= at start) steps (mark! (vector-ref from at) (+ steps 1))))
    (vector-set! from start start)
    (let search ((frontier (list start)))
      (cond ((memv end frontier) (mark! end 0))
            (else
             (search
              (append-map
               (lambda (at)
                 (filter-map
                  (lambda (direction)
                    (let ((next (+ at direction)))
                      (and (char=? (look next) #\space)
                           (not (vector-ref from next))
                           (begin (vector-set! from next at) next))))
                  directions))
               frontier)))))))

(define (show)
  (do ((row 0 (+ row 1)))
      ((= row plan-height))
    (display (vector->string plan (place row 0) (place (+ row 1) 0)))
    (newline)))

(define start (place 1 1))
(define end (place (- plan-height 2) (- plan-width 2)))
(dig! start)
(define steps (solve! start end))
(show)
(display steps)
(display " steps")
(newline)
