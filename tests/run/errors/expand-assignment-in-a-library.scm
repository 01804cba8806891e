;; error: `n` is imported and cannot be assigned
;; error: the import
;; error: `square` is imported and cannot be defined
;; status: 65
(define-library (a) (export n) (import (scheme base)) (begin (define n 1)))
(define-library (b)
  (export bump)
  (import (scheme base) (a))
  (begin
    (define (bump) (set! n 2))
    (define-values (square cube) (values 1 2))))
(import (scheme base) (b))
(bump)
