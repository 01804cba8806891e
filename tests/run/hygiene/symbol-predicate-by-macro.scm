(import (scheme base))
(define-syntax symbol??
  (syntax-rules ()
    ((_ (x . y)) #f)
    ((_ #(x ...)) #f)
    ((_ x) (let-syntax ((test (syntax-rules () ((_ x) #t) ((_ y) #f)))) (test foo)))))
(list (symbol?? a) (symbol?? 5) (symbol?? (a)) (symbol?? #(1)))
;; value: (#t #f #f #f)
