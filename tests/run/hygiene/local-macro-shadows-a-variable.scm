(import (scheme base))
(let ((x 1)) (let-syntax ((x (syntax-rules () ((_) 2)))) (x)))
;; value: 2
