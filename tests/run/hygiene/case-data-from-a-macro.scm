(import (scheme base))
(define-syntax m (syntax-rules () ((_ e) (case e ((a) 1) ((b) 2) (else 3)))))
(list (m 'a) (m 'b) (m 'c))
;; value: (1 2 3)
