(import (scheme base))
(let ()
  (define (f) (m))
  (define-syntax m (syntax-rules () ((_) 'late)))
  (f))
;; value: late
