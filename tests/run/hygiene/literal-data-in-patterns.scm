(import (scheme base))
(define-syntax m (syntax-rules () ((_ 1) 'one) ((_ "s") 'string) ((_ #\c) 'char) ((_ #t) 'true) ((_ ()) 'null) ((_ x) 'other)))
(list (m 1) (m "s") (m #\c) (m #t) (m ()) (m 2))
;; value: (one string char true null other)
