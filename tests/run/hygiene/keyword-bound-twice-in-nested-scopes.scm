(import (scheme base))
(let-syntax ((m (syntax-rules () ((_) 1))))
  (list (m) (let-syntax ((m (syntax-rules () ((_) 2)))) (m)) (m)))
;; value: (1 2 1)
