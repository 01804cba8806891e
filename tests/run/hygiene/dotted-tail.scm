(import (scheme base))
(define-syntax m (syntax-rules () ((_ a . r) '(a r))))
(list (m 1) (m 1 2 3))
;; value: ((1 ()) (1 (2 3)))
