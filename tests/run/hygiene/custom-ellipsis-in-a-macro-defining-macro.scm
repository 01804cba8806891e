(import (scheme base))
(define-syntax def-tuple
  (syntax-rules ()
    ((_ name part ...)
     (define-syntax name
       (syntax-rules ::: ()
         ((_ x :::) (list '(part ...) x :::)))))))
(def-tuple t a b)
(t 1 2 3)
;; value: ((a b) 1 2 3)
