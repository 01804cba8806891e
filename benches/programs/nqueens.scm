;; Counts the placements of n queens, rows kept as lists. Input: repetitions, n.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (safe? column distance placed)
  (or (null? placed)
      (let ((other (car placed)))
        (and (not (= other column))
             (not (= other (+ column distance)))
             (not (= other (- column distance)))
             (safe? column (+ distance 1) (cdr placed))))))

(define (queens n)
  (define (place row placed)
    (if (= row n)
        1
        (let try ((column 0) (found 0))
          (cond ((= column n) found)
                ((safe? column 1 placed)
                 (try (+ column 1) (+ found (place (+ row 1) (cons column placed)))))
                (else (try (+ column 1) found))))))
  (place 0 '()))

(let* ((count (read)) (n (read)))
  (write (repeat count (lambda () (queens n))))
  (newline))
