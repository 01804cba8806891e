(define-library (counter) (export next! count) (import (scheme base))
  (begin (define n 0) (define (next!) (set! n (+ n 1))) (define (count) n)))
(define-library (a) (export a!) (import (scheme base) (counter)) (begin (define (a!) (next!))))
(define-library (b) (export b!) (import (scheme base) (counter)) (begin (define (b!) (next!))))
(import (scheme base) (a) (b) (counter))
(a!)
(b!)
(count)
;; value: 2
