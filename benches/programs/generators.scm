;; Coroutines by call/cc: generators walk two trees of different shape, and their leaves are compared one by one.
;; Input: repetitions, leaves.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (balanced low high)
  (if (= low high)
      low
      (let ((middle (quotient (+ low high) 2)))
        (cons (balanced low middle) (balanced (+ middle 1) high)))))

(define (leaning low high)
  (if (= low high) low (cons low (leaning (+ low 1) high))))

(define (make-generator tree)
  (define return #f)
  (define (walk tree)
    (if (pair? tree)
        (begin (walk (car tree)) (walk (cdr tree)))
        (call-with-current-continuation
         (lambda (rest)
           (set! resume (lambda () (rest #f)))
           (return tree)))))
  (define resume
    (lambda ()
      (walk tree)
      (return 'end)))
  (lambda ()
    (call-with-current-continuation
     (lambda (k)
       (set! return k)
       (resume)))))

(define (same-fringe a b)
  (let ((next-a (make-generator a)) (next-b (make-generator b)))
    (let loop ((sum 0))
      (let ((x (next-a)) (y (next-b)))
        (cond ((not (eqv? x y)) (error "different leaves" x y))
              ((eq? x 'end) sum)
              (else (loop (+ sum x))))))))

(let* ((count (read)) (leaves (read)))
  (let ((a (balanced 1 leaves)) (b (leaning 1 leaves)))
    (write (repeat count (lambda () (same-fringe a b))))
    (newline)))
