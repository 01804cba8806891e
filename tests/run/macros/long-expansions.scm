;; Expansions of a hundred thousand steps or elements, in time that grows with their number
(import (scheme base))
(define-syntax doubled
  (syntax-rules ()
    ((_ k () x ...) (k x ...))
    ((_ k (n . more) x ...) (doubled k more x ... x ...))))
(define-syntax count
  (syntax-rules ()
    ((_ x ...) (length '(x ...)))))
(define-syntax last
  (syntax-rules ()
    ((_ x) 'x)
    ((_ x . more) (last . more))))
(define-syntax nested
  (syntax-rules ()
    ((_) '())
    ((_ x . more) (cons x (nested . more)))))
(define-syntax defined
  (syntax-rules ()
    ((_ x) (define x 7))
    ((_ x . more) (begin (define t 'x) (defined . more)))))
(doubled defined (1 2 3 4 5 6 7 8 9 10 11 12 13 14 15) v)
(list (doubled count (1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17) x)
      (doubled last (1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17) y)
      (length (doubled nested (1 2 3 4 5 6 7 8 9 10 11 12 13 14 15) 1))
      v)
;; value: (131072 y 32768 7)
;; slow: many expansions
