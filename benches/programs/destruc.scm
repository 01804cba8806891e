;; Destructive list operations: reversal, interleaving and splicing in place. Input: repetitions, length, steps.
;; skip: racket (its pairs are immutable)

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (iota-list n)
  (let loop ((i n) (list '()))
    (if (= i 0) list (loop (- i 1) (cons i list)))))

(define (reverse-in-place! list)
  (let loop ((rest list) (done '()))
    (if (null? rest)
        done
        (let ((next (cdr rest)))
          (set-cdr! rest done)
          (loop next rest)))))

;; Cuts a list after n pairs and returns the second part.
(define (cut! list n)
  (if (= n 1)
      (let ((rest (cdr list)))
        (set-cdr! list '())
        rest)
      (cut! (cdr list) (- n 1))))

(define (join! a b)
  (if (null? (cdr a)) (set-cdr! a b) (join! (cdr a) b)))

;; Takes pairs from both lists in turn.
(define (interleave! a b)
  (let loop ((a a) (b b))
    (unless (null? b)
      (let ((after-a (cdr a)) (after-b (cdr b)))
        (set-cdr! a b)
        (unless (null? after-a)
          (set-cdr! b after-a)
          (loop after-a after-b)))))
  a)

(define (add-along! list)
  (let loop ((rest list) (sum 0))
    (unless (null? rest)
      (let ((sum (remainder (+ sum (car rest)) 10007)))
        (set-car! rest sum)
        (loop (cdr rest) sum)))))

(define (work n steps)
  (let loop ((i 0) (list (iota-list n)))
    (if (= i steps)
        (let sum ((rest list) (total 0))
          (if (null? rest) total (sum (cdr rest) (+ total (car rest)))))
        (let* ((list (reverse-in-place! list))
               (tail (cut! list (quotient n 2))))
          (add-along! list)
          (if (even? i)
              (loop (+ i 1) (interleave! tail list))
              (begin (join! tail list) (loop (+ i 1) tail)))))))

(let* ((count (read)) (n (read)) (steps (read)))
  (write (repeat count (lambda () (work n steps))))
  (newline))
