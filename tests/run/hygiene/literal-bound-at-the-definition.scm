(import (scheme base))
(define-syntax test (syntax-rules () ((_) (let ((foo 1)) (define-syntax m (syntax-rules (foo) ((_ foo) 'same) ((_ x) 'other))) (m foo)))))
(test)
;; value: same
