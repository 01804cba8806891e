(import (scheme base))
(letrec-syntax
    ((ev? (syntax-rules () ((_) #t) ((_ a . r) (od? . r))))
     (od? (syntax-rules () ((_) #f) ((_ a . r) (ev? . r)))))
  (list (ev? 1 1 1 1) (od? 1 1)))
;; value: (#t #f)
