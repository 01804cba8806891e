;; A function of several hundred tests, made by macros: LLVM compiles it with least effort.
;; value: (0 1 77 255 none (error 5))
(import (scheme base))

;; Doubles the clauses eight times; the tests are on constant sums, in which each level decides one bit.
(define-syntax clauses
  (syntax-rules ()
    ((_ () x offset rest)
     (if (and (= x offset) (<= 0 x 5000)) (begin (set! seen (+ seen 1)) offset) rest))
    ((_ (bit bits ...) x offset rest)
     (clauses (bits ...) x offset (clauses (bits ...) x (+ offset bit) rest)))))

(define seen 0)

(define (find x)
  (clauses (1 2 4 8 16 32 64 128) x 0 (if (eqv? x 5000) (error "five" 5) 'none)))

(define (try x)
  (call-with-current-continuation
   (lambda (k)
     (with-exception-handler
      (lambda (c) (k (cons 'error (error-object-irritants c))))
      (lambda () (find x))))))

(map try '(0 1 77 255 4000 5000))
