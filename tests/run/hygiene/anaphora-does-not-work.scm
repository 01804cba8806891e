(import (scheme base))
(define-syntax aif (syntax-rules () ((_ c a b) (let ((it c)) (if it a b)))))
(let ((it 'mine)) (aif 5 it 0))
;; value: mine
