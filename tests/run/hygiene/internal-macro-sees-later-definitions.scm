(import (scheme base))
(let ()
  (define-syntax get (syntax-rules () ((_) later)))
  (define (f) (get))
  (define later 5)
  (f))
;; value: 5
