(import (scheme base))
(define-syntax m (syntax-rules () ((_) 'outer)))
(let-syntax ((m (syntax-rules () ((_ a) (m)))))
  (m 1))
;; value: outer
