(define-library (counter)
  (export bump!)
  (import (scheme base))
  (begin
    (define count 0)
    (define (next) (set! count (+ count 1)) count)
    (define-syntax bump! (syntax-rules () ((_) (next))))))
(import (scheme base) (counter))
(define (next) 'wrong)
(define count 'wrong)
(bump!)
(bump!)
;; value: 2
