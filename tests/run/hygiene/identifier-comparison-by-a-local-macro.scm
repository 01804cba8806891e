(import (scheme base))
(define-syntax same?
  (syntax-rules () ((_ a b) (let-syntax ((test (syntax-rules (a) ((_ a) #t) ((_ x) #f)))) (test b)))))
(list (same? x x) (same? x y))
;; value: (#t #f)
