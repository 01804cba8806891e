;; error: duplicate definition of `f`
;; error: first one
;; error: duplicate definition of `m`
;; status: 65
(define-library (b)
  (export f)
  (import (scheme base))
  (begin
    (define (f) 1)
    (define-syntax m (syntax-rules () ((_) 1)))
    (define m 1))
  (begin (define f 2)))
(import (scheme base) (b))
