;; Continuations that take several values.
;; value: ((1 2 3) (4 5) ())
(import (scheme base))
(list (call-with-values (lambda () (call/cc (lambda (k) (k 1 2 3)))) list)
      (call-with-values (lambda () (call/cc (lambda (k) (apply k '(4 5))))) list)
      (call-with-values (lambda () (call/cc (lambda (k) (k)))) list))
