(import (scheme base))
(define-syntax m (syntax-rules () ((_) 'outer)))
(let-syntax ((m (syntax-rules () ((_ a) 'inner) ((_ a b) (m)))))
  (m 1))
;; value: inner
