(import (scheme base))
(define-syntax m (syntax-rules (foo) ((_ foo) 'yes) ((_ x) 'no)))
(list (m foo) (m bar))
;; value: (yes no)
