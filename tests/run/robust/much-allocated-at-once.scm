;; A procedure that allocates more between two calls than one heap check can reserve
(import (scheme base))
(define-syntax doubled
  (syntax-rules ()
    ((_ () e ...) (begin e ...))
    ((_ (n . more) e ...) (doubled more e ... e ...))))
(define (long x)
  (let ((all '()))
    (doubled (1 2 3 4 5 6 7 8 9 10 11 12 13 14) (set! all (cons x all)))
    all))
(define (lengths n sum)
  (if (= n 0)
      sum
      (lengths (- n 1) (+ sum (length (long n))))))
(lengths 20 0)
;; value: 327680
;; slow: large code
